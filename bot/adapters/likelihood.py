"""Which of several heaps of tokens a question was most likely taken from: multinomial naive Bayes,
in plain Python.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

_EVEN: Final = 0.2  # what every heap is taken to hold of every token, though it has none


class Likelihood:
    """Heaps as token -> how often, ready to be asked."""

    def __init__(self, heaps: Sequence[Mapping[str, float]]) -> None:
        self._holding: dict[str, list[tuple[int, float]]] = {}
        for number, heap in enumerate(heaps):
            for one, often in heap.items():
                self._holding.setdefault(one, []).append((number, often))
        self._all, size = len(heaps), len(self._holding) * _EVEN
        sizes = [sum(heap.values()) + size for heap in heaps]
        whole = sum(sizes) - (self._all - 1) * size
        self._shares = [math.log(whole / of_one) for of_one in sizes]

    def of(self, tokens: Iterable[str]) -> list[float]:
        """For each heap, how much more likely it is to say this than all heaps together: the
        logarithm, a token weighing less the more heaps have it. Unknown tokens say nothing.
        """
        likely, whole, weighed = [0.0] * self._all, 0.0, 0.0
        for one in tokens:
            holding = self._holding.get(one, ())
            weight = self._weight(len(holding)) if holding else 0.0
            weighed += weight
            whole += weight * math.log1p(sum(often for _, often in holding) / _EVEN)
            for number, often in holding:
                likely[number] += weight * math.log1p(often / _EVEN)
        shares = zip(likely, self._shares, strict=True)
        return [one + weighed * share - whole for one, share in shares]

    def _weight(self, holding: int) -> float:
        return math.sqrt(math.log1p((self._all - holding + 0.5) / (holding + 0.5)))
