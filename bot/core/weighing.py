"""Words weighed: what each word of a message, and its neighbours, say for danger now or against.

The points come from examples (rules/common/danger_points.yaml). Whether a sign stands, which
people write and can give a reason for, is weighed with the words: so words ask where no sign was
foreseen, and hold a sign back where they speak of something else.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from bot.core.reading import BREAK, Reading

_BEGINNING: Final = 4  # `stab*` stands for every word of more letters that begins so
_AGES: Final = range(5, 18)
_YEARS: Final = range(1900, 2100)
_DIGITS: Final = 4
_FEW: Final = 4  # messages of fewer words are each a length of their own
_LONGEST: Final = 8
_LONG: Final = 45  # a message of more words is weighed by parts
_PART: Final = 25  # how long a part is at least
_STEP: Final = 10  # how far from the beginning of one part to that of the next at least

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
    those are; a long one the mean of the whole and its weightiest part. From `asks` on it is
    asked about; without points, where a sign stands.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    start: int = 0
    asks: float = math.inf
    kinds: Mapping[str, str] = field(default_factory=dict)

    def weigh(self, reading: Reading) -> Weighed:
        """Whether to ask about a message if a sign stands in it, and if none does."""
        if not self.words:
            return Weighed(with_sign=True, alone=False)
        told = [self._has(part, reading) for part in parts(reading.line.split())]
        return Weighed(
            with_sign=self.weight([{*has, SIGN} for has in told]) >= self.asks,
            alone=self.weight([{*has, NO_SIGN} for has in told]) >= self.asks,
        )

    def weight(self, told: Iterable[Collection[str]]) -> float:
        """What a message weighs of which this is said: in the whole of it, then in each part."""
        whole, *in_parts = map(self.total, told)
        return (whole + max(in_parts, default=whole)) / 2

    def _has(self, part: Sequence[str], reading: Reading) -> set[str]:
        found = said(part, self.kinds, asks=reading.asks)
        return {words for words, _ in found if words in self.words}

    def total(self, has: Collection[str]) -> float:
        """What all that a message says weighs together."""
        points = [self.words[words] for words in has if words in self.words]
        return self.start + sum(points) / math.sqrt(len(points) or 1)

    def most(self, reading: Reading) -> range:
        """The words that weigh most for danger; none where only the whole message does."""
        has = (one for one in said(reading.line.split(), self.kinds) if _within(*one))
        most = max(
            has, key=lambda one: (self.words.get(one[0], 0), one[0]), default=("", _NOWHERE)
        )
        return range(most[1][0], most[1][1] + 1)


def parts(words: Sequence[str]) -> Iterator[Sequence[str]]:
    """A message as it is weighed: the whole, and a long one in parts besides, that overlap and
    begin and end with a sentence where they can. So danger in the middle is not drowned by what
    is around it, and the story of years ago around a part is not forgotten.
    """
    yield words
    if len(words) <= _LONG:
        return
    begun = -_PART
    for at, word in enumerate(words):
        if at - begun >= (_STEP if word == BREAK else _PART):
            begun = at
            ends = (n for n in range(at + _PART, min(at + _LONG, len(words))) if words[n] == BREAK)
            yield words[at : next(ends, at + _LONG) + 1]


def said(
    words: Sequence[str], kinds: Mapping[str, str], *, asks: bool = False
) -> Iterator[tuple[str, Where]]:
    """All that words say, and where: every word (`knife`), beginning (`stab*`), kind
    (`<weapon>`), each two neighbours and each three with a kind for the word (`has <weapon>`),
    two kinds with a word between (`<man> _ <weapon>`), two kinds anywhere in a sentence
    (`<man> & <weapon>`), how many words they are, and whether the message asks.
    """
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
    for pair in _together(words, heard):
        yield pair, _NOWHERE
    yield f"length {_length(words)}", _NOWHERE
    if asks:
        yield "?", _NOWHERE


def _kind(word: str, kinds: Mapping[str, str]) -> str:
    if found := kinds.get(word):
        return found
    if not word[0].isdecimal():
        return ""
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyz")
    number = int(digits) if digits.isdecimal() and len(digits) <= _DIGITS else 0
    return "<year>" if number in _YEARS else "<age>" if number in _AGES else "<number>"


def _together(words: Sequence[str], heard: Sequence[str]) -> Iterator[str]:
    """Each two kinds that stand in one sentence."""
    kinds: set[str] = set()
    for word, one in zip((*words, BREAK), (*heard, BREAK), strict=True):
        if word == BREAK:
            yield from (f"{first} & {other}" for first, other in combinations(sorted(kinds), 2))
            kinds.clear()
        elif one is not word:
            kinds.add(one)


def _length(words: Sequence[str]) -> int:
    many = sum(word != BREAK for word in words)
    return many if many < _FEW else min(_LONGEST, _FEW + many // 6)


def _within(words: str, where: Where) -> bool:
    return where != _NOWHERE and BREAK not in words.split()
