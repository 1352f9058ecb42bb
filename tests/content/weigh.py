"""`make points`: what each word of a message says for danger now, learned from the own half.

A logistic regression over words, their beginnings and pairs of words, by stochastic gradient
descent in a fixed order; the strongest are rounded and written to rules/common/danger_points.yaml.
`--cross` prints how the words alone do on each tenth of the own half when learned from the others.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import yaml

from bot.core.danger import DangerRules
from bot.core.reading import Reading
from bot.core.weighing import Points, said
from bot.loading.load import load_catalogue
from tests.content.quality import ROOT, rows

OUT: Final = ROOT / "rules" / "common" / "danger_points.yaml"
ASKS: Final = 175
SILENCES: Final = -135
_ROUNDS: Final = 12
_RATE: Final = 0.15
_FADE: Final = 2e-4
_TWICE: Final = 2  # what stands in one example alone says nothing
_MOST: Final = 2200
_SCALE: Final = 100
_TENTHS: Final = 10

Example = tuple[frozenset[str], bool]
HEAD: Final = """\
# yaml-language-server: $schema=../../docs/rules.schema.json
# What words weigh for danger now (more than 0) and against it (less), in hundredths: words,
# beginnings (`stab*`) and pairs; `.` is where a sentence begins or ends. Learned by `make points`
# from tests/content/danger.jsonl and from what the signs must match; not written by hand. To
# change it, add examples there.
points:
"""


def examples(rules: DangerRules) -> list[Example]:
    """The own half, and what each sign must find, as what is said in each message."""
    told = [(row["text"], row["danger"]) for row in rows("own", "danger")]
    for path in sorted(OUT.parent.glob("danger*.yaml")):
        signs = yaml.safe_load(path.read_text("utf-8")).get("danger") or {}
        told += [(text, True) for sign in signs.values() for text in sign["must_match"]]
    return [(_said(rules.spelling.read(text)), danger) for text, danger in told]


def _said(reading: Reading) -> frozenset[str]:
    return frozenset(words for words, _ in said(reading))


def learn(known: Iterable[Example]) -> Points:
    """Points for what is said in these examples."""
    held = list(known)
    counts = Counter(words for has, _ in held for words in has)
    often = [(sorted(w for w in has if counts[w] >= _TWICE), danger) for has, danger in held]
    weights = dict.fromkeys((words for words, many in counts.items() if many >= _TWICE), 0.0)
    start, order = 0.0, random.Random(1)  # noqa: S311 - the order, always the same
    for _ in range(_ROUNDS):
        order.shuffle(often)
        for has, danger in often:
            root = math.sqrt(len(has)) or 1.0
            wrong = danger - _chance(start + sum(weights[words] for words in has) / root)
            start += _RATE * wrong * 0.2
            for words in has:
                weights[words] += _RATE * (3 * wrong / root - _FADE * weights[words])
    strongest = sorted(weights, key=lambda words: (-abs(weights[words]), words))[:_MOST]
    points = {words: round(_SCALE * weights[words]) for words in strongest}
    return Points(points, round(_SCALE * start), ASKS, SILENCES)


def _chance(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def write(points: Points, out: Path) -> None:
    """The points as a file of rules, strongest first."""
    by_points: dict[int, list[str]] = {}
    for words, much in points.words.items():
        by_points.setdefault(much, []).append(words)
    lines = [f"  start: {points.start}", f"  asks: {ASKS}", f"  silences: {SILENCES}", "  words:"]
    for much in sorted(by_points, reverse=True):
        listed = ", ".join(json.dumps(words) for words in sorted(by_points[much]))
        lines.append(f'    "{much}": [{listed}]')
    out.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


def cross(known: list[Example]) -> tuple[float, float]:
    """Per cent found and falsely found by words alone, learned without the tenth that is asked."""
    found: list[bool] = []
    false: list[bool] = []
    for tenth in range(_TENTHS):
        points = learn(one for n, one in enumerate(known) if n % _TENTHS != tenth)
        for has, danger in known[tenth::_TENTHS]:
            asked = points.total(has) >= points.asks
            (found if danger else false).append(asked)
    return 100 * sum(found) / len(found), 100 * sum(false) / len(false)


def main(options: list[str]) -> None:
    """Write the points, or print how words alone do."""
    rules = load_catalogue(ROOT).danger
    assert rules is not None
    known = examples(rules)
    if "--cross" in options:
        found, false = cross(known)
        sys.stdout.write(f"words alone: {found:.1f} % found, {false:.1f} % falsely\n")
    else:
        write(learn(known), OUT)


if __name__ == "__main__":
    main(sys.argv[1:])
