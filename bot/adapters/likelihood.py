"""Which of several texts a question was most likely taken from: multinomial naive Bayes over the
tokens of words, in plain Python.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

_EVEN: Final = 0.2  # what every text is taken to hold of every token, though it has none
Held = Sequence[tuple[int, int]]  # the numbers of texts, each with how often it has something


class Likelihood:
    """Texts, as which of them hold each word; a word's tokens are what `tokens_of` makes of it.
    Which texts hold a token is found when it is first asked for: few ever are.
    """

    def __init__(
        self, texts: int, words: Mapping[str, Held], tokens_of: Callable[[str], Sequence[str]]
    ) -> None:
        self._texts, self._words = texts, words
        self._having: dict[str, list[str]] = {}  # each token with its words
        self._found: dict[str, Held] = {}
        sizes = [0.0] * texts
        for word, held in words.items():
            tokens = tokens_of(word)
            for one in tokens:
                self._having.setdefault(one, []).append(word)
            for number, often in held:
                sizes[number] += often * len(tokens)
        even = len(self._having) * _EVEN
        whole = sum(sizes) + even
        self._shares = [math.log(whole / (size + even)) for size in sizes]

    def of(self, tokens: Iterable[str]) -> list[float]:
        """For each text, how much more likely it is to say this than all texts together: the
        logarithm, a token weighing less the more texts have it. Unknown tokens say nothing.
        """
        likely, whole, weighed = [0.0] * self._texts, 0.0, 0.0
        for one in tokens:
            holding = self._holding(one)
            weight = self._weight(len(holding)) if holding else 0.0
            weighed += weight
            whole += weight * math.log1p(sum(often for _, often in holding) / _EVEN)
            for number, often in holding:
                likely[number] += weight * math.log1p(often / _EVEN)
        shares = zip(likely, self._shares, strict=True)
        return [one + weighed * share - whole for one, share in shares]

    def _holding(self, token: str) -> Held:
        if token not in self._having:
            return ()
        if token not in self._found:
            counted: dict[int, int] = {}
            for word in self._having[token]:
                for number, often in self._words[word]:
                    counted[number] = counted.get(number, 0) + often
            self._found[token] = tuple(counted.items())
        return self._found[token]

    def _weight(self, holding: int) -> float:
        return math.sqrt(math.log1p((self._texts - holding + 0.5) / (holding + 0.5)))
