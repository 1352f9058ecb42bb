"""The printed page, read by a decoder of somebody else's (ZXing) as a telephone would read it."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp

from bot.adapters.poster import Poster, poster_png
from bot.commands.posters import _words
from bot.core.catalogue import Catalogue
from bot.core.links import to_route
from bot.loading.load import load_catalogue
from tests.commands.pictures import grey_of

ROOT = Path(__file__).parents[2]
BOT = "a_bot_whose_name_has_32_letters_"
DOTS = 72  # an inch: far less than any telephone sees


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def read(content: Catalogue, area: str, route: str, dots: int = DOTS) -> tuple[str, list[str]]:
    """The address meant, and every code that stands on the page."""
    known = content.routes.get(route)
    address = f"https://t.me/{BOT}?start={to_route(known) if known else area}"
    page = poster_png(Poster(address=address, **_words(content, area, known, BOT)), dots)
    return address, [found.text for found in zxingcpp.read_barcodes(grey_of(page))]


def test_the_code_of_every_poster_is_read_back_from_the_page(content: Catalogue) -> None:
    linked = [(route.area, route.id) for route in content.routes.values() if route.link]
    for area, route in [*linked, *((area, "") for area in content.areas)]:
        address, found = read(content, area, route)
        assert found == [address]


def test_a_page_too_coarse_to_see_its_code_is_not_read(content: Catalogue) -> None:
    assert read(content, "wirral", "wirral_intelligence", 12)[1] == []
