"""Where a step of a dialog leads, exactly as an author writes it."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.loading.faults import Faults, Place
from bot.loading.kinds import Id, ListOf, Schema, Text
from bot.loading.shape import Shape, ShapeByKey, key
from bot.loading.source import Block, Items, Node, Written

_TEXT: Final = Text()
_ID: Final = Id()


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenIf:
    """An edge with conditions."""

    place: Place
    if_: tuple[Written, ...] = key(ListOf(_TEXT, or_one=True), "the conditions; all must hold")
    go: Written = key(_ID, "the step to go to when they hold")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenElse:
    """The last edge."""

    place: Place
    else_: Written = key(_ID, "the step to go to when no condition above holds")


WrittenEdge: TypeAlias = WrittenIf | WrittenElse
_EDGES: ListOf[WrittenEdge] = ListOf(
    ShapeByKey({"if": Shape(WrittenIf), "else": Shape(WrittenElse)})
)


@dataclass(frozen=True, slots=True)
class _Next:
    """One step id, or a list of edges."""

    def read(self, node: Node, name: str, faults: Faults) -> tuple[WrittenEdge, ...] | None:
        """The edges; a step id alone is an `else`."""
        if isinstance(node, Items | Block):
            return _EDGES.read(node, name, faults)
        step = _ID.read(node, name, faults)
        return None if step is None else (WrittenElse(place=step.place, else_=step),)

    def schema(self) -> Schema:
        """A string or an array."""
        return {"anyOf": [_ID.schema(), _EDGES.schema()]}


NEXT: Final = _Next()
NEXT_DOC: Final = "where to go: one step, or a list of {if, go} that ends in {else}"
