"""Which characters the printed paper can show, and in which language its readers' tools should
read a line aloud. Read from the fonts themselves (OpenType 1.9, cmap format 4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

FONTS: Final = Path(__file__).with_name("fonts")
UNSHOWN: Final = "\ufffd"  # stands for a character that no font here has
_FORMAT: Final = 4
# The first letters of each script, the last one, and the language written in it most often here.
_SCRIPTS: Final = (
    (0x0590, 0x08FF, "ur", "rtl"),
    (0x0980, 0x09FF, "bn", "ltr"),
    (0x0A00, 0x0A7F, "pa", "ltr"),
    (0x0A80, 0x0AFF, "gu", "ltr"),
    (0x0B80, 0x0BFF, "ta", "ltr"),
    (0xFB1D, 0xFEFC, "ur", "rtl"),
)
_ENGLISH: Final = ("en", "ltr")


def shown(text: str) -> tuple[str, int]:
    """The text with UNSHOWN for each character that cannot be printed, and how many there are."""
    known = covered()
    made = "".join(c if c in known or c in "\n\t" else UNSHOWN for c in text)
    return made, sum(was != now for was, now in zip(text, made, strict=True))


def language(text: str) -> tuple[str, str]:
    """The language and direction of a line, by its first letter."""
    first = next((ord(c) for c in text if c.isalpha()), 0)
    for start, end, name, direction in _SCRIPTS:
        if start <= first <= end:
            return name, direction
    return _ENGLISH


@cache
def covered() -> frozenset[str]:
    """Every character that one of the shipped regular fonts has."""
    points = (p for file in FONTS.glob("*-Regular.ttf") for p in _points(file.read_bytes()))
    return frozenset(map(chr, points))


def _points(font: bytes) -> Iterator[int]:
    table = _cmap(font)
    (twice,) = struct.unpack_from(">H", table, 6)
    count = twice // 2
    ends = struct.unpack_from(f">{count}H", table, 14)
    starts = struct.unpack_from(f">{count}H", table, 16 + twice)
    deltas = struct.unpack_from(f">{count}H", table, 16 + 2 * twice)
    offsets = struct.unpack_from(f">{count}H", table, 16 + 3 * twice)
    for segment, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            glyph = point
            if offsets[segment]:
                place = 16 + 3 * twice + 2 * segment + offsets[segment] + 2 * (point - start)
                (glyph,) = struct.unpack_from(">H", table, place)
            if glyph and (glyph + deltas[segment]) & 0xFFFF:
                yield point


def _cmap(font: bytes) -> bytes:
    """The font's table of characters, in format 4."""
    (tables,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4sLLL", font, 12 + 16 * n) for n in range(tables))
    start = next(offset for tag, _, offset, _ in records if tag == b"cmap")
    (encodings,) = struct.unpack_from(">H", font, start + 2)
    for n in range(encodings):
        _, _, offset = struct.unpack_from(">HHL", font, start + 4 + 8 * n)
        if struct.unpack_from(">H", font, start + offset) == (_FORMAT,):
            return font[start + offset :]
    raise ValueError("the font has no table of characters in format 4")
