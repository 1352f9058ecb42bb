"""How well each passage answers a question: arithmetic over stems, no more.

Two things are looked at. The *nearest* line: of all titles and everyday questions of a passage,
how like the question the most like one is (the cosine of their weighted words). And what is
*covered*: how much of the question all lines and the text together speak of, a word counting more
where several lines have it. A question is more like another question than like a text, so neither
alone does as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.adapters.asked import OTHERWISE, Language, Term, told
from bot.core.guidance import Passage

_NEAREST: Final = 0.45
_COVERED: Final = 0.6
_OWN_AREA: Final = 1.04
_TEXT: Final = 0.65  # a word that stands only in the text counts so much
_OFTEN: Final = 0.5  # a word of n lines counts n / (n + this) of the rest


@dataclass(frozen=True, slots=True)
class Score:
    """`rank` orders passages, 0 to a little over 1. `near` is how like its nearest line is, and
    `covered` the share of the question that the passage speaks of, both 0 to 1; `mass` is how
    much that is, in words as rare as can be.
    """

    rank: float
    near: float
    covered: float
    mass: float


class Ranking:
    """Passages as stems, ready to be asked."""

    def __init__(self, passages: tuple[Passage, ...], language: Language) -> None:
        self._passages, self._language = passages, language
        self._owners: list[int] = []
        self._lengths: list[float] = []
        self._lines: dict[str, list[int]] = {}
        self._strengths: dict[str, dict[int, float]] = {}
        for number, passage in enumerate(passages):
            self._index(number, passage)

    def _index(self, number: int, passage: Passage) -> None:
        counts: dict[str, int] = {}
        for line in (passage.title, *passage.also):
            stems = told(line)
            for one in stems:
                self._lines.setdefault(one, []).append(len(self._owners))
                counts[one] = counts.get(one, 0) + 1
            self._owners.append(number)
            weights = self._language.weights
            self._lengths.append(math.sqrt(sum(weights[one] ** 2 for one in stems)) or 1.0)
        for one in told(f"{passage.whole} {passage.clause}"):
            self._strengths.setdefault(one, {})[number] = _TEXT
        for one, count in counts.items():
            often = _TEXT + (1 - _TEXT) * count / (count + _OFTEN)
            self._strengths.setdefault(one, {})[number] = often

    def scores(self, terms: tuple[Term, ...], area: str) -> list[Score]:
        """One score for each passage, in their order."""
        nearest = [0.0] * len(self._passages)
        length = math.sqrt(sum(term.weight**2 for term in terms)) or 1.0
        for line, much in self._likeness(terms).items():
            like = much / (length * self._lengths[line])
            nearest[self._owners[line]] = max(nearest[self._owners[line]], like)
        whole = sum(term.weight for term in terms) or 1.0
        return [
            Score(
                (_NEAREST * near + _COVERED * mass / whole)
                * (_OWN_AREA if area and passage.area == area else 1.0),
                near,
                mass / whole,
                mass / self._language.rarest,
            )
            for passage, near, mass in zip(
                self._passages, nearest, self._masses(terms), strict=True
            )
        ]

    def _likeness(self, terms: tuple[Term, ...]) -> dict[int, float]:
        """For each line that shares a word, the product of the two as vectors."""
        all_: dict[int, float] = {}
        for term in terms:
            best: dict[int, float] = {}
            for way, sure in term.ways.items():
                much = sure * self._language.weights.get(way, 0.0)
                for line in self._lines.get(way, ()):
                    best[line] = max(best.get(line, 0.0), much)
            for phrase in term.phrases:
                for line in self._having(phrase):
                    best[line] = max(best.get(line, 0.0), OTHERWISE * term.weight)
            for line, much in best.items():
                all_[line] = all_.get(line, 0.0) + much * term.weight
        return all_

    def _having(self, phrase: Iterable[str]) -> set[int]:
        return set.intersection(*(set(self._lines.get(one, ())) for one in phrase))

    def _masses(self, terms: tuple[Term, ...]) -> list[float]:
        """For each passage, the weight of the words of the question that it speaks of."""
        masses = [0.0] * len(self._passages)
        for term in terms:
            best: dict[int, float] = {}
            for way, sure in term.ways.items():
                for number, strength in self._strengths.get(way, {}).items():
                    best[number] = max(best.get(number, 0.0), sure * strength)
            for phrase in term.phrases:
                held = [self._strengths.get(one, {}) for one in phrase]
                for number in set.intersection(*(set(one) for one in held)):
                    best[number] = max(best.get(number, 0.0), OTHERWISE * _TEXT)
            for number, strength in best.items():
                masses[number] += term.weight * strength
        return masses
