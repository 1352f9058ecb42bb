"""Whether a question is one of ours at all, or of the many others that people also ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Final, TypeVar

from bot.adapters.asked import END, heap, letters, stems

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

    def __init__(self, ours: Iterable[str], elsewhere: Iterable[str]) -> None:
        ours, elsewhere = list(ours), list(elsewhere)
        here, there = _counted(ours), _counted(elsewhere)
        self._says = _says(here, there, _EVEN)
        self._once = {one for one, often in here.items() if often == 1}
        self._letters = _says(_lettered(ours), _lettered(elsewhere), _EVEN_LETTERS)

    def of(self, asked: list[str]) -> float:
        """How much speaks for its being ours."""
        spelt = {some for word in asked for some in letters(word)}
        by_letters = sum(self._letters.get(some, 0.0) for some in spelt)
        return sum(map(self._of, _counted([*asked, END]))) + _LETTERS * by_letters

    def _of(self, one: Token) -> float:
        if isinstance(one, str) and one not in self._once:
            return self._says.get(one, _UNKNOWN)
        return self._says.get(one, 0.0)


def _says(here: Counter[T], there: Counter[T], even: float) -> dict[T, float]:
    either = len(here) + sum(one not in here for one in there)
    size = even * either
    sizes = math.log((there.total() + size) / (here.total() + size))
    held = chain((one for one, often in here.items() if often > 1), there)
    return {one: sizes + math.log((here[one] + even) / (there[one] + even)) for one in held}


def _counted(words: Iterable[str]) -> Counter[Token]:
    """Words and pairs; where a line begins and ends makes a pair too."""
    ended = stems(chain([END], words))
    counted: Counter[Token] = Counter(ended)
    counted.update(pairwise(ended))
    del counted[END]
    return counted


def _lettered(words: Iterable[str]) -> Counter[str]:
    return heap(Counter(words), letters)
