"""The pathway says what the rules say, and the shipped picture is the one that they give."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.adapters.raster import png
from bot.loading.content import Content
from bot.loading.faults import Faults
from bot.loading.load import bundle, link
from bot.loading.pictures.pathway import pathways

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "docs" / "pictures"
NAMES = ["wirral_pathway", "wirral_pathway_follow_up"]


@pytest.fixture(scope="module")
def content() -> Content:
    return link(bundle(ROOT), Faults([]))


@pytest.fixture(scope="module")
def drawn(content: Content) -> dict[str, str]:
    return pathways("wirral", content.catalogue)


def _lines(picture: str) -> list[str]:
    whole = ET.fromstring(picture)  # noqa: S314 - our own
    return [span.text or "" for span in whole.iter("{http://www.w3.org/2000/svg}tspan")]


def _words(picture: str) -> str:
    return " ".join(_lines(picture)).replace("all- clear", "all-clear")


def test_the_shipped_pictures_are_those_that_the_rules_give(drawn: dict[str, str]) -> None:
    """If this fails: python -m bot map --pathway wirral --out docs/pictures"""
    assert list(drawn) == NAMES
    for name, picture in drawn.items():
        assert (SHIPPED / f"{name}.svg").read_text("utf-8") == picture
        assert (SHIPPED / f"{name}.png").read_bytes() == png(picture)


def test_every_row_that_leads_somewhere_and_every_route_stands_in_it(
    drawn: dict[str, str], content: Content
) -> None:
    words = " ".join(map(_words, drawn.values()))
    book = content.catalogue.rules["wirral/assess"]
    rows = [r for t in book.tables for r in t.rows if r.routes and "." not in r.id]
    assert len(rows) > 30
    for row in rows:
        assert row.text in words, row.id
        for route in row.routes:
            assert content.catalogue.routes[route].name in words


def test_999_comes_first_and_the_strongest_outcome_above_the_weaker(drawn: dict[str, str]) -> None:
    lines = _lines(drawn["wirral_pathway"])
    assert lines[0] == "In danger now? Call 999."
    order = [lines.index(said) for said in ("Call 999 first.", "Refer to:", "Talk to:")]
    assert order == sorted(order)
    assert lines.index("Pass on to:") > order[-1]


def test_acronyms_are_spelled_out_below(content: Content, drawn: dict[str, str]) -> None:
    read = [_words(picture) for picture in drawn.values()]
    used = [
        (f"{short}: {meaning}." in words, short)
        for words in read
        for short, meaning in content.catalogue.acronyms.items()
        if re.search(rf"\b{short}\b", words)
    ]
    assert (True, "CSE") in used
    assert all(spelled_out for spelled_out, _ in used)


def test_a_picture_is_narrow_enough_for_a_phone_and_small_enough_to_send(
    drawn: dict[str, str],
) -> None:
    for picture in drawn.values():
        made = png(picture)
        width, height = struct.unpack(">II", made[16:24])
        assert width <= 1000
        assert height <= 3.4 * width
        assert len(made) < 500_000


def test_a_row_that_says_something_else_gives_another_picture(
    drawn: dict[str, str],
) -> None:
    sources = bundle(ROOT)
    said = b"text: Sexual activity, and the child is or may be under 13."
    name = "rules/wirral/assess.yaml"
    assert said in sources[name]
    changed = {**sources, name: sources[name].replace(said, b"text: Something else.")}
    other = pathways("wirral", link(changed, Faults([])).catalogue)
    assert "Something else." in _words(other["wirral_pathway"])
    assert other["wirral_pathway"] != drawn["wirral_pathway"]
    assert other["wirral_pathway_follow_up"] == drawn["wirral_pathway_follow_up"]
