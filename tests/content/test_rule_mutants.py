"""Take a row of the rules away, or weaken it, and one of their own examples fails."""

from __future__ import annotations

import runpy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.loading.rulebook import LinkedBook

TOOL: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "tools/rule_mutants.py"))
BOOKS: dict[str, LinkedBook] = {
    linked.book.id: linked for linked in TOOL["books"](("newham/", "wirral/", "common/"))
}


def without(linked: LinkedBook, name: str) -> LinkedBook:
    kept = tuple(e for e in linked.written.examples if e.name != name)
    assert len(kept) == len(linked.written.examples) - 1
    return replace(linked, written=replace(linked.written, examples=kept))


def alive(linked: LinkedBook, excuses: dict[str, str] | None = None) -> list[str]:
    return [mutant.what for mutant in TOOL["tried"](linked, excuses or {}).alive]


@pytest.mark.parametrize("name", BOOKS)
def test_some_example_notices_every_change_to_the_rules(name: str) -> None:
    found = TOOL["tried"](BOOKS[name], TOOL["excuses"]().get(name, {}))
    assert [mutant.what for mutant in found.alive] == []
    assert found.needless == ()
    assert found.total > 0


def test_a_row_that_no_example_needs_is_named() -> None:
    assert alive(BOOKS["newham/mase"]) == []
    assert alive(without(BOOKS["newham/mase"], "nothing blocks it")) == [
        "action.NO_BARRIER gives intelligence"
    ]


def test_an_excuse_that_is_not_needed_is_named() -> None:
    found = TOOL["tried"](BOOKS["newham/mase"], {"action.PANEL taken away": "nobody minds"})
    assert found.needless == ("action.PANEL taken away",)


def test_a_sign_that_were_taken_for_less_is_named() -> None:
    assert "crack_house as background" in alive(
        without(BOOKS["newham/assess"], "crack house alone")
    )
