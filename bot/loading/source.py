"""Strings-only YAML, each value with the place where it is written.

Read from libyaml's events, not from its nodes: there an anchor, an alias and a tag can still be
seen, and nothing is built that an alias could blow up. No value is guessed: `no` stays the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, TypeAlias

import yaml

from bot.loading.codes import Code
from bot.loading.faults import Faults, Place

MAX_BYTES: Final = 512 * 1024
MAX_DEPTH: Final = 20
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class Written(str):
    """A text exactly as an author wrote it, and where."""

    __slots__ = ("place",)
    place: Place

    def __new__(cls, text: str, place: Place) -> Self:
        """`text` at `place`; equal to the plain text in every comparison."""
        written = super().__new__(cls, text)
        written.place = place
        return written

    def __getnewargs__(self) -> tuple[str, Place]:  # type: ignore[override]
        """What a copy is made of."""
        return str(self), self.place


@dataclass(frozen=True, slots=True)
class Items:
    """A list as written."""

    items: tuple[Node, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A block of keys and values as written, in order."""

    pairs: Mapping[Written, Node]
    place: Place


Node: TypeAlias = Written | Items | Block


class _Refused(Exception):  # noqa: N818 - ends the reading of one file; its fault is recorded
    pass


def read(file: str, raw: bytes, faults: Faults) -> Block | None:
    """The top block of one file, or None when a fault was recorded instead."""
    text = text_of(file, raw, faults)
    if text is None:
        return None
    try:
        node = _Reader(file, text, faults).document()
    except _Refused:
        return None
    if isinstance(node, Block):
        return node
    faults.add(node.place, Code.WRONG_KIND, "A file is a block of keys and values.")
    return None


def text_of(file: str, raw: bytes, faults: Faults) -> str | None:
    """A file as text, or None when a fault was recorded instead."""
    if len(raw) > MAX_BYTES:
        kilobytes = len(raw) // 1024
        message = f"The file has {kilobytes} kB; split it, 512 kB are allowed."
        faults.add(Place(file, 1), Code.TOO_LARGE, message)
        return None
    if (tab := raw.find(b"\t")) >= 0:
        faults.add(_line_of(file, raw, tab), Code.TAB, "Replace the tab by spaces.")
        return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _line_of(file, raw, error.start)
        faults.add(place, Code.NOT_UTF8, "Save the file as UTF-8; this line holds other bytes.")
        return None


def _line_of(file: str, raw: bytes, offset: int) -> Place:
    return Place(file, raw.count(b"\n", 0, offset) + 1)


class _Reader:
    """Builds nodes from the events of one document."""

    def __init__(self, file: str, text: str, faults: Faults) -> None:
        self.file = file
        self.faults = faults
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Node:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise self._refuse(1, Code.MISSING_KEY, "The file is empty.")
        node = self._node(self._next(), 1)
        self._next()  # the document ends
        after = self._next()
        if not isinstance(after, yaml.StreamEndEvent):
            line = after.start_mark.line + 1
            raise self._refuse(line, Code.SYNTAX, "A file holds one document; remove the `---`.")
        return node

    def _next(self) -> Any:  # noqa: ANN401 - yaml's events are untyped
        try:
            return next(self.events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            said = error.problem or "it cannot be read"
            raise self._refuse(line, Code.SYNTAX, f"This is not YAML: {said}.") from None
        except yaml.YAMLError:
            said = "a character that may not be printed"
            raise self._refuse(1, Code.SYNTAX, f"This is not YAML: it holds {said}.") from None

    def _refuse(self, line: int, code: Code, message: str) -> _Refused:
        self.faults.add(Place(self.file, line), code, message)
        return _Refused()

    def _node(self, event: Any, depth: int) -> Node:  # noqa: ANN401
        line = event.start_mark.line + 1
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._refuse(line, Code.ALIAS, "Write the value out; no anchors, no aliases.")
        if event.tag:
            raise self._refuse(line, Code.TAG, "Remove the tag; every value is read as text.")
        if isinstance(event, yaml.ScalarEvent):
            return Written(event.value, Place(self.file, line))
        if depth > MAX_DEPTH:
            raise self._refuse(line, Code.TOO_DEEP, "Nest values at most 20 deep.")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._items(Place(self.file, line), depth)
        return self._block(Place(self.file, line), depth)

    def _items(self, place: Place, depth: int) -> Items:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Items(tuple(items), place)

    def _block(self, place: Place, depth: int) -> Block:
        pairs: dict[Written, Node] = {}
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key, Written):
                self.faults.add(key.place, Code.WRONG_KIND, "A key is one word.")
            elif key == "<<":
                self.faults.add(key.place, Code.ALIAS, "Write the keys out; no merge keys.")
            elif key in pairs:
                first = next(k for k in pairs if k == key)
                message = f"`{key}` is already written on line {first.place.line}."
                self.faults.add(key.place, Code.DUPLICATE_KEY, message)
            else:
                pairs[key] = value
        return Block(pairs, place)
