"""The closed language in which rules say what to look for in a text. People read it aloud:

    knife               this word
    knife|gun           one of these words
    (very)              a word that may be there
    stab*               every word that begins so
    ~                   up to twelve words of the same sentence
    _                   any one word
    # and ####           a number in digits (6, 6pm, 13yr), and a year such as 2014
    ...                 up to four words, never over the end of a sentence, and never over
                        `not`, `no`, `never`, `without`, `nobody`, `if` and the like
    <weapon>            one of the list `weapon`
    ^ and $             here the sentence begins, here it ends
    now|here|$          one of these words, or the end of the sentence
    {go on|cope}        one of these phrases

The words of a phrase follow each other. `'s` is written `s`, and `is` and `has` stand for it too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from bot.core.needs import Groups, Needs
from bot.core.reading import Reading

GAP: Final = 4
_STOPS: Final = (
    *("not", "no", "never", "nobody", "none", "without", "if", "unless"),
    *("cannot", "hardly", "stopped", "stop", "avoid", "prevent"),
)
_ITEM: Final = re.compile(
    r"\.\.\.|~|_|#(?:###)?|\^|\$"
    r"|<(?P<list>[a-z0-9_]+)>"
    r"|\((?P<maybe>[^()]+)\)"
    r"|\{(?P<several>[^{}]+)\}"
    r"|(?P<words>[a-z0-9*|]+)"
    r"|(?P<mixed>[^ (){}]+\|[^ (){}]+)"
)
_WORD: Final = re.compile(r"[a-z0-9]+\*?")
_GAP: Final = rf"(?: (?!(?:{'|'.join(_STOPS)}|\.) )[^ ]+){{0,{GAP}}}?"
_FAR: Final = r"(?: [^ .]+){0,12}?"
_SAYING: Final = ("list", "words", "several", "mixed")
_END: Final = r"(?= \. )"
_SIGNS: Final = {
    "...": _GAP,
    "~": _FAR,
    "_": r" [^ .]+",
    "#": r" \d+[a-z]{0,4}(?= )",
    "####": r" (?:19|20)\d\d(?= )",
    "^": r" \.",
    "$": _END,
}
_ALSO_S: Final = frozenset({"is", "has"})

Lists = Mapping[str, tuple[str, ...]]


class WrongPhrase(ValueError):  # noqa: N818 - named for what is true
    """A phrase that is not written in the language; says what is wrong with it."""


@dataclass(slots=True)
class Looked:
    """A set of phrases as one regular expression; an empty one finds nothing. It is compiled when
    it is first used: compiling all of them takes two fifths of the program's start. `needs` says
    which words each phrase cannot do without, so that most texts never meet the expression: a
    fifth of the cost.
    """

    source: str
    needs: Needs
    _pattern: re.Pattern[str] | None = field(default=None, init=False, repr=False, compare=False)

    def spans(self, reading: Reading) -> tuple[range, ...]:
        """The words of each place where a phrase stands, in order, not overlapping."""
        if not self.source or not self.needs.may_be_met(reading.known):
            return ()
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        found = self._pattern.finditer(reading.line)
        return tuple(reading.words(match.start(), match.end()) for match in found)


def look_for(phrases: Iterable[str], lists: Lists) -> Looked:
    """Phrases made ready to look for. Raises WrongPhrase."""
    phrases = tuple(phrases)
    alternatives = [expression(phrase, lists) for phrase in phrases]
    needs = Needs(tuple(needed(phrase, lists) for phrase in phrases))
    return Looked(f"(?:{'|'.join(alternatives)})(?= )" if alternatives else "", needs)


def expression(phrase: str, lists: Lists, inside: tuple[str, ...] = ()) -> str:
    """One phrase as a regular expression over a reading's line; each word brings the space in
    front of it. Raises WrongPhrase.
    """
    items = _items(phrase)
    if not any(found[kind] for kind in _SAYING for found in items):
        raise WrongPhrase(f"“{phrase}” needs at least one word")
    return _together(items, lists, inside)


def _together(items: Iterable[re.Match[str]], lists: Lists, inside: tuple[str, ...]) -> str:
    return "".join(_item(found, lists, inside) for found in items)


@lru_cache(maxsize=8192)  # most phrases are read twice, and those of a list wherever it is named
def _items(phrase: str) -> tuple[re.Match[str], ...]:
    return tuple(_pieces(phrase))


def _pieces(phrase: str) -> Iterator[re.Match[str]]:
    for piece in re.findall(r"\([^)]*\)?|\{[^}]*\}?|[^ ({]+", phrase):
        found = _ITEM.fullmatch(piece)
        if found is None:
            raise WrongPhrase(f"“{piece}” is no part of a phrase")
        yield found


def _item(found: re.Match[str], lists: Lists, inside: tuple[str, ...]) -> str:
    if sign := _SIGNS.get(found.group()):
        return sign
    if found["list"]:
        return _list(found["list"], lists, inside)
    if several := found["several"] or found["mixed"]:
        ways = (_together(_items(way), lists, inside) for way in several.split("|"))
        return f"(?:{'|'.join(ways)})"
    if found["maybe"]:
        return f"(?:{_together(_items(found['maybe']), lists, inside)})?"
    return _one_of(found["words"])


def _list(name: str, lists: Lists, inside: tuple[str, ...]) -> str:
    if name not in lists:
        raise WrongPhrase(f"there is no list “{name}”")
    if name in inside:
        raise WrongPhrase(f"the list “{name}” holds itself")
    return f"(?:{'|'.join(expression(one, lists, (*inside, name)) for one in lists[name])})"


@lru_cache(maxsize=8192)
def _one_of(written: str) -> str:
    return f" (?:{'|'.join(_words(written))})(?= )"


def _words(written: str) -> Iterator[str]:
    for word in written.split("|"):
        if not _WORD.fullmatch(word):
            raise WrongPhrase(f"“{written}” is no part of a phrase")
        yield f"{word[:-1]}[^ .]*" if word.endswith("*") else word
        if word in _ALSO_S:
            yield "s"


def needed(phrase: str, lists: Lists) -> Groups:
    """The groups of words of each of which a text must hold one if this phrase stands in it."""
    groups = (_needed(found, lists) for found in _items(phrase))
    return tuple(sorted((group for group in groups if group is not None), key=len))


def _needed(found: re.Match[str], lists: Lists) -> frozenset[str] | None:
    """The same of one part; None when it can do without any one word."""
    if found["list"]:
        return _any_of(lists[found["list"]], lists)
    if several := found["several"] or found["mixed"]:
        return _any_of(several.split("|"), lists)
    if not found["words"] or "*" in found["words"]:
        return None
    words = found["words"].split("|")
    return frozenset(words) | ({"s"} if _ALSO_S.intersection(words) else frozenset())


def _any_of(ways: Iterable[str], lists: Lists) -> frozenset[str] | None:
    """One word at least of the rarest group of each way; None when some way needs no word."""
    least = [needed(way, lists)[:1] for way in ways]
    return frozenset().union(*(group[0] for group in least)) if all(least) else None


def vocabulary(phrases: Iterable[str]) -> frozenset[str]:
    """Every whole word that these phrases name."""
    bare = (re.sub(r"<[a-z0-9_]+>|\.\.\.", " ", phrase) for phrase in phrases)
    return frozenset(word for phrase in bare for word in re.findall(r"[a-z0-9]+(?!\*)\b", phrase))
