"""Tick screens of a long group: two screens hold it whole, each sign once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.dialog import Tick
from bot.errors import ContentError
from bot.loading.load import load_catalogue, load_from
from tests.broken.samples import good_files

ENTRY = "dialogs/north/entry.yaml"


def marks_of(part: str) -> list[str]:
    files = good_files()
    text = files[ENTRY].decode()
    line = next(line for line in text.splitlines() if line.strip().startswith("tick: "))
    files[ENTRY] = text.replace(line, line + part).encode()
    steps = load_from(files).dialogs["north/entry"].steps.values()
    tick = next(step for step in steps if isinstance(step, Tick))
    return [mark.value for mark in tick.marks]


def test_the_parts_of_a_group_hold_each_sign_once_in_order() -> None:
    whole = marks_of("")
    assert marks_of(", part 1 of 2") + marks_of(", part 2 of 2") == whole
    assert marks_of(", part 1 of 1") == whole


@pytest.mark.parametrize("part", [", part 3 of 2", ", part 0 of 2", ", part one", ", part 1 of x"])
def test_a_part_that_there_is_not_is_a_fault(part: str) -> None:
    with pytest.raises(ContentError) as caught:
        marks_of(part)
    assert "UNKNOWN_GROUP" in {problem.code for problem in caught.value.problems}


def test_no_shipped_tick_screen_holds_more_than_eight_signs() -> None:
    dialogs = load_catalogue(Path(__file__).parents[2]).dialogs.values()
    ticks = [s for d in dialogs for s in d.steps.values() if isinstance(s, Tick)]
    assert ticks
    assert max(len(step.marks) for step in ticks) <= 8
