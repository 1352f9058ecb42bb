"""Whether a question is one of ours at all, or of the many others that people also ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final, Generic, TypeVar

from bot.adapters.asked import END, Said, lettered, letters, stems

_EVEN: Final = 0.1  # what both are taken to hold of every word and pair, though they have none
_EVEN_LETTERS: Final = 0.5  # and of every four letters
_LETTERS: Final = 0.4  # what letters weigh beside words
_UNKNOWN: Final = -2.0  # what a word says that stands in no question at all
Token = str | tuple[str, str]
T = TypeVar("T")


class Ours:
    """What each word, each pair of neighbours and every four letters say for our questions (more
    than 0) or for those about something else (less); naive Bayes. What stands once in ours alone
    says nothing; a word that nobody has asked with speaks for something else.
    """

    def __init__(self, ours: Said, elsewhere: Said) -> None:
        self._words = _Says(_counted(ours.stemmed), _counted(elsewhere.stemmed), _EVEN)
        self._letters = _Says(lettered(ours.typed), lettered(elsewhere.typed), _EVEN_LETTERS)

    def of(self, asked: list[str]) -> float:
        """How much speaks for its being ours."""
        spelt = {some for word in asked for some in letters(word)}
        tokens = _counted([*stems(asked), END])
        by_words = (self._words.of(one, _unknown(one)) for one in tokens)
        return sum(by_words) + _LETTERS * sum(map(self._letters.of, spelt))


class _Says(Generic[T]):
    """What tokens say that stand so often here and so often there."""

    def __init__(self, here: Counter[T], there: Counter[T], even: float) -> None:
        self._here, self._there, self._even = here, there, even
        size = even * len(here.keys() | there.keys())
        self._sizes = math.log((there.total() + size) / (here.total() + size))

    def of(self, one: T, unknown: float = 0.0) -> float:
        here, there = self._here[one], self._there[one]
        if not there and here < 2:  # noqa: PLR2004 - once is chance
            return 0.0 if here else unknown
        return self._sizes + math.log((here + self._even) / (there + self._even))


def _unknown(one: Token) -> float:
    return _UNKNOWN if isinstance(one, str) else 0.0


def _counted(stemmed: Iterable[str]) -> Counter[Token]:
    """Words and pairs; where a line begins and ends makes a pair too."""
    ended = [END, *stemmed]
    counted: Counter[Token] = Counter(ended)
    counted.update(pairwise(ended))
    del counted[END]
    return counted
