"""The pure engine alone: `advance` over recorded conversations, and a finding."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Final

from bench.conversations import Lines, long, off_licence
from bench.table import Figure, middle
from bot.app import ROOT
from bot.core.catalogue import Catalogue, normal
from bot.core.engine import advance
from bot.core.evaluate import evaluate
from bot.core.facts import Fact, FactType, Known
from bot.core.grammar import parse_condition
from bot.core.rules import Hit, Indicator, Kind, Row, RuleBook, Table
from bot.core.session import Session
from bot.core.turn import Begin, Input, Press, Reply, Say
from bot.loading.load import load_catalogue

_NOW: Final = datetime(2026, 1, 15, 12, tzinfo=UTC)
_ROWS: Final = 70
Steps = list[tuple[Session | None, Input]]


def steps_of(catalogue: Catalogue, lines: Lines) -> Steps:
    """Each turn of a conversation: the session it starts from, and its input."""
    steps: Steps = [(None, Begin())]
    turn = advance(catalogue, None, Begin(), _NOW)
    for kind, words in lines[1:]:
        given = _press(turn.reply, words) if kind == "press" else Say(words)
        steps.append((turn.session, given))
        turn = advance(catalogue, turn.session, given, _NOW)
    return steps


def _press(reply: Reply, label: str) -> Press:
    buttons = (button for screen in reply.screens for button in screen.buttons)
    return Press(reply.turn, next(b.option for b in buttons if normal(b.label) == normal(label)))


def measured(rounds: int) -> Iterator[Figure]:
    """Steps over the shipped and over a long conversation, and findings, round by round."""
    catalogue = load_catalogue(ROOT)
    short_walk, long_walk = (steps_of(catalogue, lines) for lines in (off_licence(), long()))
    book, cases = _book(), _cases()
    took: dict[str, list[float]] = {"short": [], "long": [], "replayed": [], "finding": []}
    for _ in range(rounds):
        took["short"].append(_each(lambda: _walk(catalogue, short_walk), len(short_walk)))
        took["long"].append(_each(lambda: _walk(catalogue, long_walk), len(long_walk)))
        took["replayed"].append(_each(lambda: _read(catalogue, short_walk), len(short_walk)))
        took["finding"].append(_each(lambda: _find(book, cases), len(cases)))
    short = middle(took["short"])
    yield Figure("engine step, shipped conversation", short, "µs", 50, f"{len(short_walk)} steps")
    yield Figure("engine steps a second, shipped conversation", 1e6 / short, "")
    yield Figure(
        "engine step, long conversation",
        middle(took["long"]),
        "µs",
        None,
        f"{len(long_walk)} steps",
    )
    yield Figure("engine step from a session just read", middle(took["replayed"]), "µs", None)
    yield Figure(f"finding over {_ROWS} rows", middle(took["finding"]), "µs", 30)


def _walk(catalogue: Catalogue, steps: Steps) -> None:
    """As the turn service does for people who answer soon: each turn gets the last one's walk."""
    session, walk = None, None
    for _, given in steps:
        turn = advance(catalogue, session, given, _NOW, walk)
        session, walk = turn.session, turn.walk


def _read(catalogue: Catalogue, steps: Steps) -> None:
    """As the turn service does for people who come back: each turn replays the whole walk."""
    for session, given in steps:
        advance(catalogue, session, given, _NOW)


def _find(book: RuleBook, cases: list[Known]) -> None:
    for known in cases:
        evaluate(book, known)


def _each(work: Callable[[], None], times: int) -> float:
    """Microseconds of CPU for one of `times`."""
    began = time.process_time()
    work()
    return 1e6 * (time.process_time() - began) / times


# ---- a rulebook of the size that the largest area needs ----

_FACTS: Final = ("danger", "moved", "looked_after", "open_case", "disabled", "told")
_SIGNS: Final = tuple(f"sign_{number}" for number in range(40))
_SCALE: Final = ("advise", "record", "discuss", "refer", "emergency")


def _book() -> RuleBook:
    rows = tuple(
        Row(
            f"R{number}",
            tuple(parse_condition(text) for text in _conditions(number)),
            _SCALE[number % len(_SCALE)],
            f"clause {number}",
            f"Reason {number}.",
            routes=(f"route_{number % 4}",),
        )
        for number in range(_ROWS)
    )
    table = Table(
        "action", Hit.STRONGEST, _SCALE, rows, "advise", "clause", otherwise_text="None."
    )
    answers = {name: Fact(name, FactType.CHOICE, ("yes", "no"), unsure=True) for name in _FACTS}
    age = Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True)
    return RuleBook(
        id="bench/rules",
        area="bench",
        tables=(table,),
        reads={**answers, "age": age},
        indicators={s: Indicator(s, "signs", Kind.RISK, f"Sign {s}", "clause") for s in _SIGNS},
        groups={"signs": _SIGNS},
        file="rules/bench/rules.yaml",
        edition="1",
    )


def _conditions(number: int) -> tuple[str, ...]:
    fact = _FACTS[number % len(_FACTS)]
    return (
        f"{fact} is {'yes' if number % 2 else 'no'}" + (" or unsure" if number % 3 else ""),
        f"age < {5 + number % 13}" if number % 2 else f"at least {1 + number % 5} of signs",
        f"{_SIGNS[number % len(_SIGNS)]} is yes or unsure",
    )[: 2 + number % 2]


def _cases() -> list[Known]:
    chance = random.Random(70)
    return [
        Known(
            {
                **{name: chance.choice(("yes", "no", "unsure")) for name in _FACTS},
                "age": chance.randrange(18),
            },
            {sign: chance.choice(("yes", "no", "no", "unsure")) for sign in _SIGNS},
        )
        for _ in range(50)
    ]
