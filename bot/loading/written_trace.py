"""The trace exactly as it is written: each statement of a source document and where it lives."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from dataclasses import dataclass

from bot.loading.faults import Place
from bot.loading.kinds import Id, ListOf, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
KINDS = ("duty", "item")
REASONS = ("superseded", "repeated", "organisation_only", "not_advice")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenStatement:
    """One statement that asks somebody to do something (duty), or one list item."""

    place: Place
    section: Written = key(_TEXT, "the section title or paragraph number")
    statement: Written = key(_TEXT, "what it says, in our words, in one sentence")
    kind: Written = key(OneOf(KINDS), "duty or item")
    lives_at: tuple[Written, ...] = maybe(
        ListOf(_TEXT),
        (),
        "where it lives: route:wirral_cadt or dialog:wirral/entry#points",
    )
    left_out_because: Written | None = maybe(OneOf(REASONS), None, "why it has no home")


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceFile:
    """rules/<area>/trace.yaml."""

    place: Place
    trace: Written = key(Id(), "the area")
    document: Written = key(_TEXT, "the document and its date")
    rows: tuple[WrittenStatement | None, ...] = key(
        ListOf(Shape(WrittenStatement)), "every statement, in the order of the document"
    )
