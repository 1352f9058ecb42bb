"""How the framework of Newham ends: what was said of the child counts, whatever was ticked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dated import due_on
from bot.core.dialog import Ask, End
from bot.core.gifts import Dates, Reminder
from bot.core.handover import paper_routes
from bot.loading.load import load_catalogue
from tests.content.newham_walks import FRAMEWORK, walked


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


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


MOVED = {"child_age": 12, "moved": "yes", "sti": "unsure", "other_age": "unsure"}
TRUST = {"child_age": 14, "position_of_trust": "yes", "cigarettes": "yes"}


@pytest.mark.parametrize(
    ("said", "screen", "grave"),
    [
        (MOVED, "unsure_told", "The child is, or may be, moved from place to place"),
        (TRUST, "grave", "Somebody with a position of trust is, or may be, sexually involved"),
        ({"child_age": 12, "sti": "yes"}, "grave", "The child is or may be under 13, and there"),
        ({"moved": "unsure", "cigarettes": "yes"}, "grave", "moved from place to place"),
    ],
)
def test_whoever_must_be_called_stands_above_who_is_only_talked_to(
    content: Catalogue, said: dict[str, str | int], screen: str, grave: str
) -> None:
    seen, session, walk = walked(content, "newham/entry", {}, {**FRAMEWORK, **said})
    shown = dict(seen)
    assert grave in shown[screen]
    now = shown["what_now"]
    assert now.index("Call 020 3373 4600") < now.index("Talk to the safeguarding lead")
    called = "- Newham children's services (you call 020 3373 4600"
    assert shown["who"].index(called) < shown["who"].index("Your safeguarding lead")
    assert [route.id for route in paper_routes(content, session, walk)] == ["newham_front_door"]


def test_a_sign_without_a_grave_fact_shows_the_category_alone(content: Catalogue) -> None:
    seen, _, _ = walked(content, "newham/entry", {}, {**FRAMEWORK, "cigarettes": "yes"})
    steps = [step for step, _ in seen]
    assert "suggestion" in steps
    assert "grave" not in steps


def test_the_rows_of_action_stand_in_the_order_of_their_urgency(content: Catalogue) -> None:
    (action,) = (t for t in content.rules["newham/assess"].tables if t.id == "action")
    ranks = [action.scale.index(row.then) for row in action.rows]
    assert ranks == sorted(ranks, reverse=True)
