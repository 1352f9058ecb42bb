"""Decision diagrams: every combination of answers at once, without listing each.

A diagram is a function of variables 0, 1, 2 … (each with a few values) to a small whole number,
drawn as a graph in which equal parts are shared. Group counts stay small this way: after forty
indicators it only matters how many were yes, not which (docs/CONDITIONS.md, Properties).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

Diagram: TypeAlias = int  # an inner node, or ~value for a constant; equal functions are equal ints
Path: TypeAlias = "dict[int, int]"  # variable -> value; a variable left out may have any value

NEVER: Final[Diagram] = ~0
ALWAYS: Final[Diagram] = ~1


def constant(value: int) -> Diagram:
    """The function that is `value` whatever is known; `value` is at least 0."""
    return ~value


class Diagrams:
    """All diagrams over the same variables, each part kept once."""

    def __init__(self) -> None:
        self._nodes: list[tuple[int, tuple[Diagram, ...]]] = []
        self._ids: dict[tuple[int, tuple[Diagram, ...]], Diagram] = {}
        self._combined: dict[tuple[str, Diagram, Diagram], Diagram] = {}

    def node(self, variable: int, branches: tuple[Diagram, ...]) -> Diagram:
        """The function that goes on with the branch of the variable's value; branches read only
        later variables.
        """
        if all(branch == branches[0] for branch in branches):
            return branches[0]
        key = (variable, branches)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._nodes)
            self._nodes.append(key)
        return found

    def highest(self, one: Diagram, other: Diagram) -> Diagram:
        """The larger of the two everywhere."""
        if one in (other, NEVER):
            return other
        if other == NEVER:
            return one
        if one < 0 and other < 0:
            return constant(max(~one, ~other))
        return self._combine("highest", self.highest, one, other)

    def either(self, one: Diagram, other: Diagram) -> Diagram:
        """Where at least one of two yes-or-no functions is true."""
        if ALWAYS in (one, other):
            return ALWAYS
        if one in (other, NEVER):
            return other
        return one if other == NEVER else self._combine("either", self.either, one, other)

    def both(self, one: Diagram, other: Diagram) -> Diagram:
        """Where two yes-or-no functions are true together."""
        if NEVER in (one, other):
            return NEVER
        if one in (other, ALWAYS):
            return other
        return one if other == ALWAYS else self._combine("both", self.both, one, other)

    def below(self, one: Diagram, other: Diagram) -> Diagram:
        """Where the first is smaller than the second."""
        if other in (one, NEVER):
            return NEVER
        if one < 0 and other < 0:
            return constant(int(~one < ~other))
        return self._combine("below", self.below, one, other)

    def mapped(self, diagram: Diagram, values: Mapping[int, int]) -> Diagram:
        """The function with each of its values replaced; a value not named becomes 0."""
        done: dict[Diagram, Diagram] = {}

        def walk(at: Diagram) -> Diagram:
            if at < 0:
                return constant(values.get(~at, 0))
            if at not in done:
                variable, branches = self._nodes[at]
                done[at] = self.node(variable, tuple(map(walk, branches)))
            return done[at]

        return walk(diagram)

    def negated(self, diagram: Diagram) -> Diagram:
        """Where a yes-or-no function is not true."""
        return self.mapped(diagram, {0: 1})

    def reaching(self, diagram: Diagram) -> dict[Diagram, Path]:
        """Every part of the diagram, each with one path that leads to it, from the top down."""
        found: dict[Diagram, Path] = {diagram: {}}
        waiting = [diagram]
        for at in waiting:
            if at >= 0:
                variable, branches = self._nodes[at]
                for value, branch in enumerate(branches):
                    if branch not in found:
                        found[branch] = {**found[at], variable: value}
                        waiting.append(branch)
        return found

    def path(self, diagram: Diagram, value: int = 1) -> Path | None:
        """Values that make the function `value`, or None when it never is."""
        return self.reaching(diagram).get(constant(value))

    def follow(self, diagram: Diagram, path: Path) -> tuple[int, Path]:
        """The value along a path, and the path with every variable it took on the way; one that
        the path leaves out takes its first value.
        """
        at, taken = diagram, dict(path)
        while at >= 0:
            variable, branches = self._nodes[at]
            at = branches[taken.setdefault(variable, 0)]
        return ~at, taken

    def parts(self, diagram: Diagram) -> tuple[int, tuple[Diagram, ...]]:
        """The variable a part asks for, and where each of its values leads."""
        return self._nodes[diagram]

    def _combine(
        self, name: str, again: Callable[[Diagram, Diagram], Diagram], one: Diagram, other: Diagram
    ) -> Diagram:
        """Two diagrams of which at least one asks: branch by branch, each pair worked out once."""
        key = (name, one, other)
        found = self._combined.get(key)
        if found is None:
            variable, ones, others = self._step(one, other)
            found = self._combined[key] = self.node(variable, tuple(map(again, ones, others)))
        return found

    def _step(
        self, one: Diagram, other: Diagram
    ) -> tuple[int, tuple[Diagram, ...], tuple[Diagram, ...]]:
        """The earliest variable of the two, and where each goes on for each of its values."""
        variable, branches = min(self._nodes[at] for at in (one, other) if at >= 0)
        ones, others = (
            self._nodes[at][1]
            if at >= 0 and self._nodes[at][0] == variable
            else (at,) * len(branches)
            for at in (one, other)
        )
        return variable, ones, others
