"""Receipt codes: eighty random bits that a person can note, read aloud and type back.

A code is sixteen Crockford base 32 characters and two check characters, in groups of six:
`7KQF2M-9XHT4B-WZ3N8C`. The eighteen are a Reed-Solomon word over the field of 32 elements, so
any one or two wrong characters are noticed, and with them any two that changed places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS_LENGTH: Final = 10
_LENGTH: Final = 18
_GROUP: Final = 6
_LONGEST_TYPED: Final = 64  # with any spaces and dashes; a longer text is no code
_SENTENCE: Final = 100  # characters: words around a code that are about it and nothing else
# Looked for at every word, so that a word of six letters in front hides none.
_AMONG: Final = re.compile(
    r"(?<![^\W_])(?=([^\W_]{6}[^\w\n]?[^\W_]{6}[^\w\n]?[^\W_]{6})(?![^\W_]))"
)
_DIGIT: Final = re.compile(r"[0-9]")
_READ_AS: Final = {**{c: n for n, c in enumerate(ALPHABET)}, "O": 0, "I": 1, "L": 1}
_IGNORED: Final = frozenset(" \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212_.·")


def _double(value: int) -> int:
    """The element times x, in the field of 32 elements made by x^5 + x^2 + 1."""
    value <<= 1
    return value ^ 0b100101 if value & 32 else value


def _syndromes(values: list[int]) -> tuple[int, int]:
    """The word's value at 1 and at x; both are zero for a right code and no near miss."""
    at_one = at_x = 0
    for value in values:
        at_one ^= value
        at_x = _double(at_x) ^ value
    return at_one, at_x


def _checks(values: list[int]) -> list[int]:
    """The two characters that make both syndromes zero."""
    at_one, at_x = _syndromes([*values, 0, 0])
    pairs = ((a, at_one ^ a) for a in range(32))
    return next([a, b] for a, b in pairs if _double(a) ^ b == at_x)


def make_code(bits: bytes) -> str:
    """The code of ten random bytes, with its check characters and dashes."""
    if len(bits) != BITS_LENGTH:
        raise ValueError("a code is made of ten bytes")
    number = int.from_bytes(bits)
    values = [number >> shift & 31 for shift in range(75, -1, -5)]
    return _grouped([*values, *_checks(values)])


def read_code(text: str) -> str | None:
    """The code that was typed, as `make_code` writes it, or None when it cannot be one.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
    """
    if len(text) > _LONGEST_TYPED:
        return None
    values = [_READ_AS.get(c, -1) for c in text.upper() if c not in _IGNORED]
    if len(values) != _LENGTH or -1 in values or any(_syndromes(values)):
        return None
    return _grouped(values)


def codes_in(text: str) -> Iterator[str]:
    """Every code that stands in a text, as it was typed: its check characters fit."""
    return (found[1] for found in _AMONG.finditer(text) if read_code(found[1]))


def code_of(text: str) -> str | None:
    """The code that a message is, or that a short one is about ("? where is 7KQF2M-…"); None in
    any other. Words alone are never taken for one.
    """
    if code := read_code(text):
        return code
    among = codes_in(text) if len(text) <= _SENTENCE else ()
    return next((read_code(one) for one in among if _DIGIT.search(one)), None)


def _grouped(values: list[int]) -> str:
    letters = "".join(ALPHABET[value] for value in values)
    return "-".join(letters[at : at + _GROUP] for at in range(0, _LENGTH, _GROUP))
