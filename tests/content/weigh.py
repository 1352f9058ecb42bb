"""`make points`: what words say for danger now, learned from the examples.

A logistic regression over all that a message says (bot.core.weighing), by stochastic gradient
descent in a fixed order; the strongest are rounded and written to rules/common/danger_points.yaml.
From where on a message is asked about is chosen by cross-validation, so that of messages it was
not learned from, and that the signs were not written against, `_FALSE` are asked for nothing.
"""

from __future__ import annotations

import math
import random
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from bot.core.danger import DangerRules, signed
from bot.core.weighing import NO_SIGN, SIGN, Points, parts, said
from bot.loading.load import load_catalogue
from tests.content.quality import LEARNED, ROOT, messages

OUT: Final = ROOT / "rules" / "common" / "danger_points.yaml"
_FALSE: Final = 0.08
_ROUNDS: Final = 12
_RATE: Final = 0.2
_FADE: Final = 1e-2
_TWICE: Final = 2  # what stands in one example alone says nothing
_MOST: Final = 10_000
_SCALE: Final = 100
_PARTS: Final = 5
_LINE: Final = 12

HEAD: Final = """\
# yaml-language-server: $schema=../../docs/rules.schema.json
# What a message says weighs for danger now (more than 0) or against it (less), in hundredths:
# words, beginnings (`stab*`), kinds (danger_kinds.yaml), and two or three of them in a row; `.` is
# where a sentence begins or ends. Learned by `make points` from the examples in tests/content and
# from what the signs must match; not written by hand. To change it, add examples there.
points:
"""


@dataclass(frozen=True, slots=True)
class Example:
    """What a message says, in the whole and then in each part of a long one; whether it is danger,
    and whether no sign was written against it.
    """

    has: tuple[frozenset[str], ...]
    danger: bool
    unseen: bool

    def learned(self) -> tuple[frozenset[str], ...]:
        """What is learned from: where there is no danger no part has any, but of a message with
        danger nobody has said which part has it.
        """
        return self.has[:1] if self.danger else self.has


def examples(rules: DangerRules) -> list[Example]:
    """What is learned from. Whether a sign stands is said only where no sign was written against
    the message: elsewhere it would say too much.
    """
    told = [
        (row["text"], row["danger"], name == "danger_words" or half != "own")
        for half in LEARNED
        for name, row in messages(half)
    ]
    for path in sorted(OUT.parent.glob("danger*.yaml")):
        signs = yaml.safe_load(path.read_text("utf-8")).get("danger") or {}
        told += [(text, True, False) for sign in signs.values() for text in sign["must_match"]]
    return [_example(text, danger, unseen, rules) for text, danger, unseen in told]


def _example(text: str, danger: bool, unseen: bool, rules: DangerRules) -> Example:  # noqa: FBT001
    reading = rules.spelling.read(text)
    sign = [SIGN if signed(reading, rules) else NO_SIGN] if unseen else []
    told = (
        said(part, rules.points.kinds, asks=reading.asks) for part in parts(reading.line.split())
    )
    has = tuple(frozenset([*(words for words, _ in one), *sign]) for one in told)
    return Example(has, danger, unseen)


def learn(known: Iterable[Example]) -> Points:
    """Points for what is said in these examples."""
    held = [(has, one.danger) for one in known for has in one.learned()]
    tells = _telling(held)
    often = [(sorted(has & tells.keys()), danger) for has, danger in held]
    weights, start = dict.fromkeys(tells, 0.0), 0.0
    order = random.Random(1)  # noqa: S311 - the order, always the same
    for _ in range(_ROUNDS):
        order.shuffle(often)
        for has, danger in often:
            root = math.sqrt(len(has)) or 1.0
            total = sum([weights[words] * tells[words] for words in has])
            wrong = danger - _chance(start + total / root)
            start += _RATE * wrong * 0.2
            more, kept = 3 * _RATE * wrong / root, 1 - _RATE * _FADE
            for words in has:
                weights[words] = weights[words] * kept + more * tells[words]
    much = {words: weights[words] * tells[words] for words in tells}
    strongest = sorted(much, key=lambda words: (-abs(much[words]), words))[:_MOST]
    points = {words: round(_SCALE * much[words]) for words in strongest}
    return Points(points, round(_SCALE * start))


def _telling(held: Iterable[tuple[Collection[str], bool]]) -> dict[str, float]:
    """How much each thing that is said more than once tells danger from none by itself: the root
    of the logarithm of how much oftener it is said where there is danger, or where there is none.
    Such things learn faster (naive Bayes and regression together: Wang and Manning, 2012).
    """
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for has, danger in held:
        counts[danger].update(has)
    with_, without = counts[True], counts[False]
    often = [words for words in with_ | without if with_[words] + without[words] >= _TWICE]
    all_with = sum(with_[words] + 1 for words in often)
    all_without = sum(without[words] + 1 for words in often)
    return {
        words: math.sqrt(
            abs(math.log((with_[words] + 1) / all_with * all_without / (without[words] + 1)))
        )
        for words in often
    }


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def cross(known: Sequence[Example]) -> tuple[list[float], list[float]]:
    """What messages of danger weigh, and others, each by points learned without its own part."""
    weighed: dict[bool, list[float]] = {True: [], False: []}
    unseen = [n for n, one in enumerate(known) if one.unseen]
    random.Random(7).shuffle(unseen)  # noqa: S311 - the parts, always the same
    for part in range(_PARTS):
        asked = set(unseen[part::_PARTS])
        points = learn(one for n, one in enumerate(known) if n not in asked)
        for n in asked:
            weighed[known[n].danger].append(points.weight(known[n].has))
    return weighed[True], weighed[False]


def threshold(others: Sequence[float]) -> int:
    """From where on to ask, so that no more than `_FALSE` of these others are asked about."""
    return math.ceil(sorted(others, reverse=True)[int(_FALSE * len(others))])


def write(points: Points, asks: int, out: Path) -> None:
    """The points as a file of rules, strongest first."""
    by_points: dict[int, list[str]] = {}
    for words, much in points.words.items():
        by_points.setdefault(much, []).append(words)
    lines = [f"  start: {points.start}", f"  asks: {asks}", "  words: |"]
    for much in sorted(by_points, reverse=True):
        lines += (f"    {much}: {', '.join(some)}" for some in _lines(sorted(by_points[much])))
    out.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def _lines(words: list[str]) -> Iterator[list[str]]:
    return (words[at : at + _LINE] for at in range(0, len(words), _LINE))


def main() -> None:
    """Learn, print how words and signs do together on what they were not learned from, write."""
    rules = load_catalogue(ROOT).danger
    assert rules is not None
    known = examples(rules)
    danger, others = cross(known)
    asks = threshold(others)
    found = 100 * sum(one >= asks for one in danger) / len(danger)
    false = 100 * sum(one >= asks for one in others) / len(others)
    sys.stdout.write(f"not learned from: {found:.1f} % found, {false:.1f} % falsely, at {asks}\n")
    write(learn(known), asks, OUT)


if __name__ == "__main__":
    main()
