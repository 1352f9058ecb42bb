"""The files that a step hands over, exactly as an author writes them."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.loading.faults import Faults, Place
from bot.loading.kinds import PATH, Id, ListOf, Number, OneOf, Schema, Text
from bot.loading.shape import Shape, ShapeByKey, key, maybe
from bot.loading.source import Node, Written

_TEXT: Final = Text()
_LABEL: Final = "the button, where the usual label does not say it"
_WORD: Final = OneOf(("documents",))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDocuments:
    """The paper and submission.json of what was told."""

    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDates:
    """Dates as a calendar file."""

    place: Place
    calendar: tuple[Written, ...] = key(ListOf(Id(), or_one=True), "dates of deadlines.yaml")
    button: Written | None = maybe(_TEXT, None, _LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPicture:
    """The picture of a dialog."""

    place: Place
    picture: Written = key(PATH, "the dialog whose picture it is, or AREA/pathway")
    button: Written | None = maybe(_TEXT, None, _LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenReminder:
    """One message before a date, for who says so."""

    place: Place
    remind: Written = key(Id(), "a date of deadlines.yaml")
    days_before: int = maybe(Number(0, 30), 2, "how many days before it; 2 where nothing is said")
    button: Written | None = maybe(_TEXT, None, _LABEL)


WrittenBlock: TypeAlias = WrittenDates | WrittenPicture | WrittenReminder
WrittenGift: TypeAlias = WrittenDocuments | WrittenBlock
_BLOCKS: ShapeByKey[WrittenBlock] = ShapeByKey(
    {
        "calendar": Shape(WrittenDates),
        "picture": Shape(WrittenPicture),
        "remind": Shape(WrittenReminder),
    }
)


@dataclass(frozen=True, slots=True)
class _Gift:
    """The word `documents`, or a block that says which dates or which picture."""

    def read(self, node: Node, name: str, faults: Faults) -> WrittenGift | None:
        """The gift."""
        if not isinstance(node, Written):
            return _BLOCKS.read(node, name, faults)
        word = _WORD.read(node, name, faults)
        return None if word is None else WrittenDocuments(place=word.place)

    def schema(self) -> Schema:
        """A word or an object."""
        return {"anyOf": [_WORD.schema(), _BLOCKS.schema()]}


GIFTS: Final[ListOf[WrittenGift]] = ListOf(_Gift(), or_one=True)
GIVES: Final = "files to ask for here: documents, {calendar: [date, ...]}, {picture: area/dialog}"
