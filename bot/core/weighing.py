"""Words weighed: what each word of a message, and its neighbours, say for danger now or against.

The points come from examples (rules/common/danger_points.yaml). Whether a sign stands, which
people write and can give a reason for, is weighed with the words: so words ask where no sign was
foreseen, and hold a sign back where they speak of something else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.reading import BREAK, Reading

_BEGINNING: Final = 4  # `stab*` stands for every word of more letters that begins so
_AGES: Final = range(5, 18)
_YEARS: Final = range(1900, 2100)
_DIGITS: Final = 4
_FEW: Final = 4  # messages of fewer words are each a length of their own
_LONGEST: Final = 8

# Whether a sign stands is weighed as if it were said.
SIGN: Final = "a sign"
NO_SIGN: Final = "no sign"

Where = tuple[int, int]  # the first and the last word that something said stands on
_NOWHERE: Final = (0, -1)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Whether to ask about a message: if a sign stands in it, and if none does."""

    with_sign: bool
    alone: bool


@dataclass(frozen=True, slots=True)
class Points:
    """The points of what can be said (`said`), and the kind of each word that has one.

    A message weighs `start` and the sum of what it says, each once, over the root of how many
    those are. From `asks` on it is asked about; without points, where a sign stands.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    start: int = 0
    asks: float = math.inf
    kinds: Mapping[str, str] = field(default_factory=dict)

    def weigh(self, reading: Reading) -> Weighed:
        """Whether to ask about a message if a sign stands in it, and if none does."""
        if not self.words:
            return Weighed(with_sign=True, alone=False)
        has = {words for words, _ in said(reading, self.kinds) if words in self.words}
        with_sign, alone = self.total({*has, SIGN}), self.total({*has, NO_SIGN})
        return Weighed(with_sign >= self.asks, alone >= self.asks)

    def total(self, has: Collection[str]) -> float:
        """What all that a message says weighs together."""
        points = [self.words[words] for words in has if words in self.words]
        return self.start + sum(points) / math.sqrt(len(points) or 1)

    def most(self, reading: Reading) -> range:
        """The words that weigh most for danger; none where only the whole message does."""
        has = (one for one in said(reading, self.kinds) if _within(*one))
        most = max(
            has, key=lambda one: (self.words.get(one[0], 0), one[0]), default=("", _NOWHERE)
        )
        return range(most[1][0], most[1][1] + 1)


def said(reading: Reading, kinds: Mapping[str, str]) -> Iterator[tuple[str, Where]]:
    """All that a message says, and where: every word (`knife`), beginning (`stab*`), kind
    (`<weapon>`), each two neighbours and each three with a kind for the word (`has <weapon>`),
    two kinds with a word between (`<man> _ <weapon>`), how long it is, and whether it asks.
    """
    words = reading.line.split()
    heard = [_kind(word, kinds) or word for word in words]
    before, kind_before, kind_first, heard_before, heard_first = "", False, False, "", ""
    for at, (word, one) in enumerate(zip(words, heard, strict=True)):
        here, is_kind = (at, at), one is not word
        yield word, here
        if len(word) > _BEGINNING:
            yield f"{word[:_BEGINNING]}*", here
        if is_kind:
            yield one, here
        if at:
            yield f"{before} {word}", (at - 1, at)
            if is_kind or kind_before:
                yield f"{heard_before} {one}", (at - 1, at)
        if at > 1:
            yield f"{heard_first} {heard_before} {one}", (at - 2, at)
            if is_kind and kind_first:
                yield f"{heard_first} _ {one}", (at - 2, at)
        before, kind_first, kind_before = word, kind_before, is_kind
        heard_first, heard_before = heard_before, one
    yield f"length {_length(words)}", _NOWHERE
    if reading.asks:
        yield "?", _NOWHERE


def _kind(word: str, kinds: Mapping[str, str]) -> str:
    if found := kinds.get(word):
        return found
    if not word[0].isdecimal():
        return ""
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    number = int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else 0
    return "<year>" if number in _YEARS else "<age>" if number in _AGES else "<number>"


def _length(words: list[str]) -> int:
    many = sum(word != BREAK for word in words)
    return many if many < _FEW else min(_LONGEST, _FEW + many // 6)


def _within(words: str, where: Where) -> bool:
    return where != _NOWHERE and BREAK not in words.split()
