"""The kinds of value a key can have: each reads a node exactly, and describes itself to editors.

`read` gives the value, or None once it has recorded a fault.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, Protocol, TypeAlias, TypeVar

from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.source import Block, Items, Node, Written

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")
Schema: TypeAlias = dict[str, Any]

_SLUG: Final = r"[a-z0-9_]+"


class Kind(Protocol[T_co]):
    """What may stand behind a key."""

    def read(self, node: Node, name: str, faults: Faults) -> T_co | None:
        """The value of the key `name`, or None after recording why not."""

    def schema(self) -> Schema:
        """The same in JSON Schema."""


def found(node: Node) -> str:
    """What a node is, in words."""
    match node:
        case Items():
            return "a list"
        case Block():
            return "a block of keys"
        case _:
            return "a text" if node else "nothing"


def wrong_kind(node: Node, name: str, wanted: str, faults: Faults) -> None:
    """Record that `wanted` was expected at this key."""
    faults.add(node.place, Code.WRONG_KIND, f"`{name}` is {wanted}; here is {found(node)}.")


@dataclass(frozen=True, slots=True)
class Text:
    """Words for people or machines, not empty."""

    def read(self, node: Node, name: str, faults: Faults) -> Written | None:
        """The text without blank lines around it."""
        if not isinstance(node, Written) or not node.strip():
            wrong_kind(node, name, "a text", faults)
            return None
        return Written(node.strip(), node.place)

    def schema(self) -> Schema:
        """A string; editors see numbers and booleans where people write plain words."""
        return {"type": ["string", "number", "boolean"]}


@dataclass(frozen=True, slots=True)
class Id:
    """A stable name: `slug`, or for a path `area/name`."""

    pattern: str = _SLUG
    wanted: str = "small letters, digits and _"

    def read(self, node: Node, name: str, faults: Faults) -> Written | None:
        """The id."""
        text = Text().read(node, name, faults)
        if text is None or re.fullmatch(self.pattern, text):
            return text
        message = f"`{text}` cannot stand for {name}: it is made of {self.wanted}."
        faults.add(text.place, Code.WRONG_ID, message)
        return None

    def schema(self) -> Schema:
        """A string of that pattern."""
        return {"type": ["string", "integer"], "pattern": f"^{self.pattern}$"}


PATH: Final = Id(rf"({_SLUG}|\{{area\}})/{_SLUG}", "an area and a name, such as common/start")
ROW: Final = Id(r"[A-Za-z0-9_-]+", "letters, digits, - and _")


@dataclass(frozen=True, slots=True)
class OneOf:
    """One word of a closed set."""

    words: tuple[str, ...]

    def read(self, node: Node, name: str, faults: Faults) -> Written | None:
        """The word."""
        text = Text().read(node, name, faults)
        if text is None or text in self.words:
            return text
        message = f"`{name}` is one of {', '.join(self.words)}; not `{text}`."
        faults.add(text.place, Code.WRONG_VALUE, message, written=text, allowed=self.words)
        return None

    def schema(self) -> Schema:
        """An enumeration; yes and no are booleans to an editor that reads YAML 1.1."""
        booleans = [True, False] if {"yes", "no"} <= set(self.words) else []
        return {"enum": [*self.words, *booleans]}


@dataclass(frozen=True, slots=True)
class Flag:
    """yes or no."""

    def read(self, node: Node, name: str, faults: Faults) -> bool | None:
        """True for yes."""
        word = OneOf(("yes", "no")).read(node, name, faults)
        return None if word is None else word == "yes"

    def schema(self) -> Schema:
        """The two words."""
        return OneOf(("yes", "no")).schema()


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number within bounds."""

    minimum: int = 0
    maximum: int = 1_000_000

    def read(self, node: Node, name: str, faults: Faults) -> int | None:
        """The number."""
        text = Text().read(node, name, faults)
        if text is None:
            return None
        if re.fullmatch(r"-?[0-9]{1,9}", text) and self.minimum <= int(text) <= self.maximum:
            return int(text)
        allowed = f"from {self.minimum} to {self.maximum}"
        message = f"`{name}` is a whole number {allowed}; not `{text}`."
        faults.add(text.place, Code.WRONG_NUMBER, message)
        return None

    def schema(self) -> Schema:
        """An integer within the bounds."""
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""

    def read(self, node: Node, name: str, faults: Faults) -> date | None:
        """The day."""
        text = Text().read(node, name, faults)
        if text is None:
            return None
        try:
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        message = f"`{name}` is a day written YYYY-MM-DD; not `{text}`."
        faults.add(text.place, Code.WRONG_DATE, message)
        return None

    def schema(self) -> Schema:
        """An ISO date."""
        return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """Several of one kind; with `or_one`, one alone may stand without its list."""

    kind: Kind[T]
    or_one: bool = False

    def read(self, node: Node, name: str, faults: Faults) -> tuple[T, ...] | None:
        """The values in order."""
        if self.or_one and not isinstance(node, Items):
            one = self.kind.read(node, name, faults)
            return None if one is None else (one,)
        if not isinstance(node, Items):
            wrong_kind(node, name, "a list", faults)
            return None
        values = [self.kind.read(item, name, faults) for item in node.items]
        kept = tuple(value for value in values if value is not None)
        return kept if len(kept) == len(values) else None

    def schema(self) -> Schema:
        """An array."""
        array: Schema = {"type": "array", "items": self.kind.schema()}
        return {"anyOf": [self.kind.schema(), array]} if self.or_one else array


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """Ids of the author's own, each with one value. A broken value is left out and recorded."""

    kind: Kind[T]
    key: Id = Id()

    def read(self, node: Node, name: str, faults: Faults) -> Mapping[Written, T | None] | None:
        """Id to value in the order of the file; None where the value has a fault."""
        if not isinstance(node, Block):
            wrong_kind(node, name, "a block of keys", faults)
            return None
        return {
            key: self.kind.read(value, key, faults)
            if self.key.read(key, "an id", faults)
            else None
            for key, value in node.pairs.items()
        }

    def schema(self) -> Schema:
        """An object with keys of that pattern."""
        return {
            "type": "object",
            "patternProperties": {f"^{self.key.pattern}$": self.kind.schema()},
            "additionalProperties": False,
        }


def join(words: Sequence[str]) -> str:
    """`a, b or c`."""
    return " or ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else list(words))
