"""What Wirral's practice guidance asks that only a conversation can show, worked out by hand from
its clauses: what is said before what, what is asked for, and what no answer can leave out.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, End, Tell, Tick
from bot.core.engine import advance
from bot.core.facts import FactType
from bot.core.session import Session
from bot.core.turn import Begin, Press, Say
from bot.core.walk import Visit, Walk, replay
from bot.loading.load import load_catalogue

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOST = 90
AT_WORK = "I work with children: screen a worry"
SCREEN = (AT_WORK, "Screen the concern")
REFER = (AT_WORK, "Refer at once", "Yes")
OWN = ("I am the child's social worker",)
EXAMPLE_DAY = "1 December 2026"


class Talk(NamedTuple):
    """Everything that was shown, screen by screen, and where it has come to."""

    shown: tuple[str, ...]
    session: Session
    walk: Walk

    @property
    def said(self) -> str:
        return "\n".join(self.shown)


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def _answer(session: Session, here: Visit, wanted: Mapping[str, str]) -> Press | Say:
    """What is wanted of a step, by its name; else the calm answer: no, none, a few words."""
    step = here.step
    told = wanted.get(step.id)
    match step:
        case Tell():
            return Press(session.turn, "0")
        case Tick():
            return Say(told or "none")
        case Ask() if step.choices:
            values = [choice.value for choice in step.choices]
            if told == "unsure":
                return Press(session.turn, str(len(values)))
            pressed = told or ("no" if "no" in values else str(values[0]))
            return Press(session.turn, str(values.index(pressed)))
        case Ask() if step.fact.type is FactType.WHOLE_NUMBER:
            return Say(told or "15")
        case Ask() if step.fact.type is FactType.DATE:
            return Say(EXAMPLE_DAY)
        case _:
            return Say(told or "by the canal")


def talk(
    content: Catalogue,
    start: tuple[str, ...],
    wanted: Mapping[str, str],
    until: str = "",
    danger: tuple[str, ...] = ("No",),
) -> Talk:
    """To the step named `until`, or to the check before sending."""
    turn = advance(content, None, Begin(), NOW)
    shown = ["\n".join(screen.text for screen in turn.reply.screens)]
    said = [Say(words) for words in (*danger, "Wirral", *start)]
    for number in range(MOST):
        session = turn.session
        assert session is not None
        walk = replay(content, session)
        if number >= len(said) and (
            isinstance(walk.here.step, Check) or walk.here.step.id == until
        ):
            return Talk(tuple(shown), session, walk)
        given = said[number] if number < len(said) else _answer(session, walk.here, wanted)
        turn = advance(content, session, given, NOW)
        shown.append("\n".join(screen.text for screen in turn.reply.screens))
    raise AssertionError(shown[-1])


def _routes(told: Talk) -> set[str]:
    assert told.walk.finding is not None
    return set(told.walk.finding.routes)


# If you can't rule it out, rule it in: a reason and somebody consulted, or it is referred.
@pytest.mark.parametrize("step", ["why_ruled_out", "whom_consulted"])
@pytest.mark.parametrize("words", ["skip", "", "no", "-", "x"])
def test_a_risk_is_not_ruled_out_without_a_reason_and_somebody_consulted(
    content: Catalogue, step: str, words: str
) -> None:
    told = talk(content, SCREEN, {"whereabouts": "1 done", "rule_out": "yes"}, step)
    after = advance(content, told.session, Say(words), NOW).session
    assert after is not None
    assert replay(content, after).here.step.id == step


# Our rule on judgement: lower only with a reason and the manager who was consulted.
@pytest.mark.parametrize("step", ["judged_reason", "judged_manager"])
def test_nobody_lowers_a_result_alone_and_it_is_referred_all_the_same(
    content: Catalogue, step: str
) -> None:
    wanted = {"happening": "5 done", "judgement": "lower"}
    told = talk(content, SCREEN, wanted, step)
    after = advance(content, told.session, Say("skip"), NOW).session
    assert after is not None
    assert replay(content, after).here.step.id == step
    assert "wirral_cadt" in _routes(talk(content, SCREEN, wanted))


# Signs and Indicators: neither a gut feeling nor the years that have passed make harm less.
@pytest.mark.parametrize("mark", ["5 done", "5? done"])
def test_harm_of_long_ago_known_by_a_feeling_is_referred(content: Catalogue, mark: str) -> None:
    told = talk(
        content,
        SCREEN,
        {"happening": mark, "when": "earlier", "basis": "gut_feeling"},
        "judgement",
    )
    assert _routes(told) == {"wirral_cadt"}


# Imminent risk: 999 before all else, then CADT without waiting, though no sign is marked.
@pytest.mark.parametrize("danger", ["Yes", "I'm not sure"])
@pytest.mark.parametrize("start", [SCREEN, REFER, OWN])
def test_danger_brings_999_first_and_then_the_referral(
    content: Catalogue, danger: str, start: tuple[str, ...]
) -> None:
    told = talk(content, start, {}, danger=(danger, "Carry on"))
    assert "call 999 first" in told.shown[1]
    assert _routes(told) & {"wirral_cadt", "wirral_cse2"}


# Under 13's: not sharing takes a reason in detail and a senior manager, by name or role.
def test_not_to_share_about_a_child_of_12_asks_why_and_which_senior_manager(
    content: Catalogue,
) -> None:
    told = talk(content, SCREEN, {"child_age": "12", "not_sharing": "yes"}, "asks")
    steps = [visit.step.id for visit in told.walk.visits]
    assert steps.index("why_not_shared") < steps.index("senior_manager")
    assert "child protection lead" in told.said


# Trafficking: the police, and the record of words, days, people and vehicles, whoever tells.
@pytest.mark.parametrize(
    ("start", "mark"),
    [(SCREEN, "1 done"), (SCREEN, "1? done"), (REFER, "1 done"), (OWN, "1? done")],
)
def test_a_child_moved_from_street_to_street_is_told_to_the_police_and_recorded(
    content: Catalogue, start: tuple[str, ...], mark: str
) -> None:
    told = talk(content, start, {"known": mark})
    asked = {visit.step.id for visit in told.walk.visits}
    assert {"child_says", "children_say", "moved_when", "moved_by", "moved_in"} <= asked
    assert "wirral_police" in _routes(told)
    assert "Please tell the police too. Call 101, or 999" in told.said


# Definitions: a position of trust goes to the Designated Officer too, whoever tells of it.
@pytest.mark.parametrize("start", [SCREEN, REFER, OWN])
@pytest.mark.parametrize("mark", ["2 done", "2? done"])
def test_a_position_of_trust_is_told_to_the_designated_officer(
    content: Catalogue, start: tuple[str, ...], mark: str
) -> None:
    told = talk(content, start, {"known": mark, "child_age": "17"})
    assert "wirral_lado" in _routes(told)
    assert "lways tell the Local Authority Designated Officer" in told.said


# Early Help: patterns on the street go to the police as well as the child to CADT.
@pytest.mark.parametrize("dialog", ["wirral/screening", "wirral/refer"])
def test_who_refers_a_child_hears_that_the_police_want_what_they_know_of_places(
    content: Catalogue, dialog: str
) -> None:
    sent = content.dialogs[dialog].steps["sent"]
    assert isinstance(sent, End)
    assert "places, cars or adults too? Pass that on to the police" in sent.text.source
