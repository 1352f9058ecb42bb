"""A passage of guidance says where it stands and what is out of date."""

from __future__ import annotations

from dataclasses import replace

from bot.core.guidance import Passage

SIGNS = Passage("signs", "wirral", "Signs", "Going missing.", "Guidance, 2016", "Signs")


def test_a_passage_names_its_source_and_clause() -> None:
    assert SIGNS.cited == "Guidance, 2016: Signs"


def test_what_is_out_of_date_stands_after_the_text() -> None:
    assert SIGNS.whole == "Going missing."
    assert replace(SIGNS, printed="Closed.").whole == "Going missing.\n\nClosed."
