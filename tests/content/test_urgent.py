"""999 in one message from every step of every shipped dialog, found by walking them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Assign, Call, Decide, End, Outcome, Step, Tell, Tick
from bot.core.emergency import HEADER
from bot.core.engine import advance
from bot.core.facts import NO, FactType
from bot.core.path import Frame
from bot.core.session import ADDITION, Overlay, Session
from bot.core.turn import Begin, Input, Press, Say, ScreenKind
from bot.core.turning import begin
from bot.core.walk import Visit, _Walker, replay
from bot.loading.checks.flow import flow_of
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
VISITS = 2  # how often one step is tried by one kind of person, with other answers before it
WALKS, LONGEST = 4000, 150  # people at most, and what each may say
LEANS = (0, 1, 1, None)  # which answer a person mostly gives: yes, no, or any
FAITHFUL = 0.95
Gone = tuple[str, str, str]  # a dialog, a step, and the step that an edge leads to
_OFTEN = {  # most steps lie this way; every button is pressed
    "area": (0, 0, 0, 1, 1, 1, 2),
    "asking": (0, 1, 2, 3, 3, 3, 4, 4, 5, 6),
    "danger_now": (0, 1, 1, 2),
    "when": (0, 0, 0, 1, 2, 3),
    "role": (0, 1, 1, 2, 2, 3),
    "child_age": (0, 1, 1, 4),
    "other_age": (0, 1, 2, 2, 4),
}
TYPED = {
    FactType.WHOLE_NUMBER: ("12", "16", "33"),
    FactType.DATE: ("21/3/2025", "21/3/2027"),
    FactType.SHORT_TEXT: ("by the canal",),
    FactType.LONG_TEXT: ("by the canal",),
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="module")
def gone() -> Iterator[set[Gone]]:
    """The edges that the walks have taken, noted as they are."""
    taken: set[Gone] = set()
    go = _Walker._go

    def noted(walker: _Walker, frame: Frame, step: Step) -> None:
        go(walker, frame, step)
        taken.add((frame.dialog.id, step.id, frame.at))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_Walker, "_go", noted)
        yield taken


@pytest.fixture(scope="module")
def walked(content: Catalogue, gone: set[Gone]) -> list[Session]:
    return list(_sessions(content, gone))


def _here(content: Catalogue, session: Session) -> Visit:
    return replay(content, session).here


def _sessions(content: Catalogue, gone: set[Gone]) -> Iterator[Session]:
    """A session at each step, several times each: people who each walk to an end, some who mostly
    say no, some who mostly say yes, some who say anything.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    tried: Counter[tuple[tuple[str, str], int]] = Counter()
    left, edges = _reachable(content), _edges(content)
    for number in range(WALKS):
        if not left and edges <= gone:
            break
        chance = Random(number)  # noqa: S311 - the same people every time
        session = _first(content, adding=number % 10 == 0)
        for _ in range(LONGEST):
            walk = replay(content, session)
            here = (walk.here.dialog.id, walk.here.step.id)
            key = (*here, str(walk.facts.get("role")))
            seen[key] += 1
            left.discard(here)
            if seen[key] <= VISITS:
                yield session
            answers = list(_answers(session, walk.here))
            lean = LEANS[number % len(LEANS)]
            if not answers:
                break
            new = not all(tried[here, n] for n in range(len(answers)))
            leans = lean is not None and not new and _is_yes_or_no(walk.here)
            leans = leans and _fact(walk.here) != "level_4"  # a no to all else leads on from a yes
            leant = leans and chance.random() < FAITHFUL
            often = _OFTEN.get(_fact(walk.here), ())
            rarest = (
                chance.choice(often)
                if often
                else min(range(len(answers)), key=lambda n: (tried[here, n], chance.random()))
            )
            chosen = min(lean or 0, len(answers) - 1) if leant else rarest
            tried[here, chosen] += 1
            said = answers[chosen]
            after = advance(content, session, said, NOW).session
            if after is not None and after.overlay is Overlay.NONE and after.root == session.root:
                session = after


def _fact(here: Visit) -> str:
    return here.step.fact.id if isinstance(here.step, Ask) else ""


def _is_yes_or_no(here: Visit) -> bool:
    step = here.step
    return isinstance(step, Tick) or (isinstance(step, Ask) and NO in step.fact.of)


def _first(content: Catalogue, *, adding: bool) -> Session:
    if adding:
        return replace(begin(content, NOW), root=ADDITION)
    first = advance(content, None, Begin(), NOW).session
    assert first is not None
    return first


def _answers(session: Session, here: Visit) -> Iterator[Input]:
    """What may be said here: the first is a yes and the second a no, where there is one."""
    if isinstance(here.step, Tick):
        yield from (Say("1 done"), Say("none"), Say("i don't know"))
        facts = range(2, len(here.step.asks) + 1)  # each of them leads a way of its own
        yield from (Say(f"{number} done") for number in facts)
    elif isinstance(here.step, Ask) and here.step.fact.type in TYPED:
        yield from (Say(typed) for typed in TYPED[here.step.fact.type])
        yield from (Say("skip"), Say("not sure"))
    elif not isinstance(here.step, End):
        yield from (Press(session.turn, str(option)) for option in range(8))


def _waits(step: Step) -> bool:
    match step:
        case Tell():
            return bool(step.button)
        case End():
            return step.outcome is Outcome.FINISH
        case Call() | Decide() | Assign():
            return False
        case _:
            return True


def _reachable(content: Catalogue) -> set[tuple[str, str]]:
    """Every step that the checks say a person can stand at."""
    flow = flow_of(content)
    return {
        (dialog.id, step.id)
        for dialog in content.dialogs.values()
        for step in dialog.steps.values()
        if _waits(step) and flow.known(dialog, step) is not None
    }


def _edges(content: Catalogue) -> set[Gone]:
    """Every way on from a step that some walk goes on from, by the checks."""
    flow = flow_of(content)
    return {
        (dialog.id, step.id, edge.go)
        for dialog in content.dialogs.values()
        for step in dialog.steps.values()
        if flow.after(dialog, step) is not None
        for edge in step.next
    }


def test_every_way_on_in_every_dialog_is_taken(
    content: Catalogue, walked: list[Session], gone: set[Gone]
) -> None:
    assert walked
    assert sorted(_edges(content) - gone) == []


def test_the_engine_reaches_exactly_the_steps_that_the_checks_say_can_be_reached(
    content: Catalogue, walked: list[Session]
) -> None:
    visits = [_here(content, session) for session in walked]
    stood = {(v.dialog.id, v.step.id) for v in visits if _waits(v.step)}
    assert stood == _reachable(content)


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
