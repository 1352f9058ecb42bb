from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from bot.core.catalogue import Catalogue
from bot.loading.load import load_catalogue
from bot.loading.pictures.dialog_map import graph_of
from bot.loading.pictures.svg import svg

ROOT = Path(__file__).parents[3]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def _words(drawn: str) -> str:
    whole = ET.fromstring(drawn)  # noqa: S314 - our own
    return " ".join(" ".join(t.itertext()) for text in whole.iter(f"{SVG}text") for t in text)


def test_every_box_and_every_label_of_every_dialog_can_be_read(catalogue: Catalogue) -> None:
    for dialog in catalogue.dialogs.values():
        graph = graph_of(dialog, catalogue)
        words = _words(svg(graph)).replace(" ", "")
        for said in (*(b.text for b in graph.boxes), *(a.label for a in graph.arrows)):
            assert said.replace(" ", "") in words, (dialog.id, said)


def test_a_picture_names_itself_to_those_who_hear_it(catalogue: Catalogue) -> None:
    whole = ET.fromstring(  # noqa: S314 - our own
        svg(graph_of(catalogue.dialogs["wirral/refer"], catalogue))
    )
    assert whole.get("role") == "img"
    title = whole.find(f"{SVG}title")
    assert title is not None
    assert title.text == "Refer a child (wirral/refer)"


def test_there_is_an_arrowhead_at_every_box_that_is_led_to(catalogue: Catalogue) -> None:
    graph = graph_of(catalogue.dialogs["wirral/refer"], catalogue)
    heads = svg(graph).count('fill="#5f6368"/>')
    assert heads >= len({arrow.end for arrow in graph.arrows})


def test_the_same_dialog_is_the_same_picture(catalogue: Catalogue) -> None:
    dialog = catalogue.dialogs["wirral/screening"]
    assert svg(graph_of(dialog, catalogue)) == svg(graph_of(dialog, catalogue))
