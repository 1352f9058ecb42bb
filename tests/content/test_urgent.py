"""999 in one message from every step of every shipped dialog, found by walking them all."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Call, Decide, End, Outcome, Step, Tell
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.facts import FactType
from bot.core.session import ADDITION, Overlay, Session
from bot.core.turn import Begin, Input, Press, Say, ScreenKind
from bot.core.turning import begin
from bot.core.walk import Visit, replay
from bot.loading.checks.flow import flow_of
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
VISITS = 4  # how often one step is tried by one kind of person, with other answers before it
TYPED = {
    FactType.WHOLE_NUMBER: "12",
    FactType.DATE: "21/3/2025",
    FactType.SHORT_TEXT: "by the canal",
    FactType.LONG_TEXT: "by the canal",
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="module")
def walked(content: Catalogue) -> list[Session]:
    return list(_sessions(content))


def _here(content: Catalogue, session: Session) -> Visit:
    return replay(content, session).here


def _sessions(content: Catalogue) -> Iterator[Session]:
    """A session at each step, several times each, by every answer that the step takes."""
    first = advance(content, None, Begin(), NOW).session
    assert first is not None
    waiting = deque([first, replace(begin(content, NOW), root=ADDITION)])
    seen: Counter[tuple[str, str, str]] = Counter()
    while waiting:
        session = waiting.popleft()
        walk = replay(content, session)
        here = walk.here
        key = (here.dialog.id, here.step.id, str(walk.facts.get("role")))
        seen[key] += 1
        if seen[key] > VISITS:
            continue
        yield session
        for said in _answers(session, here):
            after = advance(content, session, said, NOW).session
            if after is not None and after.overlay is Overlay.NONE and after.root == session.root:
                waiting.append(after)


def _answers(session: Session, here: Visit) -> Iterator[Input]:
    if isinstance(here.step, Ask) and here.step.fact.type in TYPED:
        yield Say(TYPED[here.step.fact.type])
    if not isinstance(here.step, End):
        yield from (Press(session.turn, str(option)) for option in range(6))


def _waits(step: Step) -> bool:
    match step:
        case Tell():
            return bool(step.button)
        case End():
            return step.outcome is Outcome.FINISH
        case Call() | Decide():
            return False
        case _:
            return True


def test_the_engine_reaches_exactly_the_steps_that_the_checks_say_can_be_reached(
    content: Catalogue, walked: list[Session]
) -> None:
    visits = [_here(content, session) for session in walked]
    stood = {(v.dialog.id, v.step.id) for v in visits if _waits(v.step)}
    flow = flow_of(content)
    reachable = {
        (dialog.id, step.id)
        for dialog in content.dialogs.values()
        for step in dialog.steps.values()
        if _waits(step) and flow.known(dialog, step) is not None
    }
    assert stood == reachable


@pytest.mark.parametrize("word", ["999", "Danger!", "EMERGENCY"])
def test_one_message_shows_999_from_every_step_and_moves_nothing(
    content: Catalogue, walked: list[Session], word: str
) -> None:
    for session in walked:
        turn = advance(content, session, Say(word), NOW)
        assert turn.reply.screens[0].kind is ScreenKind.URGENT
        assert "999" in turn.reply.screens[0].text
        assert turn.session == replace(
            session, touched=turn.session.touched if turn.session else 0
        )


@pytest.mark.parametrize("overlay", list(Overlay))
def test_one_message_shows_999_under_every_screen_of_the_program(
    content: Catalogue, walked: list[Session], overlay: Overlay
) -> None:
    session = replace(walked[-1], overlay=overlay)
    turn = advance(content, session, Say("999"), NOW)
    assert turn.reply.screens[0].kind is ScreenKind.URGENT


def test_every_screen_of_every_step_begins_with_999(
    content: Catalogue, walked: list[Session]
) -> None:
    for session in walked:
        shown = advance(content, session, Say("\N{ZERO WIDTH SPACE}"), NOW).reply.screens
        assert all(screen.text.startswith(HEADER) for screen in shown)
        assert all(len(screen.text.encode("utf-16-le")) // 2 <= 4096 for screen in shown)
