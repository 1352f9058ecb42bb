"""What is asked, as tokens: the words without their endings, and the letters of each word, by
which a misspelt one is still known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from bot.adapters.stemming import stem

END: Final = "\n"  # of a line, a token of its own
_MOST: Final = 40  # words of a question that are looked at
_FORM: Final = re.compile(r"\b(cse|ce) ?([12])\b")
_TOKEN: Final = re.compile(r"[a-z0-9]+|\n")
_PARTS: Final = re.compile(r"[.,;:?!\n]| - |\b(?:and|but|so|because|who|which|that)\b")
_OF_A_PART: Final = 3  # words that a clause has at least
_LETTERS: Final = 4


class Said(NamedTuple):
    """Words and where their lines end, as they are typed and the same without their endings."""

    typed: list[str]
    stemmed: list[str]


def said(*lines: str) -> Said:
    """These lines as words."""
    words = typed("".join(f"{line}{END}" for line in lines))
    return Said(words, stems(words))


def joined(texts: Iterable[Said]) -> Said:
    """Several as one."""
    words, stemmed = zip(*texts, strict=True)
    return Said([*chain.from_iterable(words)], [*chain.from_iterable(stemmed)])


def typed(text: str) -> list[str]:
    """The words of a text in small letters, without apostrophes, and where its lines end; `CSE 1`
    and `CSE1` alike.
    """
    return _TOKEN.findall(_FORM.sub(r"\1\2", re.sub(r"['’]", "", text.casefold())))


def asked(question: str) -> list[str]:
    """The first words of a question, as one line."""
    return [word for word in typed(question) if word != END][:_MOST]


def stems(words: Iterable[str]) -> list[str]:
    """The words without their endings, each where it stands."""
    return list(map(stem, words))


@lru_cache(maxsize=16384)
def letters(word: str) -> tuple[str, ...]:
    """Each four letters of a word that stand together, with its beginning and end marked."""
    marked = f"^{word}$"
    return tuple(marked[i : i + _LETTERS] for i in range(len(marked) - _LETTERS + 1))


def lettered(words: Iterable[str]) -> Counter[str]:
    """How often each four letters stand in words."""
    held: dict[str, int] = {}
    for word, often in Counter(words).items():
        for some in letters(word):
            held[some] = held.get(some, 0) + often
    return Counter(held)


def last_part(question: str) -> str:
    """The last clause of a question, empty where it is the only one. People say who they are
    before they ask: "I foster a girl of 14 and she is with older men, what do I write down".
    """
    said = [part for part in _PARTS.split(question.casefold()) if len(asked(part)) >= _OF_A_PART]
    return said[-1] if len(said) > 1 else ""
