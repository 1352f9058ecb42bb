"""Words weighed: what each word and pair of words of a message says for danger now, or against.

The points come from examples (rules/common/danger_points.yaml). They add to the signs, which
people write and can give a reason for: they ask where no sign was foreseen and the words weigh
enough, and they hold a sign back where the words speak strongly of something else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.reading import BREAK, Reading

FEWEST: Final = 4  # in fewer words than this only a sign is asked about: "Child in need"
_BEGINNING: Final = 4  # `stab*` stands for every word of more letters that begins so


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a message weighs, the words that weigh most (none in an empty message), and how many
    words it has.
    """

    total: float
    most: range
    words: int


@dataclass(frozen=True, slots=True)
class Points:
    """The points of words, beginnings (`stab*`) and pairs, `.` standing for a sentence's end.

    A message weighs `start` and the sum of what it has, each once, over the root of how many
    those are. From `asks` on it is asked about, up to `silences` no sign in it counts.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    start: int = 0
    asks: float = math.inf
    silences: float = -math.inf

    def weigh(self, reading: Reading) -> Weighed:
        """What a message weighs."""
        has = {words: at for words, at in said(reading) if words in self.words}
        within = {words: at for words, at in has.items() if BREAK not in words}
        most = max(within, key=lambda words: (self.words[words], words), default="")
        words = sum(word != BREAK for word in reading.line.split())
        return Weighed(self.total(has.keys()), within.get(most, range(0)), words)

    def total(self, has: Collection[str]) -> float:
        """What these words, beginnings and pairs weigh together."""
        points = [self.words[words] for words in has if words in self.words]
        return self.start + sum(points) / math.sqrt(len(points) or 1)


def said(reading: Reading) -> Iterator[tuple[str, range]]:
    """Every word, beginning and pair of a message, and where it stands."""
    words = reading.line.split()
    for at, word in enumerate(words):
        yield word, range(at, at + 1)
        if len(word) > _BEGINNING:
            yield f"{word[:_BEGINNING]}*", range(at, at + 1)
        if at:
            yield f"{words[at - 1]} {word}", range(at - 1, at + 1)
