"""A social worker's case is never less for what nobody knows: it leads to both forms, always."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, End, Tell, Tick
from bot.core.engine import advance
from bot.core.session import Session
from bot.core.turn import Begin, Press, Say
from bot.core.walk import Walk, replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOST = 60
KNOWN = ("yes", "no", "unsure")


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _press(step: Ask, wanted: str) -> str:
    values = [choice.value for choice in step.choices]
    unsure = len(values) if step.unsure else 0
    return str(values.index(wanted) if wanted in values else unsure)


def _to_the_review(content: Catalogue, wanted: dict[str, str]) -> Walk:
    return _read(content, wanted)[0]


def _read(content: Catalogue, wanted: dict[str, str]) -> tuple[Walk, str]:
    """All the way to what is sent, and all that was read on it; what `wanted` does not name is not
    known or not so.
    """
    read = ""
    session: Session | None = advance(content, None, Begin(), NOW).session
    for words in ("No", "Wirral", "I am the child's social worker"):
        session = advance(content, session, Say(words), NOW).session
    for _ in range(MOST):
        assert session is not None
        walk = replay(content, session)
        match walk.here.step:
            case Tell():
                said: Press | Say = Press(session.turn, "0")
            case Tick():
                said = Say(wanted.get("ticks", "none"))
            case Ask() as step if step.choices:
                said = Press(session.turn, _press(step, wanted.get(step.fact.id, "no")))
            case Ask():
                said = Say("14")
            case _:
                return walk, read
        turn = advance(content, session, said, NOW)
        read += "".join(screen.text for screen in turn.reply.screens)
        session = turn.session
    raise AssertionError("no end")


@pytest.mark.parametrize(("is_open", "in_care"), [*product(KNOWN, KNOWN)])
def test_every_case_leads_to_both_forms(content: Catalogue, is_open: str, in_care: str) -> None:
    walk = _to_the_review(content, {"open_case": is_open, "looked_after": in_care})
    assert not isinstance(walk.here.step, End)
    assert walk.finding is not None
    assert "wirral_cse2" in walk.finding.routes
    asked = {visit.dialog.id for visit in walk.visits}
    assert {"wirral/cse1_short", "wirral/cse2"} <= asked


@pytest.mark.parametrize("known", KNOWN)
def test_cse_1_and_cse_2_are_taken_whether_the_meeting_knows_the_child_or_not(
    content: Catalogue, known: str
) -> None:
    walk = _to_the_review(content, {"looked_after": "yes", "known_to_macse": known})
    assert walk.finding is not None
    forms = {form for route in walk.finding.routes for form in content.routes[route].forms}
    assert {"cse1", "cse2"} <= forms
    questions = {
        (visit.dialog.id, visit.step.fact.id)
        for visit in walk.visits
        if isinstance(visit.step, Ask) and visit.dialog.id in {"wirral/own_case", "wirral/cse2"}
    }
    cse2 = content.layouts["cse2"]
    assert questions
    assert [q for q in questions if not cse2.takes(*q)] == []


def test_nobody_is_asked_the_same_twice(content: Catalogue) -> None:
    walk = _to_the_review(content, {"looked_after": "yes"})
    asked = [visit.step.fact.id for visit in walk.visits if isinstance(visit.step, Ask)]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("in_care", KNOWN)
def test_what_the_guidance_asks_comes_before_the_forms(content: Catalogue, in_care: str) -> None:
    """What must be done at once is not kept behind questions that can wait."""
    walk = _to_the_review(content, {"looked_after": in_care, "level_4": "yes"})
    passed = [visit.dialog.id for visit in walk.visits]
    duties = passed.index("wirral/care_duties" if in_care != "no" else "wirral/duties")
    questions = [visit for visit in walk.visits[:duties] if isinstance(visit.step, Ask | Tick)]
    assert {visit.dialog.id for visit in questions} == {"common/start", "wirral/own_case"}
    assert len([v for v in questions if v.dialog.id == "wirral/own_case"]) <= 10
    assert passed.index("wirral/duties") < passed.index("wirral/cse1_short")


BELOW = {"level_4": "no", "strategy_held": "no"}


@pytest.mark.parametrize("ticks", ["1 done", "1? done", "2 done", "2? done", "1 2 done"])
def test_a_safeguarding_concern_is_not_below_level_4(content: Catalogue, ticks: str) -> None:
    """No identified safeguarding concerns: Wirral, Cases below the Level 4 Threshold."""
    walk, read = _read(content, {**BELOW, "ticks": ticks})
    assert "So treat this case as level 4." in read
    assert "Start CSE 2" in read
    assert "Gateway" not in read
    assert walk.finding is not None
    assert "wirral_gateway" not in walk.finding.routes


def test_with_no_concern_known_it_is_below_level_4(content: Catalogue) -> None:
    walk, read = _read(content, BELOW)
    assert "So treat this case as level 4." not in read
    assert "Below level 4: the Targeted Services Gateway" in read
    assert walk.finding is not None
    assert "wirral_gateway" in walk.finding.routes


@pytest.mark.parametrize(("ticks", "said"), [("1? done", True), ("2 done", False)])
def test_the_council_makes_the_national_referral_and_is_told(
    content: Catalogue, ticks: str, *, said: bool
) -> None:
    told = "The council refers the child to the National Referral Mechanism"
    assert (told in _read(content, {"ticks": ticks})[1]) is said
