"""The closed language in which rules say what to look for in a text. People read it aloud:

    knife               this word
    knife|gun           one of these words
    (very)              a word that may be there
    stab*               every word that begins so
    _                   any one word
    # and ####           a number in digits, and a year such as 2014
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
from typing import Final

from bot.core.reading import Reading

GAP: Final = 4
_STOPS: Final = (
    *("not", "no", "never", "nobody", "none", "without", "if", "unless"),
    *("cannot", "hardly", "stopped", "stop", "avoid", "prevent"),
)
_ITEM: Final = re.compile(
    r"\.\.\.|_|#(?:###)?|\^|\$|<(?P<list>[a-z0-9_]+)>|\((?P<maybe>[^()]+)\)|\{(?P<either>[^{}]+)\}|(?P<words>[a-z0-9*|]+(?:\|\$)?)"
)
_WORD: Final = re.compile(r"[a-z0-9]+\*?")
_GAP: Final = rf"(?: (?!(?:{'|'.join(_STOPS)}|\.) )[^ ]+){{0,{GAP}}}?"
_END: Final = r"(?= \. )"
_ENDS: Final = rf"|{_END}"
_ALSO_S: Final = frozenset({"is", "has"})

Lists = Mapping[str, tuple[str, ...]]


class WrongPhrase(ValueError):  # noqa: N818 - named for what is true
    """A phrase that is not written in the language; says what is wrong with it."""


@dataclass(slots=True)
class Looked:
    """A set of phrases as one regular expression; an empty one finds nothing. It is compiled when
    it is first used: compiling all of them takes two fifths of the program's start.
    """

    source: str
    _pattern: re.Pattern[str] | None = field(default=None, init=False, repr=False, compare=False)

    def spans(self, reading: Reading) -> tuple[range, ...]:
        """The words of each place where a phrase stands, in order, not overlapping."""
        if not self.source:
            return ()
        if self._pattern is None:
            self._pattern = re.compile(self.source)
        found = self._pattern.finditer(reading.line)
        return tuple(reading.words(match.start(), match.end()) for match in found)


def look_for(phrases: Iterable[str], lists: Lists) -> Looked:
    """Phrases made ready to look for. Raises WrongPhrase."""
    alternatives = [expression(phrase, lists) for phrase in phrases]
    return Looked(f"(?:{'|'.join(alternatives)})(?= )" if alternatives else "")


def expression(phrase: str, lists: Lists, inside: tuple[str, ...] = ()) -> str:
    """One phrase as a regular expression over a reading's line; each word brings the space in
    front of it. Raises WrongPhrase.
    """
    items = tuple(_items(phrase))
    if not any(found["list"] or found["words"] or found["either"] for found in items):
        raise WrongPhrase(f"“{phrase}” needs at least one word")
    return _together(items, lists, inside)


def _together(items: Iterable[re.Match[str]], lists: Lists, inside: tuple[str, ...]) -> str:
    return "".join(_item(found, lists, inside) for found in items)


def _items(phrase: str) -> Iterator[re.Match[str]]:
    for piece in re.findall(r"\([^)]*\)?|\{[^}]*\}?|[^ ({]+", phrase):
        found = _ITEM.fullmatch(piece)
        if found is None:
            raise WrongPhrase(f"“{piece}” is no part of a phrase")
        yield found


def _item(found: re.Match[str], lists: Lists, inside: tuple[str, ...]) -> str:
    match found.group():
        case "...":
            return _GAP
        case "_":
            return r" [^ .]+"
        case "#":
            return r" \d+(?= )"
        case "####":
            return r" (?:19|20)\d\d(?= )"
        case "^":
            return r" \."
        case "$":
            return _END
    if found["list"]:
        return _list(found["list"], lists, inside)
    if found["either"]:
        ways = (_together(_items(way), lists, inside) for way in found["either"].split("|"))
        return f"(?:{'|'.join(ways)})"
    if found["maybe"]:
        return f"(?:{_together(_items(found['maybe']), lists, inside)})?"
    words, ends, _ = found["words"].partition("|$")
    return f"(?: (?:{'|'.join(_words(words))})(?= ){_ENDS if ends else ''})"


def _list(name: str, lists: Lists, inside: tuple[str, ...]) -> str:
    if name not in lists:
        raise WrongPhrase(f"there is no list “{name}”")
    if name in inside:
        raise WrongPhrase(f"the list “{name}” holds itself")
    return f"(?:{'|'.join(expression(one, lists, (*inside, name)) for one in lists[name])})"


def _words(written: str) -> Iterator[str]:
    for word in written.split("|"):
        if not _WORD.fullmatch(word):
            raise WrongPhrase(f"“{written}” is no part of a phrase")
        yield f"{word[:-1]}[^ .]*" if word.endswith("*") else word
        if word in _ALSO_S:
            yield "s"


def vocabulary(phrases: Iterable[str]) -> frozenset[str]:
    """Every whole word that these phrases name."""
    bare = (re.sub(r"<[a-z0-9_]+>|\.\.\.", " ", phrase) for phrase in phrases)
    return frozenset(word for phrase in bare for word in re.findall(r"[a-z0-9]+(?!\*)\b", phrase))
