"""What people type at “Where does the child live?”, against the shipped areas."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.places import understood
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
WIRRAL = (
    "the wirral, birkenhead, Wallasey, BEBINGTON, Heswall, Hoylake, West Kirby, new brighton, "
)
WIRRAL += "Seacombe, Tranmere, Rock Ferry, Bromborough, Leasowe, CH41, ch49, CH60, CH63, ch44 1aa"
NEWHAM = (
    "Stratford, forest gate, East Ham, West Ham, Plaistow, Canning Town, Beckton, Manor Park, "
)
NEWHAM += "Custom House, Silvertown, Little Ilford, Maryland, Upton Park, E6, e13, E16, e6 1hs"


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.mark.parametrize(
    ("typed", "area"),
    [
        *((name, "wirral") for name in WIRRAL.split(", ")),
        *((name, "newham") for name in NEWHAM.split(", ")),
    ],
)
def test_a_place_of_one_area_chooses_it(content: Catalogue, typed: str, area: str) -> None:
    meant = understood(content.areas.values(), typed)
    assert meant is not None
    assert meant.sure
    assert [found.id for found in meant.areas] == [area]


@pytest.mark.parametrize(
    ("typed", "areas"),
    [
        ("Eastham", ["wirral", "newham"]),
        ("Upton", ["wirral"]),
        ("Moreton", ["wirral"]),
        ("E7", ["newham"]),
        ("E12 5AB", ["newham"]),
        ("E15", ["newham"]),
        ("E20", ["newham"]),
        ("Birkinhead", ["wirral"]),
        ("Stratford, London", ["newham"]),
        ("Stratford upon Avon", ["newham"]),
    ],
)
def test_a_place_that_may_be_elsewhere_is_asked_about(
    content: Catalogue, typed: str, areas: list[str]
) -> None:
    meant = understood(content.areas.values(), typed)
    assert meant is not None
    assert not meant.sure
    assert [found.id for found in meant.areas] == areas


@pytest.mark.parametrize(
    "typed", ["CH64", "CH65", "CH66 1AA", "CH1", "E1", "E3 4AB", "E17", "Ilford", "Liverpool"]
)
def test_a_neighbour_of_an_area_is_not_taken_for_it(content: Catalogue, typed: str) -> None:
    assert understood(content.areas.values(), typed) is None
