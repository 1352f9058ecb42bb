"""How well each passage answers a question, by the words of its lines and text and by their
letters. Words say more; letters know a misspelt one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final

from bot.adapters.asked import END, letters, stems
from bot.adapters.likelihood import Likelihood
from bot.adapters.stemming import stem

_LETTERS: Final = 0.4  # what letters weigh beside words


class Ranking:
    """Passages, each as all its words as they are typed, ready to be asked."""

    def __init__(self, passages: Iterable[Iterable[str]]) -> None:
        held = [Counter(word for word in words if word != END) for words in passages]
        self._words = Likelihood([_heap(one, _stem) for one in held])
        self._letters = Likelihood([_heap(one, letters) for one in held])

    def of(self, asked: list[str]) -> list[float]:
        """For each passage, in their order, how much more likely it is the answer than any."""
        by_words = self._words.of(dict.fromkeys(stems(asked)))
        some = dict.fromkeys(some for word in dict.fromkeys(asked) for some in letters(word))
        by_letters = self._letters.of(some)
        return [one + _LETTERS * two for one, two in zip(by_words, by_letters, strict=True)]


def _stem(word: str) -> tuple[str, ...]:
    return (stem(word),)


def _heap(held: Counter[str], tokens: Callable[[str], Iterable[str]]) -> dict[str, int]:
    heap: dict[str, int] = {}
    for word, often in held.items():
        for one in tokens(word):
            heap[one] = heap.get(one, 0) + often
    return heap
