"""A rulebook exactly as an author writes it; docs/rules.schema.json is generated from here."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.rules import Hit, Kind
from bot.loading.faults import Place
from bot.loading.kinds import PATH, ROW, Flag, Id, ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
_ID = Id()
_CLAUSE = "where the source says so"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenNumber:
    """A number that conditions may name."""

    place: Place
    value: int = key(Number(-10_000), "the number")
    clause: Written = key(_TEXT, _CLAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenIndicator:
    """One sign."""

    place: Place
    group: Written = key(_ID, "the group it is asked in")
    kind: Written = key(OneOf(tuple(Kind)), "harm, risk or background")
    text: Written = key(_TEXT, "the sign as a person reads it")
    clause: Written = key(_TEXT, _CLAUSE)
    why: Written | None = maybe(_TEXT, None, "why it has this kind")
    levels: tuple[int, ...] = maybe(ListOf(Number(0, 9)), (), "every column that lists it")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAdvice:
    """Something the person must be told."""

    place: Place
    text: Written = key(_TEXT, "what to tell")
    clause: Written = key(_TEXT, _CLAUSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRow:
    """One row of a table."""

    place: Place
    id: Written = key(ROW, "the row's name, for reasons and tests")
    for_each: Written | None = maybe(_TEXT, None, "`indicator`, or `indicator of GROUP`")
    when: tuple[Written, ...] = key(ListOf(_TEXT, or_one=True), "the conditions, or `always`")
    then: Written = key(_TEXT, "the outcome, one of the scale")
    clause: Written | None = maybe(_TEXT, None, f"{_CLAUSE}; for_each: its sign's")
    text: Written | None = maybe(_TEXT, None, "the reason, as a person reads it")
    routes: tuple[Written, ...] = maybe(ListOf(_ID), (), "the routes it opens")
    advice: tuple[Written, ...] = maybe(ListOf(_ID), (), "the advice it gives")
    emergency: bool = maybe(Flag(), default=False, doc="`yes`: shows 999 first")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOtherwise:
    """The outcome when no row matches."""

    place: Place
    then: Written = key(_TEXT, "the outcome, one of the scale")
    clause: Written = key(_TEXT, _CLAUSE)
    text: Written | None = maybe(_TEXT, None, "the reason, as a person reads it")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """Rows and how they are read."""

    place: Place
    hit: Written = key(OneOf(tuple(Hit)), "only_one or strongest")
    scale: tuple[Written, ...] = key(ListOf(_ID), "the outcomes, weakest first")
    otherwise: WrittenOtherwise | None = maybe(
        Shape(WrittenOtherwise), None, "the outcome when no row matches (strongest only)"
    )
    rows: tuple[WrittenRow, ...] = key(ListOf(Shape(WrittenRow)), "the rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenExample:
    """A case worked through by hand; what `expect` does not name is not compared."""

    place: Place
    name: Written = key(_TEXT, "what it shows")
    facts: Mapping[Written, Written | None] = key(
        MapOf(_TEXT), "facts and indicators; `rest: no` answers every other indicator"
    )
    expect: Mapping[Written, tuple[Written, ...] | None] = key(
        MapOf(ListOf(_TEXT, or_one=True)), "a table's outcome; rows, routes, advice, emergency"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBook:
    """A whole rulebook file."""

    place: Place
    rules: Written = key(PATH, "the id: the file's path below rules/, without .yaml")
    source: Written = key(_TEXT, "the document, its version and date")
    numbers: Mapping[Written, WrittenNumber | None] | None = maybe(
        MapOf(Shape(WrittenNumber)), None, "the numbers conditions name"
    )
    reads: tuple[Written, ...] = maybe(ListOf(_ID), (), "further facts it hands on")
    may_be_missing: tuple[Written, ...] = maybe(
        ListOf(_ID), (), "facts whose absence the rows face, so they may be skipped or not asked"
    )
    judgement: tuple[Written, ...] = maybe(
        ListOf(_ID),
        (),
        "the facts of the professional's own judgement, shown beside what is suggested without it",
    )
    groups: Mapping[Written, Written | None] | None = maybe(
        MapOf(_TEXT), None, "the groups of indicators and their titles"
    )
    indicators: Mapping[Written, WrittenIndicator | None] | None = maybe(
        MapOf(Shape(WrittenIndicator)), None, "the signs"
    )
    advice: Mapping[Written, WrittenAdvice | None] | None = maybe(
        MapOf(Shape(WrittenAdvice)), None, "what rows may tell"
    )
    tables: Mapping[Written, WrittenTable | None] = key(
        MapOf(Shape(WrittenTable)), "the decision tables, in the order they are evaluated"
    )
    must_hold: tuple[Written, ...] = maybe(ListOf(_TEXT), (), "properties proved at load")
    examples: tuple[WrittenExample, ...] = maybe(
        ListOf(Shape(WrittenExample)), (), "cases worked through by hand"
    )
