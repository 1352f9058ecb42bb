"""What meets a person who decides not to refer in Wirral, and what they take along."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Call, Tell, Tick
from bot.core.engine import advance
from bot.core.session import Session
from bot.core.turn import Begin, Press, Reply, Say
from bot.core.walk import replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOST = 80
CRITERIA = (
    "age", "gap in age", "withdrawn", "understanding", "living circumstances", "family", "force",
    "power", "bribes", "drink or drugs", "secrecy", "grooming", "denies", "known to agencies",
)  # fmt: skip
FAR = "1 November 2028"
NEAR = "1 December 2026"


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _shown(reply: Reply) -> str:
    return "\n".join(screen.text for screen in reply.screens)


def _screened(content: Catalogue, age: str, typed: dict[str, str]) -> dict[str, str]:
    """What is shown at each step of a screening in which little is marked, by the step's name."""
    session: Session | None = advance(content, None, Begin(), NOW).session
    for words in ("No", "Wirral", "I work with children: screen a worry", "Screen the concern"):
        session = advance(content, session, Say(words), NOW).session
    shown: dict[str, str] = {}
    for _ in range(MOST):
        assert session is not None
        here = replay(content, session).here
        values = [c.value for c in here.step.choices] if isinstance(here.step, Ask) else []
        wanted = typed.get(here.step.id)
        match here.step:
            case Tell():
                said: Press | Say = Press(session.turn, "0")
            case Tick():
                said = Say(wanted or "none")
            case Ask() if here.step.fact.id in {"child_age", "other_age"}:
                said = Say(age)
            case Ask() if values:
                said = Press(session.turn, str(values.index(wanted) if wanted else 0))
            case _:
                said = Say(wanted or "The lead, today")
        turn = advance(content, session, said, NOW)
        session = turn.session
        if session is None:
            return shown | {"stay": _shown(turn.reply)}
        shown[replay(content, session).here.step.id] = _shown(turn.reply)
        if {"stay", "judgement"} & shown.keys():
            return shown
    raise AssertionError(sorted(shown))


def test_the_criteria_stand_where_a_risk_is_ruled_out(content: Catalogue) -> None:
    shown = _screened(content, "14", {"self": "1 done", "rule_out": "yes", "look_again_on": NEAR})
    assert [one for one in CRITERIA if one not in shown["rule_out"].lower()] == []


def test_advice_is_said_where_nothing_is_referred(content: Catalogue) -> None:
    shown = _screened(
        content, "12", {"known": "5 done", "not_sharing": "yes", "look_again_on": NEAR}
    )
    advice = content.rules["wirral/assess"].advice
    for one in ("lead_always", "senior_manager", "write_decision", "disabled_child", "look_again"):
        assert advice[one].text in shown["asks"], one
    ruled_out = _screened(
        content, "14", {"self": "1 done", "rule_out": "yes", "look_again_on": NEAR}
    )
    assert advice["keep_reasons"].text in ruled_out["asks"]
    assert max(len(shown["asks"]), len(ruled_out["asks"])) < 1200  # one screen of a phone


@pytest.mark.parametrize(("day", "noted"), [(FAR, True), (NEAR, False)])
def test_a_day_far_off_to_look_again_brings_a_note(
    content: Catalogue, day: str, *, noted: bool
) -> None:
    shown = _screened(content, "14", {"look_again_on": day})
    assert ("more than four weeks" in shown["asks"]) is noted


def test_a_child_who_turns_up_in_strange_places_leads_to_the_record(content: Catalogue) -> None:
    step = content.dialogs["wirral/screening"].steps["trafficking"]
    assert isinstance(step, Call)
    shown = _screened(
        content, "14", {"happening": "1 done", "rule_out": "yes", "look_again_on": NEAR}
    )
    assert {"moved_when", "moved_by", "moved_in"} <= shown.keys()
