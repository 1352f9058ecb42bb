"""What people also ask, and what is not answered here."""

from __future__ import annotations

import math
from collections.abc import Iterable

from bot.adapters.asked import Language, Term, told


class Elsewhere:
    """Words and questions about something else, and how like one of them a question is."""

    def __init__(self, lines: Iterable[str], language: Language) -> None:
        self._language = language
        self._lines = tuple(filter(None, map(told, lines)))
        self._lengths = tuple(
            math.sqrt(sum(language.weight(one) ** 2 for one in line)) for line in self._lines
        )
        self._having: dict[str, list[int]] = {}
        for number, line in enumerate(self._lines):
            for one in line:
                self._having.setdefault(one, []).append(number)

    def nearest(self, terms: tuple[Term, ...]) -> float:
        """How like the most like one is, 0 to 1: the cosine of their weighted words."""
        weights = {term.stem: self._language.weight(term.stem) for term in terms}
        shared: dict[int, float] = {}
        for one, weight in weights.items():
            for line in self._having.get(one, ()):
                shared[line] = shared.get(line, 0.0) + weight**2
        length = math.sqrt(sum(weight**2 for weight in weights.values()))
        return max((much / (length * self._lengths[n]) for n, much in shared.items()), default=0.0)
