"""How well each passage answers a question, by the words of its lines and text and by their
letters. Words say more; letters know a misspelt one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from bot.adapters.asked import END, heap, letters, stems
from bot.adapters.likelihood import Likelihood
from bot.adapters.stemming import stem

_LETTERS: Final = 0.4  # what letters weigh beside words


class Ranking:
    """Passages, each as all its words as they are typed, ready to be asked."""

    def __init__(self, passages: Iterable[Iterable[str]]) -> None:
        held = [Counter(words) for words in passages]
        for one in held:
            del one[END]
        self._words = Likelihood([heap(one, _stem) for one in held])
        self._letters = Likelihood([heap(one, letters) for one in held])

    def of(self, asked: list[str]) -> list[float]:
        """For each passage, in their order, how much more likely it is the answer than any."""
        by_words = self._words.of(dict.fromkeys(stems(asked)))
        some = dict.fromkeys(some for word in dict.fromkeys(asked) for some in letters(word))
        by_letters = self._letters.of(some)
        return [one + _LETTERS * two for one, two in zip(by_words, by_letters, strict=True)]


@lru_cache(maxsize=8192)
def _stem(word: str) -> tuple[str, ...]:
    return (stem(word),)
