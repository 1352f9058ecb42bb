"""Names of places where the area is asked: chosen, said back, or asked about; never kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Area, Catalogue
from bot.core.places import Meant, understood
from bot.core.session import Answer, Said
from tests.core.chat import Chat
from tests.core.little import catalogue

NORTH = Area(
    "north", "North", "council", ("mail",), {"Rock Ferry": True, "CH41": True, "E7": False}
)
SOUTH = Area("south", "South", places={"East Ham": True, "Ham": True, "Rock Ferry Hill": True})
TWO = (NORTH, replace(SOUTH, places={**SOUTH.places, "Oldtown": True}))
BOTH = (NORTH, replace(SOUTH, places={"Rock Ferry": True}))


def placed(*areas: Area) -> Catalogue:
    return replace(catalogue(), areas={area.id: area for area in areas or (NORTH,)})


def at_area(content: Catalogue | None = None) -> Chat:
    return Chat(content or placed()).start().press("No")


@pytest.mark.parametrize(
    "typed", ["Rock Ferry", "rock ferry", " Rock-Ferry. ", "in Rock Ferry", "CH41", "ch 41 1AA"]
)
def test_a_place_chooses_its_area_and_says_what_it_was_taken_for(typed: str) -> None:
    chat = at_area().say(typed)
    place = "CH41" if "41" in typed else "Rock Ferry"
    assert f"[place_taken] {place}, North" in chat.text
    assert "Q role" in chat.text
    assert chat.present.answers["area"] == Answer(Said.VALUE, "north")
    kept = chat.present.dump().decode().casefold()
    assert "ferry" not in kept
    assert "ch41" not in kept


def test_one_tap_corrects_it() -> None:
    chat = at_area().say("Rock Ferry").press("<back>")
    assert chat.asks == "Q area"
    assert "area" not in chat.present.answers
    assert "[place_taken]" not in chat.text


@pytest.mark.parametrize("typed", ["E7", "e7 9ab", "she lives in Rock Ferry", "Rok Ferry"])
def test_a_place_that_only_may_be_there_is_asked_about_and_chooses_nothing(typed: str) -> None:
    chat = at_area()
    turn = chat.present.turn
    chat.say(typed)
    place = "E7" if typed.lower().startswith("e7") else "Rock Ferry"
    assert f"[place_perhaps] {place} in North" in chat.text
    assert chat.asks == "Q area"
    assert "area" not in chat.present.answers
    assert chat.present.turn == turn
    assert chat.press("North").present.answers["area"].value == "north"


@pytest.mark.parametrize("typed", ["Atlantis", "E77", "ch4", "x" * 41, "7", "not sure", "ham"])
def test_what_is_no_place_is_answered_as_ever(typed: str) -> None:
    chat = at_area().say(typed)
    assert "[place_" not in chat.text
    assert "[reject_choice]" in chat.text or "[words_later]" in chat.text


def test_a_place_typed_at_another_question_is_an_answer_to_that() -> None:
    chat = at_area().press("North").say("Rock Ferry")
    assert "[reject_choice]" in chat.text
    words = at_area().press("North", "Public", "No").say("Rock Ferry")
    assert words.present.answers["entry/info/what"].value == "Rock Ferry"
    assert "[place_taken]" not in words.text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("East Ham", Meant("East Ham", (TWO[1],), sure=True)),
        ("rock ferry hill", Meant("Rock Ferry Hill", (TWO[1],), sure=True)),
        ("near rock ferry hill", Meant("Rock Ferry Hill", (TWO[1],), sure=False)),
        ("Ham, East", Meant("Ham", (TWO[1],), sure=False)),
        ("Ham", Meant("Ham", (TWO[1],), sure=True)),
        ("Hams", None),
        ("eastham", Meant("East Ham", (TWO[1],), sure=False)),
        ("oldtwn", Meant("Oldtown", (TWO[1],), sure=False)),
        ("oltwn", None),
        ("e7", Meant("E7", (NORTH,), sure=False)),
        ("e71ab", Meant("E7", (NORTH,), sure=False)),
        ("East Ham" + " " * 33, None),
        ("East Ham" + " " * 32, Meant("East Ham", (TWO[1],), sure=True)),
    ],
)
def test_what_a_name_means(typed: str, meant: Meant | None) -> None:
    assert understood(TWO, typed) == meant


def test_a_name_of_two_areas_is_asked_about() -> None:
    assert understood(BOTH, "Rock Ferry") == Meant("Rock Ferry", BOTH, sure=False)
    chat = at_area(placed(*BOTH)).say("Rock Ferry")
    assert "[place_perhaps] Rock Ferry in North or in South" in chat.text
