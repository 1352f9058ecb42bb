"""Whether a question is one of ours at all, or of the many others that people also ask."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from itertools import chain, pairwise
from typing import Final

from bot.adapters.asked import END, stems

_EVEN: Final = 0.1  # what both are taken to hold of every token, though they have none
Token = str | tuple[str, str]


class Ours:
    """What each word, and each pair of neighbours, says for our questions (more than 0) or for
    those about something else (less); naive Bayes. What stands once in ours alone says nothing.
    """

    def __init__(self, ours: Iterable[str], elsewhere: Iterable[str]) -> None:
        here, there = _counted(ours), _counted(elsewhere)
        either = here.keys() | there.keys()
        size = _EVEN * len(either)
        even = math.log((there.total() + size) / (here.total() + size))
        self._says: dict[Token, float] = {
            one: even + math.log((here[one] + _EVEN) / (there[one] + _EVEN))
            for one in either
            if here[one] > 1 or one in there
        }

    def of(self, asked: list[str]) -> float:
        """How much speaks for its being ours."""
        return sum(self._says.get(one, 0.0) for one in _counted([*asked, END]))


def _counted(words: Iterable[str]) -> Counter[Token]:
    """Words and pairs; where a line begins and ends makes a pair too."""
    ended = stems(chain([END], words))
    counted: Counter[Token] = Counter(ended)
    counted.update(pairwise(ended))
    del counted[END]
    return counted
