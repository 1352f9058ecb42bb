"""Nothing of a picture covers anything else, and every arrow leads down to its box."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading.load import load_catalogue
from bot.loading.pictures.dialog_map import graph_of
from bot.loading.pictures.graph import Graph
from bot.loading.pictures.layers import Layout, Spot, laid_out
from bot.loading.pictures.svg import layout_of

ROOT = Path(__file__).parents[3]
BOXES = tuple("abcdefgh")


@pytest.fixture(scope="module")
def graphs() -> list[Graph]:
    catalogue = load_catalogue(ROOT)
    return [graph_of(dialog, catalogue) for dialog in catalogue.dialogs.values()]


def _covers(one: Spot, other: Spot) -> bool:
    apart = abs(one.middle - other.middle) >= (one.width + other.width) / 2 - 0.01
    above = one.bottom <= other.top + 0.01 or other.bottom <= one.top + 0.01
    return not (apart or above)


def _covered(layout: Layout) -> list[object]:
    drawn = [spot for spot in layout.spots.values() if spot.height]
    return [pair for pair in combinations(drawn, 2) if _covers(*pair)]


def test_no_box_or_label_of_a_shipped_dialog_covers_another(graphs: list[Graph]) -> None:
    for graph in graphs:
        layout = layout_of(graph)
        assert _covered(layout) == [], graph.title
        assert all(spot.middle - spot.width / 2 >= -0.01 for spot in layout.spots.values())
        assert all(spot.bottom <= layout.height + 0.01 for spot in layout.spots.values())


@settings(max_examples=80, deadline=None)
@given(arrows=st.lists(st.tuples(st.sampled_from(BOXES), st.sampled_from(BOXES)), max_size=16))
def test_any_graph_is_laid_out_downwards_with_a_way_for_every_arrow(
    arrows: list[tuple[str, str]],
) -> None:
    labels: dict[object, tuple[float, float]] = dict.fromkeys(arrows[::2], (60.0, 14.0))
    layout = laid_out(dict.fromkeys(BOXES, (80.0, 30.0)), arrows, labels)
    assert _covered(layout) == []
    assert all(layout.spots[u].bottom < layout.spots[low].top for u, low in layout.lines)
    below: dict[object, set[object]] = {}
    for upper, lower in layout.lines:
        below.setdefault(upper, set()).add(lower)
    for start, end in arrows:
        assert start == end or end in _all(below, start) or start in _all(below, end)


def _all(below: dict[object, set[object]], start: object) -> set[object]:
    found, waiting = {start}, [start]
    while waiting:
        for key in below.get(waiting.pop(), ()):
            if key not in found:
                found.add(key)
                waiting.append(key)
    return found


def test_a_straight_way_is_drawn_straight() -> None:
    boxes = {"top": (80.0, 30.0), "middle": (120.0, 30.0), "end": (40.0, 30.0)}
    layout = laid_out(boxes, [("top", "middle"), ("middle", "end")], {})
    assert {round(layout.spots[box].middle, 3) for box in boxes} == {60.0}
    assert layout.width == pytest.approx(120.0)
