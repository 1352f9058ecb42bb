"""A block of keys as a frozen dataclass: each field declares its key once, for the loader, the
exact faults and the editor's schema alike.

A field made by `key` must be written; one made by `maybe` may be. A trailing underscore is not
part of the key (`if_` is `if`). The field `place` receives where the block begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any, Generic, TypeVar, cast

from bot.loading.codes import Code
from bot.loading.faults import Faults, near
from bot.loading.kinds import Kind, Schema, join, wrong_kind
from bot.loading.source import Block, Node

T = TypeVar("T")
D = TypeVar("D")


def key(kind: Kind[T], doc: str) -> T:
    """A key that must be written."""
    return cast("T", field(metadata={"kind": kind, "doc": doc}))


def maybe(kind: Kind[T], default: D, doc: str) -> T | D:
    """A key that may be left out."""
    return cast("T | D", field(default=default, metadata={"kind": kind, "doc": doc}))


@dataclass(frozen=True, slots=True)
class _Key:
    name: str
    attribute: str
    kind: Kind[Any]
    doc: str
    needed: bool


@cache
def _keys(cls: Any) -> Mapping[str, _Key]:  # noqa: ANN401 - any written dataclass
    declared = [f for f in fields(cls) if "kind" in f.metadata]
    keys = [
        _Key(
            name=f.name.rstrip("_"),
            attribute=f.name,
            kind=f.metadata["kind"],
            doc=f.metadata["doc"],
            needed=f.default is MISSING,
        )
        for f in declared
    ]
    return {k.name: k for k in keys}


@dataclass(frozen=True, slots=True)
class Shape(Generic[T]):
    """The kind of a block that becomes one `cls`."""

    cls: type[T]

    def read(self, node: Node, name: str, faults: Faults) -> T | None:
        """The dataclass, or None when a key is missing or wrong; each fault is recorded."""
        if not isinstance(node, Block):
            wrong_kind(node, name, "a block of keys", faults)
            return None
        keys = _keys(cast("Any", self.cls))
        values = {}
        misspelt: set[str] = set()
        for written, value in node.pairs.items():
            known = keys.get(written)
            if known is None:
                message = f"`{name}` has no key `{written}`."
                faults.add(written.place, Code.UNKNOWN_KEY, message, written=written, allowed=keys)
                misspelt |= set(near(written, keys))
            else:
                values[known.attribute] = known.kind.read(value, written, faults)
        missing = [k.name for k in keys.values() if k.needed and k.attribute not in values]
        for absent in [name for name in missing if name not in misspelt]:
            message = f"`{name}` needs `{absent}`: {keys[absent].doc}"
            faults.add(node.place, Code.MISSING_KEY, message)
        if missing or any(value is None for value in values.values()):
            return None
        build: Callable[..., T] = self.cls
        return build(place=node.place, **values)

    def schema(self) -> Schema:
        """An object with exactly these keys."""
        keys = _keys(cast("Any", self.cls))
        return {
            "type": "object",
            "properties": {
                k.name: {**k.kind.schema(), "description": k.doc} for k in keys.values()
            },
            "required": [k.name for k in keys.values() if k.needed],
            "additionalProperties": False,
        }


@dataclass(frozen=True, slots=True)
class ShapeByKey(Generic[T]):
    """A block whose kind is told by one key that it must hold, such as a step or an edge."""

    shapes: Mapping[str, Shape[Any]]

    def read(self, node: Node, name: str, faults: Faults) -> T | None:
        """The dataclass of the first of these keys that the block holds."""
        if not isinstance(node, Block):
            wrong_kind(node, name, "a block of keys", faults)
            return None
        told = [k for k in self.shapes if k in node.pairs]
        if told:
            return cast("T | None", self.shapes[told[0]].read(node, name, faults))
        message = f"`{name}` needs one of {join(list(self.shapes))}."
        written = next(iter(node.pairs), "")
        faults.add(node.place, Code.MISSING_KEY, message, written=written, allowed=self.shapes)
        return None

    def schema(self) -> Schema:
        """Any one of the objects."""
        return {"oneOf": [shape.schema() for shape in self.shapes.values()]}
