"""Misspelt words of a question, repaired from the words that the passages use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

SHORTEST: Final = 4  # a shorter word is left as it is
_LONG: Final = 8  # from here on two slips are allowed
_MOST: Final = 3


class Vocabulary:
    """Words, by the pairs of letters in them."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_pair: dict[str, set[str]] = {}
        self.words = frozenset(words)
        for word in self.words:
            for pair in _pairs(word):
                self._by_pair.setdefault(pair, set()).add(word)

    def near(self, typed: str) -> tuple[str, ...]:
        """Up to three words that somebody may have meant, closest first."""
        if len(typed) < SHORTEST or typed.isdecimal():
            return ()
        allowed = 2 if len(typed) >= _LONG else 1
        shared: dict[str, int] = {}
        for pair in _pairs(typed):
            for word in self._by_pair.get(pair, ()):
                shared[word] = shared.get(word, 0) + 1
        least = len(typed) + 1 - 3 * allowed  # one slip spoils up to three pairs
        close = [
            (slips, -count, word)
            for word, count in shared.items()
            if count >= least and word[0] == typed[0] and abs(len(word) - len(typed)) <= allowed
            if (slips := distance(typed, word)) <= allowed
        ]
        best = min(close)[0] if close else 0
        return tuple(word for slips, _, word in sorted(close)[:_MOST] if slips == best)


def _pairs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[i : i + 2] for i in range(len(marked) - 1)}


def distance(one: str, other: str) -> int:
    """How many letters are wrong, missing, added or exchanged with a neighbour (optimal string
    alignment).
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
