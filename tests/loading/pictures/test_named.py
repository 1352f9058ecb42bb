from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import End, Tell
from bot.core.gifts import Picture
from bot.loading.load import load_catalogue
from bot.loading.pictures.named import drawing
from bot.loading.pictures.pathway import pathways

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


def test_a_dialog_is_drawn_by_its_id_and_a_pathway_by_its_area(catalogue: Catalogue) -> None:
    assert "Refer a child (wirral/refer)" in (drawing("wirral/refer", catalogue) or "")
    whole = pathways("wirral", catalogue)["wirral_pathway"]
    assert drawing("wirral/pathway", catalogue) == whole


@pytest.mark.parametrize("name", ["wirral/nothing", "common/pathway", "pathway", ""])
def test_a_name_of_nothing_is_no_picture(catalogue: Catalogue, name: str) -> None:
    assert drawing(name, catalogue) is None


def test_every_picture_that_a_dialog_gives_can_be_drawn(catalogue: Catalogue) -> None:
    steps = [s for d in catalogue.dialogs.values() for s in d.steps.values()]
    offers = [o for s in steps if isinstance(s, Tell | End) for o in s.gives]
    names = {o.gift.name for o in offers if isinstance(o.gift, Picture)}
    assert "wirral/pathway" in names
    assert [name for name in names if drawing(name, catalogue) is None] == []
