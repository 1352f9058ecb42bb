"""Diagrams against plain tables of every combination."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.loading.diagrams import ALWAYS, NEVER, Diagram, Diagrams, constant

SIZES = (2, 3, 2)
POINTS = tuple(product(*(range(size) for size in SIZES)))


def draw(diagrams: Diagrams, values: tuple[int, ...], variable: int = 0) -> Diagram:
    """The diagram of a table with one value for each point."""
    if variable == len(SIZES):
        return constant(values[0])
    step = len(values) // SIZES[variable]
    branches = (
        draw(diagrams, values[place * step : (place + 1) * step], variable + 1)
        for place in range(SIZES[variable])
    )
    return diagrams.node(variable, tuple(branches))


def table(diagrams: Diagrams, diagram: Diagram) -> tuple[int, ...]:
    return tuple(diagrams.follow(diagram, dict(enumerate(point)))[0] for point in POINTS)


def tables(most: int) -> st.SearchStrategy[tuple[int, ...]]:
    return st.tuples(*(st.integers(0, most) for _ in POINTS))


@settings(max_examples=60, deadline=None)
@given(one=tables(3), other=tables(3))
def test_operations_on_numbers_are_those_of_every_point(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    diagrams = Diagrams()
    a, b = draw(diagrams, one), draw(diagrams, other)
    pairs = list(zip(one, other, strict=True))
    assert table(diagrams, diagrams.highest(a, b)) == tuple(max(pair) for pair in pairs)
    assert table(diagrams, diagrams.below(a, b)) == tuple(int(x < y) for x, y in pairs)
    assert table(diagrams, diagrams.mapped(a, {1: 2, 3: 1})) == tuple(
        {1: 2, 3: 1}.get(value, 0) for value in one
    )


@settings(max_examples=60, deadline=None)
@given(one=tables(1), other=tables(1))
def test_operations_on_truths_are_those_of_every_point(
    one: tuple[int, ...], other: tuple[int, ...]
) -> None:
    diagrams = Diagrams()
    a, b = draw(diagrams, one), draw(diagrams, other)
    pairs = list(zip(one, other, strict=True))
    assert table(diagrams, diagrams.both(a, b)) == tuple(min(pair) for pair in pairs)
    assert table(diagrams, diagrams.either(a, b)) == tuple(max(pair) for pair in pairs)
    assert table(diagrams, diagrams.negated(a)) == tuple(1 - value for value in one)


@settings(max_examples=60, deadline=None)
@given(values=tables(2))
def test_equal_functions_are_the_same_diagram_and_paths_lead_to_their_value(
    values: tuple[int, ...],
) -> None:
    diagrams = Diagrams()
    diagram = draw(diagrams, values)
    assert draw(diagrams, values) == diagram
    for value in range(3):
        path = diagrams.path(diagram, value)
        assert (path is None) is (value not in values)
        if path is not None:
            meant = [p for p in POINTS if all(p[v] == chosen for v, chosen in path.items())]
            assert {values[POINTS.index(point)] for point in meant} == {value}


def test_what_is_always_or_never_true_decides_without_asking() -> None:
    diagrams = Diagrams()
    asks = diagrams.node(0, (NEVER, ALWAYS))
    assert diagrams.both(asks, ALWAYS) == asks == diagrams.both(ALWAYS, asks)
    assert diagrams.either(asks, NEVER) == asks == diagrams.either(NEVER, asks)
    assert diagrams.both(asks, NEVER) == NEVER
    assert diagrams.either(asks, ALWAYS) == ALWAYS
    assert diagrams.both(asks, diagrams.negated(asks)) == NEVER
    assert diagrams.either(asks, diagrams.negated(asks)) == ALWAYS
    assert diagrams.node(1, (asks, asks)) == asks
    assert diagrams.follow(asks, {}) == (0, {0: 0})
    assert diagrams.parts(asks) == (0, (NEVER, ALWAYS))
