"""How near a question comes to the nearest line of a text: the cosine of their words without
endings, rare words weighing more.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Final

from bot.adapters.asked import END


class Nearest:
    """Texts, each as its words without endings and where its lines end, ready to be asked. What a
    text needs for that is made when it is first asked for: few are at once.
    """

    def __init__(self, texts: Iterable[Iterable[str]]) -> None:
        self._lines = [" ".join(words).split(END) for words in texts]
        often = Counter(chain.from_iterable(map(_words, chain.from_iterable(self._lines))))
        every = sum(bool(line.strip()) for lines in self._lines for line in lines)
        self._rarest: Final = math.log1p(every) ** 2
        self._weights = {one: math.log1p(every / many) ** 2 for one, many in often.items()}
        self._texts: dict[int, _Text] = {}

    def of(self, asked: Iterable[str], numbers: Iterable[int]) -> list[float]:
        """From 0 to 1 for each of these texts, by their numbers: how near its nearest line is."""
        weights = {one: self._weights.get(one, self._rarest) for one in asked}
        length = math.sqrt(sum(weights.values())) or 1.0
        return [self._text(number).nearest(weights) / length for number in numbers]

    def _text(self, number: int) -> _Text:
        if number not in self._texts:
            self._texts[number] = _Text(map(_words, self._lines[number]), self._weights)
        return self._texts[number]


class _Text:
    """Which lines hold each word, and how much all words of a line weigh."""

    def __init__(self, lines: Iterable[set[str]], weights: Mapping[str, float]) -> None:
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        self._lengths: list[float] = []
        for number, line in enumerate(lines):
            for one in line:
                self._holding[one].append(number)
            self._lengths.append(math.sqrt(sum(map(weights.__getitem__, line))))

    def nearest(self, weights: Mapping[str, float]) -> float:
        shared: dict[int, float] = {}
        for one, weight in weights.items():
            for line in self._holding.get(one, ()):
                shared[line] = shared.get(line, 0.0) + weight
        return max((much / self._lengths[line] for line, much in shared.items()), default=0.0)


def _words(line: str) -> set[str]:
    return set(line.split())
