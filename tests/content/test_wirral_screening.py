"""The screening dialog leads where the rules say: to a referral, or to a day to look again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Tell, Tick
from bot.core.engine import advance
from bot.core.facts import NO
from bot.core.session import Session
from bot.core.turn import Begin, Input, Press, Say
from bot.core.walk import Visit, Walk, replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PEOPLE, QUIET, MOST = 200, 0.9, 80
REFERRED, STAYS = "judgement", "clear_judgement"
AGES = ("9", "12", "13", "14", "15", "16", "17", "18", "21", "32", "33", "not sure")


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _say(content: Catalogue, session: Session, said: Input) -> Session:
    after = advance(content, session, said, NOW).session
    assert after is not None
    return after


def _started(content: Catalogue) -> Session:
    session = advance(content, None, Begin(), NOW).session
    assert session is not None
    for words in ("No", "Wirral", "I work with children: screen a worry", "Screen the concern"):
        session = _say(content, session, Say(words))
    return session


def _answer(session: Session, here: Visit, chance: Random) -> Input:
    quiet = chance.random() < QUIET
    match here.step:
        case Tell():
            return Press(session.turn, "0")
        case Tick() as step:
            number = chance.randint(1, len(step.marks))
            loud = (f"{number} done", f"{number}? done", "i don't know")
            return Say("none" if quiet else chance.choice(loud))
        case Ask() as step if step.fact.id in {"child_age", "other_age"}:
            return Say(chance.choice(AGES))
        case Ask() as step if step.choices:
            wanted = [str(n) for n, c in enumerate(step.choices) if c.value == NO]
            known = quiet and bool(wanted)
            last = len(step.choices) - 1 + bool(step.unsure)
            return Press(session.turn, wanted[0] if known else str(chance.randint(0, last)))
        case _:
            return Say("by the canal")


def _results(content: Catalogue) -> Iterator[tuple[str, Walk]]:
    """Where each person comes to be asked for their judgement, and all that was said by then."""
    begun = _started(content)
    for number in range(PEOPLE):
        chance, session = Random(number), begun  # noqa: S311 - the same people every time
        for _ in range(MOST):
            walk = replay(content, session)
            if walk.here.step.id in {REFERRED, STAYS}:
                yield walk.here.step.id, walk
                break
            session = _say(content, session, _answer(session, walk.here, chance))


def test_the_dialog_and_the_rules_come_to_the_same_result(content: Catalogue) -> None:
    came: Counter[str] = Counter()
    for step, walk in _results(content):
        assert walk.finding is not None
        refers = walk.finding.action in {"refer", "emergency"}
        assert refers is (step == REFERRED), (step, walk.facts, walk.indicators)
        came[step] += 1
    assert min(came[REFERRED], came[STAYS]) > PEOPLE // 20


def test_background_never_makes_a_sign_of_harm_or_of_risk(content: Catalogue) -> None:
    book = content.rules["wirral/assess"]
    kinds = {group: {book.indicators[i].kind for i in book.groups[group]} for group in book.groups}
    assert all(len(kind) == 1 for kind in kinds.values())
    assert max(len(book.groups[group]) for group in book.groups) <= 8
    assert [i.id for i in book.indicators.values() if not i.why] == []
