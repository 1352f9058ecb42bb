"""A sign that harm is happening, and happening now: 999 at once, in every area."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Tell, Tick
from bot.core.engine import advance
from bot.core.session import Session
from bot.core.turn import Begin, Press, Say
from bot.core.walk import Walk, replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEGUN = {
    "wirral": ("No", "Wirral", "I work with children: screen a worry", "Screen the concern"),
    "newham": (
        "No",
        "Newham",
        "I am the child's social worker",
        "Go through the indicator framework",
    ),
}
CATALOGUE = load_catalogue(ROOT)


def _signs(kind: str) -> Iterator[tuple[str, str]]:
    """Each sign of a kind that is asked about, with its area."""
    for dialog, area in (("wirral/screening", "wirral"), ("newham/framework", "newham")):
        for step in CATALOGUE.dialogs[dialog].steps.values():
            if isinstance(step, Tick) and step.details:
                yield from (
                    (area, mark.value) for mark in step.marks if step.kinds[mark.value] == kind
                )


def _on(content: Catalogue, session: Session | None, words: str) -> Session:
    after = advance(content, session, Say(words), NOW).session
    assert after is not None
    return after


def _marked(area: str, sign: str) -> Session:
    """Somebody who marked this one sign, and stands at the question when it was."""
    session = advance(CATALOGUE, None, Begin(), NOW).session
    for words in BEGUN[area]:
        session = _on(CATALOGUE, session, words)
    while True:
        assert session is not None
        step = replay(CATALOGUE, session).here.step
        match step:
            case Tick() if sign in (wanted := [mark.value for mark in step.marks]):
                return _on(CATALOGUE, session, f"{wanted.index(sign) + 1} done")
            case Tick():
                session = _on(CATALOGUE, session, "none")
            case Tell():
                session = advance(CATALOGUE, session, Press(session.turn, "0"), NOW).session
            case Ask() if step.fact.id in {"child_age", "other_age"}:
                session = _on(CATALOGUE, session, "15")
            case _:
                session = _on(CATALOGUE, session, "no")


def _walk(session: Session) -> Walk:
    return replay(CATALOGUE, session)


@pytest.mark.parametrize(("area", "sign"), list(_signs("harm")))
@pytest.mark.parametrize("answer", ["yes", "not sure"])
def test_harm_that_is_happening_now_leads_to_999_at_once(
    area: str, sign: str, answer: str
) -> None:
    session = _on(CATALOGUE, _marked(area, sign), "It is happening now")
    asked = _walk(session).here.step
    assert isinstance(asked, Ask)
    assert asked.fact.id == "danger_now"
    session = _on(CATALOGUE, session, answer)
    told = _walk(session).here.step
    assert isinstance(told, Tell)
    assert "call 999" in told.text.source
    walk = _walk(_on(CATALOGUE, session, "carry on"))
    assert walk.facts["danger_now"] in {"yes", "unsure"}
    assert walk.indicators[sign] == "yes"
    assert walk.here.step.id == "basis"  # what was marked is kept, and it goes on where it was


@pytest.mark.parametrize(("area", "sign"), list(_signs("risk")))
def test_a_sign_of_risk_now_is_no_danger_by_itself(area: str, sign: str) -> None:
    session = _on(CATALOGUE, _marked(area, sign), "It is happening now")
    assert _walk(session).here.step.id == "basis"
