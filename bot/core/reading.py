"""People's writing as plain words: spelling, text speak and repeated letters made even.

What comes out is one line of words between spaces, ` . he is going to stab me . `, in which a
full stop stands wherever a sentence begins or ends, and for each word where it stood in the text.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

BREAK: Final = "."
_PIECE: Final = re.compile(r"[^\W_]+(?:['’`][^\W_]+)*|[.!?;\n\u2026]+")
_APOSTROPHES: Final = str.maketrans("’`", "''")
_RUN: Final = re.compile(r"([^\W\d_])\1{2,}")
_SHORT: Final = 4  # a shorter word is never repaired: too many others are one letter away
_BONES: Final = 3
_DRAWN: Final = str.maketrans("013457", "oieast")  # h3lp
_VOWELS: Final = re.compile(r"(?<!^)[aeiou]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is compared, and the way back to the text."""

    line: str
    starts: tuple[int, ...]  # where each word begins in `line`
    spans: tuple[tuple[int, int], ...]  # where it stood in the text, in code points
    sentences: tuple[int, ...]  # the number of its sentence, from 0; a break has the next one's
    known: frozenset[str]  # its different words
    asks: bool = False  # whether a question mark stands in it

    def word_at(self, offset: int) -> int:
        """The index of the word that the place in `line` belongs to."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def words(self, start: int, end: int) -> range:
        """The words between two places of `line`, without breaks at either end."""
        first, last = self.word_at(start + 1), self.word_at(end - 1)
        while first < last and self.spans[first] == _NOWHERE:
            first += 1
        while last > first and self.spans[last] == _NOWHERE:
            last -= 1
        return range(first, last + 1)


_NOWHERE: Final = (-1, -1)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How people write, and the words they mean.

    `means` gives one or more words for one as typed ("rn" -> right now). `known` is every word
    that rules use: it is recognised with one letter wrong, missing, added or two exchanged, or
    without its vowels (`scrd`). `keep` are ordinary words that are none of these.
    """

    means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()
    near: Mapping[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    bones: Mapping[str, str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        near: dict[str, tuple[str, ...]] = {}
        bones: dict[str, str] = {}
        for word in sorted(self.known, key=lambda word: (len(word), word)):
            if len(word) >= _SHORT and word.isalpha():
                bones.setdefault(_bones(word), word)
                for form in _lessened(word):
                    near[form] = (*near.get(form, ()), word)
        object.__setattr__(self, "near", near)
        object.__setattr__(self, "bones", bones)

    def read(self, text: str) -> Reading:
        """The text as words."""
        line, starts, spans, sentences = [""], [], [], []
        at, sentence = 1, 0
        for word, span in self._with_ends(text):
            sentence += word == BREAK
            starts.append(at)
            spans.append(span)
            sentences.append(sentence)
            line.append(word)
            at += len(word) + 1
        whole = " ".join([*line, ""])
        return Reading(
            whole, tuple(starts), tuple(spans), tuple(sentences), frozenset(line), "?" in text
        )

    def _with_ends(self, text: str) -> Iterator[tuple[str, tuple[int, int]]]:
        """Every word and break of the text, between a break at its beginning and one at its end;
        never two breaks in a row.
        """
        yield BREAK, _NOWHERE
        broken = True
        for piece in _PIECE.finditer(text):
            if piece.group()[0].isalnum():
                broken = False
                for word in self.meant(piece.group()):
                    yield word, piece.span()
            elif not broken:
                broken = True
                yield BREAK, _NOWHERE
        if not broken:
            yield BREAK, _NOWHERE

    def meant(self, typed: str) -> tuple[str, ...]:
        """The words that one word as typed stands for."""
        word = plain(typed)
        bare = word.replace("'", "")
        if found := self.means.get(word) or self.means.get(bare):
            return found
        if _RUN.search(bare):
            bare = self._without_runs(bare)
            if found := self.means.get(bare):
                return found
        if word.endswith("'s") and bare not in self.known:
            return word[:-2].replace("'", ""), "s"
        return (self._repaired(bare),)

    def _without_runs(self, word: str) -> str:
        """A word with letters held down: helppp is help, killlll is kill."""
        twice, once = _RUN.sub(r"\1\1", word), _RUN.sub(r"\1", word)
        return twice if twice in self.known or twice in self.means else once

    def _repaired(self, word: str) -> str:
        if word in self.known or word in self.keep or len(word) < _BONES:
            return word
        if not word.isalpha():
            drawn = word.translate(_DRAWN)
            return drawn if drawn in self.known else word
        if _bones(word) == word:
            return self.bones.get(word, word)
        if len(word) < _SHORT:
            return word
        slips = {meant for form in _lessened(word) for meant in self.near.get(form, ())}
        meant = [one for one in slips if one[0] == word[0] and one_slip(word, one)]
        return min(meant, key=lambda one: (-len(one), one), default=word)


def plain(word: str) -> str:
    """A word in small letters, without accents, with one kind of apostrophe."""
    if word.isascii():
        return word.casefold()
    apart = unicodedata.normalize("NFKD", word.translate(_APOSTROPHES).casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _bones(word: str) -> str:
    """The word without its vowels, the first letter kept."""
    return _VOWELS.sub("", word)


def _lessened(word: str) -> Iterable[str]:
    """The word, and the word with any one letter left out."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def one_slip(typed: str, meant: str) -> bool:
    """Whether one letter is wrong, missing, added, or two neighbours are exchanged."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    a, b = typed[same:], meant[same:]
    exchanged = len(a) > 1 and a[:2] == b[1::-1] and a[2:] == b[2:]
    return exchanged or a[1:] == b[1:] or a[1:] == b or a == b[1:]
