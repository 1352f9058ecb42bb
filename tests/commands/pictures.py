"""A picture (PNG, eight bits a channel, not interlaced) as the grey values a camera would see."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_SIGNATURE = 8


def grey_of(png: bytes) -> memoryview:
    """Height by width values of the first channel. The page is black on white."""
    head, packed = b"", b""
    for kind, body in _chunks(png):
        head = body if kind == b"IHDR" else head
        packed += body if kind == b"IDAT" else b""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", head)
    if depth != 8 or interlaced:
        raise ValueError("another kind of picture")
    step = _CHANNELS[colour]
    raw, line, before = zlib.decompress(packed), width * step, bytearray(width * step)
    seen = bytearray()
    for at in range(0, height * (line + 1), line + 1):
        before = _unfiltered(raw[at], raw[at + 1 : at + 1 + line], before, step)
        seen += before[::step]
    return memoryview(bytes(seen)).cast("B", shape=[height, width])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        yield kind, png[at + 8 : at + 8 + size]
        at += size + 12


def _unfiltered(way: int, line: bytes, above: bytearray, step: int) -> bytearray:
    """A line as it was before one of the five filters of the format."""
    row = bytearray(line)
    for x in range(len(row)):
        left, corner = (row[x - step], above[x - step]) if x >= step else (0, 0)
        near = left + above[x] - corner
        paeth = min((left, above[x], corner), key=lambda one: abs(near - one))
        row[x] = (row[x] + (0, left, above[x], (left + above[x]) // 2, paeth)[way]) & 255
    return row
