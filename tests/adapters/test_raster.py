"""Pictures become PNG, and what cannot be drawn is not given."""

from __future__ import annotations

import struct

import pytest

from bot.adapters.raster import DrawnPictures, png

LITTLE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" viewBox="0 0 40 20">'
    '<rect width="40" height="20" fill="#fff"/>{}</svg>'
)
WORD = '<text x="2" y="14" font-size="12" font-family="Noto Sans">Ab</text>'


def test_a_picture_is_one_and_a_half_times_as_sharp_as_it_is_drawn() -> None:
    assert struct.unpack(">II", png(LITTLE.format(""))[16:24]) == (60, 30)


def test_letters_are_drawn_with_the_fonts_that_come_along() -> None:
    assert png(LITTLE.format(WORD)) != png(LITTLE.format(""))


async def test_a_picture_is_drawn_by_its_name() -> None:
    pictures = DrawnPictures({"north/entry": LITTLE.format(WORD)}.get)
    assert await pictures.draw("north/entry") == png(LITTLE.format(WORD))


@pytest.mark.parametrize("drawn", [None, "no picture at all"])
async def test_what_cannot_be_drawn_is_none(drawn: str | None) -> None:
    assert await DrawnPictures(lambda _: drawn).draw("north/entry") is None
