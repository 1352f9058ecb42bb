"""How the framework of Newham ends: what was said of the child counts, whatever was ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dated import due_on
from bot.core.dialog import Ask, Check, End, Repeat, Tick
from bot.core.gifts import Dates, Reminder
from bot.core.handover import paper_routes, papers
from bot.core.paper import Paper, paper
from bot.core.session import Answer, Said, Session
from bot.core.view import present
from bot.core.walk import Walk, replay
from bot.loading.load import load_catalogue
from bot.service.gifts import mailbox_of

DAY = "2026-11-22"
CALM = {"danger_now": "no", "role": "professional", "area": "newham", "asking": "professional"}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def walked(
    content: Catalogue, root: str, given: Mapping[str, str], said: Mapping[str, str | int]
) -> tuple[list[tuple[str, str]], Session, Walk]:
    """Somebody who says these and else no, none, unsure or nothing: each screen, and the end."""
    session = Session("e", root, given={**CALM, **given}, day=DAY)
    seen: list[tuple[str, str]] = []
    for _ in range(200):
        walk = replay(content, session)
        step = walk.here.step
        seen.append((step.id, present(content, session, walk).text))
        if isinstance(step, End):
            return seen, session, walk
        answer = _answer(step, said)
        session = replace(session, answers={**session.answers, walk.here.place: answer})
    raise AssertionError(seen[-1])


def _answer(step: object, said: Mapping[str, str | int]) -> Answer:
    match step:
        case Ask():
            return _asked(step, said)
        case Tick():
            marks = ((m.value, str(said.get(m.value, "no"))) for m in step.marks)
            return Answer(Said.MARKS, marks=tuple(marks))
        case Repeat():
            return Answer(Said.ENOUGH)
        case Check():
            return Answer(Said.CHECKED)
        case _:
            return Answer(Said.SEEN)


def _asked(step: Ask, said: Mapping[str, str | int]) -> Answer:
    if (value := said.get(step.fact.id)) is not None:
        return Answer(Said.UNSURE) if value == "unsure" else Answer(Said.VALUE, value)
    if step.skip:
        return Answer(Said.SKIPPED)
    if "no" not in step.fact.of and step.unsure:
        return Answer(Said.UNSURE)
    if "no" in step.fact.of:
        return Answer(Said.VALUE, "no")
    return Answer(Said.VALUE, step.choices[0].value if step.choices else "words")


FRAMEWORK: Mapping[str, str | int] = {
    "wants": "screen",
    "child_age": 14,
    "offence_evidence": "none",
    "judgement": "agree",
    "look_again_on": "2026-12-01",
}


@pytest.mark.parametrize(
    ("given", "said", "words"),
    [
        ({"danger_now": "yes"}, {}, "Please call 999 first"),
        ({"danger_now": "unsure"}, {}, "Then call Newham children's services at once"),
        ({}, {"position_of_trust": "yes"}, "Tell the Local Authority Designated Officer"),
        ({}, {"position_of_trust": "unsure"}, "Tell the Local Authority Designated Officer"),
        ({}, {"moved": "yes"}, "National Referral Mechanism"),
        ({}, {"moved": "unsure"}, "Call the police on 101"),
        ({}, {"looked_after": "yes", "other_authority": "yes"}, "Tell it at once"),
    ],
)
def test_what_was_said_of_the_child_is_acted_on_though_no_sign_is_marked(
    content: Catalogue, given: dict[str, str], said: dict[str, str], words: str
) -> None:
    seen, _, _ = walked(content, "newham/entry", given, {**FRAMEWORK, **said})
    steps = [step for step, _ in seen]
    assert "nothing_judgement" not in steps
    assert "look_again_on" not in steps
    assert words in dict(seen)["what_now"]
    assert "- " in dict(seen)["act"]


@pytest.mark.parametrize("age", [12, "unsure"])
def test_a_child_under_13_is_talked_about_today(content: Catalogue, age: int | str) -> None:
    seen, _, _ = walked(content, "newham/entry", {}, {**FRAMEWORK, "child_age": age})
    assert "A child under 13 cannot agree to sex" in dict(seen)["nothing_judgement"]
    assert "work today" in dict(seen)["nothing_judgement"]


def test_nothing_said_and_nothing_marked_is_to_look_again(content: Catalogue) -> None:
    seen, _, _ = walked(content, "newham/entry", {}, FRAMEWORK)
    assert "This does not mean that all is well" in dict(seen)["nothing_judgement"]
    assert seen[-1][0] == "stay"


@pytest.mark.parametrize(
    ("sign", "judgement", "offered"),
    [
        ("cigarettes", "higher", ["2", "3"]),
        ("clipping", "higher", ["3"]),
        ("clipping", "lower", ["1"]),
        ("pregnancy", "lower", ["1", "2"]),
        ("cigarettes", "lower", None),  # there is none below it: only the reason
    ],
)
def test_a_judgement_offers_only_what_lies_on_its_side(
    content: Catalogue, sign: str, judgement: str, offered: list[str] | None
) -> None:
    said = {**FRAMEWORK, sign: "yes", "judgement": judgement}
    seen, _, walk = walked(content, "newham/entry", {}, said)
    asks = [v.step for v in walk.visits if isinstance(v.step, Ask)]
    choices = [[c.value for c in a.choices] for a in asks if a.fact.id == "judged_category"]
    assert choices == ([offered] if offered else [])
    steps = {step for step, _ in seen}
    assert ({"judged_reason", "judged_manager"} <= steps) is (judgement == "lower")


def test_above_the_highest_nothing_is_offered(content: Catalogue) -> None:
    (ask,) = (
        s for s in content.dialogs["newham/framework"].steps.values() if s.id == "judgement_3"
    )
    assert isinstance(ask, Ask)
    assert [choice.value for choice in ask.choices] == ["agree", "lower"]


def test_the_framework_gives_its_own_document_and_no_blank_form(content: Catalogue) -> None:
    said = {**FRAMEWORK, "pregnancy": "yes", "open_case": "yes", "barriers": "yes"}
    given = {"role": "social_worker", "asking": "social_worker"}
    _, session, walk = walked(content, "newham/entry", given, said)
    assert walk.here.step.id == "close"
    assert walk.finding
    assert {"newham_mase", "newham_case_report"} <= set(walk.finding.routes)
    assert [route.id for route in paper_routes(content, session, walk)] == ["newham_front_door"]


MEETING = {"wants": "meeting", "meeting_paper": "minutes", "held_on": "2026-11-01"}
AGENDA = {"wants": "meeting", "meeting_paper": "agenda", "meeting_on": "2026-12-01"}


@pytest.mark.parametrize(
    ("said", "day"),
    [
        (MEETING, "Sunday 10 January 2027 (counted from Sunday 1 November 2026)"),
        (AGENDA, "Tuesday 9 February 2027 (counted from Tuesday 1 December 2026)"),
        ({**MEETING, "held_on": "unsure"}, "Sunday 31 January 2027 (counted from today)"),
        (
            {**MEETING, "held_on": "2026-08-01"},
            "Saturday 10 October 2026 (counted from Saturday 1 August 2026; already past)",
        ),
    ],
)
def test_the_next_meeting_counts_from_the_day_of_this_one(
    content: Catalogue, said: dict[str, str], day: str
) -> None:
    seen, _, _ = walked(content, "newham/entry", {}, said)
    assert seen[-1][0] == "advice"
    assert f"is due by {day}." in seen[-1][1]


def test_without_a_meeting_told_it_counts_from_today(content: Catalogue) -> None:
    due = due_on(content, "strategy_from", date(2026, 11, 22))
    assert (due.day, due.counted) == (date(2027, 1, 17), "counted from today")


@pytest.mark.parametrize("said", [MEETING, AGENDA])
def test_after_the_final_meeting_there_is_no_next_one(
    content: Catalogue, said: dict[str, str]
) -> None:
    seen, _, walk = walked(content, "newham/entry", {}, {**said, "final_meeting": "yes"})
    assert "next" not in seen[-1][1].rpartition("gives you the document.")[2]
    assert isinstance(walk.here.step, End)
    assert not any(isinstance(o.gift, Dates | Reminder) for o in walk.here.step.gives)


@pytest.mark.parametrize(("kind", "goes_on"), [("monthly", True), ("final", False)])
def test_only_a_monthly_report_speaks_of_the_next(
    content: Catalogue,
    kind: str,
    goes_on: bool,  # noqa: FBT001
) -> None:
    said = {
        "wants": "report",
        "report_kind": kind,
        "category": "unsure",
        "exit_meeting": "2026-11-01",
    }
    given = {"role": "social_worker", "asking": "social_worker"}
    seen, _, walk = walked(content, "newham/entry", given, said)
    assert ("next month" in seen[-2][1]) is goes_on
    assert isinstance(walk.here.step, End)
    assert any(isinstance(o.gift, Dates | Reminder) for o in walk.here.step.gives) is goes_on


def printed(content: Catalogue, said: Mapping[str, str | int]) -> Paper:
    """The document of a framework that somebody went through, saying these."""
    _, session, walk = walked(content, "newham/entry", {}, {**FRAMEWORK, **said})
    (told,) = papers(content, session, walk, date(2026, 11, 22))
    box = mailbox_of(content, content.routes[told.route])
    return paper(content, told, box, "K7QF-2M9D", "reports@example.org")


def test_the_document_shows_the_suggestion_and_the_lower_judgement_beside_it(
    content: Catalogue,
) -> None:
    lowered = {"judgement": "lower", "judged_category": "1", "judged_reason": "Seen by the nurse"}
    signs = {"pregnancy": "yes", "late_home": "yes", "off_the_system": "unsure"}
    found = printed(content, {**signs, **lowered, "judged_manager": "Team manager, East"})
    assert found.suggested is not None
    assert found.suggested.level == "3"
    carried = [(reason.text, reason.clause) for reason in found.suggested.carried]
    assert carried == [("Pregnancy", "Appendix B, Sexual health, Category 3")]
    assert [(line.label, line.said) for line in found.judgement] == [
        ("Your judgement", "I think it is less serious"),
        ("Category you judge", "1: targeted or groomed"),
        ("Why less serious", "Seen by the nurse"),
        ("Manager consulted", "Team manager, East"),
    ]
    assert [line.label for line in found.results] == ["Action"]


def test_a_raised_judgement_leaves_the_suggestion_and_what_it_could_be_as_they_are(
    content: Catalogue,
) -> None:
    raised = {"judgement": "higher", "judged_category": "3", "late_home": "yes"}
    found = printed(content, {**raised, "clipping": "unsure"})
    assert found.suggested is not None
    assert found.suggested.level == "1"
    assert len(found.suggested.could_be) == 1
    assert found.suggested.could_be[0].startswith("could be 2 if")
    assert "3: habitual, with coercion" in [line.said for line in found.judgement]


def test_where_nothing_is_certain_the_document_suggests_none_and_lists_no_sign_that_is_a_no(
    content: Catalogue,
) -> None:
    found = printed(content, {"clipping": "unsure"})
    assert found.suggested is not None
    assert (found.suggested.level, found.suggested.carried) == ("none", ())
    assert len(found.suggested.could_be) == 1
    assert [line.said for line in found.near_misses if "“" in line.said or '"' in line.said] == []
