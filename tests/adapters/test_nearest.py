from __future__ import annotations

import pytest

from bot.adapters.asked import said
from bot.adapters.nearest import Nearest

FORMS = said("where do i send the form", "who signs the form")
MISSING = said("a child is missing", "she ran away", "")
NEAREST = Nearest([FORMS.stemmed, MISSING.stemmed])


def near(question: str) -> list[float]:
    return NEAREST.of(said(question).stemmed[:-1], [0, 1])


def test_a_line_itself_is_as_near_as_can_be() -> None:
    assert near("who signs the form") == [pytest.approx(1.0), 0.0]


def test_the_nearest_line_counts_and_not_how_many_are_near() -> None:
    forms, missing = near("missing child form")
    assert 0 < forms < missing < 1


def test_a_rare_word_brings_nearer_than_a_common_one() -> None:
    signs, form = near("signs")[0], near("form")[0]
    assert signs > form > 0


def test_an_unknown_word_takes_further_away() -> None:
    assert near("missing child")[1] > near("missing child aardvark")[1] > 0


def test_nothing_is_near_to_nothing() -> None:
    assert near("aardvark") == [0.0, 0.0]
    assert NEAREST.of([], [1, 0]) == [0.0, 0.0]
    assert Nearest([[], FORMS.stemmed]).of(["form"], [0]) == [0.0]
