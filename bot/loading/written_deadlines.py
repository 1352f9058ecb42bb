"""Dates and bank holidays exactly as they are written in a pack."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from bot.loading.faults import Place
from bot.loading.kinds import Day, Id, ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, ShapeByKey, key, maybe
from bot.loading.source import Written

_TEXT = Text()
NTH: Final = ("first", "second", "third", "fourth")
DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_EVERY: Final = OneOf(tuple(f"{nth} {day}" for nth in NTH for day in DAYS))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMove:
    """One date moved by a local decision."""

    place: Place
    from_: date = key(Day(), "the day by the rule")
    to: date = key(Day(), "the day instead")
    why: Written = key(_TEXT, "who decided it, and why")


_MOVES = ListOf(Shape(WrittenMove))


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMonthly:
    """A weekday of each month."""

    place: Place
    what: Written = key(_TEXT, "what happens on that day")
    every: Written = key(_EVERY, "first thursday, third thursday, …")
    clause: Written = key(_TEXT, "where the source says so")
    ahead: int = maybe(Number(1, 24), 1, "how many of them a calendar file holds; 1 if left out")
    moved: tuple[WrittenMove, ...] = maybe(_MOVES, (), "dates moved by a local decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenBefore:
    """So many days before another date."""

    place: Place
    what: Written = key(_TEXT, "what must have happened by then")
    before: Written = key(Id(), "the date it goes by")
    days: int = key(Number(1, 366), "how many days before")
    clause: Written = key(_TEXT, "where the source says so")
    moved: tuple[WrittenMove, ...] = maybe(_MOVES, (), "dates moved by a local decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAfter:
    """So many days after a day that was told, or after the day on which somebody asks."""

    place: Place
    what: Written = key(_TEXT, "what happens then")
    days_after: int = key(Number(1, 3660), "how many days after")
    since: tuple[Written, ...] = maybe(
        ListOf(Id()), (), "facts that are days; it counts from the first that was told, else today"
    )
    opens: Written | None = maybe(Id(), None, "the date at which the window opens that ends here")
    window: Written | None = maybe(_TEXT, None, "what a calendar calls that window")
    clause: Written = key(_TEXT, "where the source says so")


WrittenDeadline: TypeAlias = WrittenMonthly | WrittenBefore | WrittenAfter
_DEADLINE: ShapeByKey[WrittenDeadline] = ShapeByKey(
    {
        "every": Shape(WrittenMonthly),
        "before": Shape(WrittenBefore),
        "days_after": Shape(WrittenAfter),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesFile:
    """rules/<area>/deadlines.yaml."""

    place: Place
    deadlines: Mapping[Written, WrittenDeadline | None] = key(
        MapOf(_DEADLINE), "the dates that the source sets"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenProclaimed:
    """One bank holiday that follows no rule."""

    place: Place
    day: date = key(Day(), "the day")
    name: Written = key(_TEXT, "its name")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenHolidays:
    """What the rules for bank holidays do not give."""

    place: Place
    proclaimed: tuple[WrittenProclaimed, ...] = key(
        ListOf(Shape(WrittenProclaimed)), "days proclaimed once"
    )
    moved: tuple[WrittenMove, ...] = key(_MOVES, "days moved for one year")


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidaysFile:
    """rules/common/holidays.yaml."""

    place: Place
    holidays: WrittenHolidays = key(Shape(WrittenHolidays), "bank holidays beside the rules")


FILES: Mapping[str, type] = {"deadlines": DeadlinesFile, "holidays": HolidaysFile}
