"""The trace exactly as it is written: each statement of a source document and where it lives."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.loading.faults import Place
from bot.loading.kinds import Id, ListOf, MapOf, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
_HOME: Final = Id(r"[a-z]+:[A-Za-z0-9_/#.]+", "a kind and a name, such as route:wirral_cadt")
_PIECES: Final = ListOf(_TEXT, or_one=True)
KINDS = ("duty", "item")
REASONS = ("superseded", "repeated", "organisation_only", "not_advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStatement:
    """One statement that asks somebody to do something (duty), or one list item."""

    place: Place
    section: Written = key(_TEXT, "the section title or paragraph number")
    statement: Written = key(_TEXT, "what it says, in our words, in one sentence")
    kind: Written = key(OneOf(KINDS), "duty or item")
    lives_at: Mapping[Written, tuple[Written, ...] | None] | None = maybe(
        MapOf(_PIECES, _HOME),
        None,
        "where it lives, and the words of ours that say it there: "
        "`route:wirral_cadt: decide within 24 hours`",
    )
    left_out_because: Written | None = maybe(OneOf(REASONS), None, "why it has no home")

    @property
    def homes(self) -> Mapping[Written, tuple[Written, ...]]:
        """The words that say it, by home; none where they are written wrongly."""
        return {home: said or () for home, said in (self.lives_at or {}).items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceFile:
    """rules/<area>/trace.yaml."""

    place: Place
    trace: Written = key(Id(), "the area")
    document: Written = key(_TEXT, "the document and its date")
    rows: tuple[WrittenStatement | None, ...] = key(
        ListOf(Shape(WrittenStatement)), "every statement, in the order of the document"
    )
