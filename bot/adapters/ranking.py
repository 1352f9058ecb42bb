"""How well each passage answers a question, by the words of its lines and text and by their
letters. Words say more; letters know a misspelt one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from bot.adapters.asked import END, Said, letters, stems
from bot.adapters.likelihood import Likelihood

_LETTERS: Final = 0.4  # what letters weigh beside words


class Ranking:
    """Passages, each as all its words, ready to be asked."""

    def __init__(self, passages: Sequence[Said]) -> None:
        held: dict[str, list[tuple[int, int]]] = {}
        for number, passage in enumerate(passages):
            for word, often in Counter(passage.typed).items():
                held.setdefault(word, []).append((number, often))
        del held[END]
        self._words = Likelihood(len(passages), held, lambda word: stems((word,)))
        self._letters = Likelihood(len(passages), held, letters)

    def of(self, asked: list[str]) -> list[float]:
        """For each passage, in their order, how much more likely it is the answer than any."""
        by_words = self._words.of(dict.fromkeys(stems(asked)))
        some = dict.fromkeys(some for word in dict.fromkeys(asked) for some in letters(word))
        by_letters = self._letters.of(some)
        return [one + _LETTERS * two for one, two in zip(by_words, by_letters, strict=True)]
