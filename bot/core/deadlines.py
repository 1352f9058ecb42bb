"""Dates that a practice document sets: worked out from the day on which somebody asks.

A date is moved by a local override only. A bank holiday adds a note and moves nothing, because
the document does not say what happens then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, TypeAlias, assert_never

from bot.core.holidays import Holidays

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = 12
_ENOUGH: Final = 25  # months to look ahead; a moved date is at most a few weeks away


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    id: str
    area: str
    what: str
    clause: str
    moved: Mapping[date, date] = field(default_factory=dict)  # the day it falls on -> instead

    def kept(self, day: date) -> date:
        """The day, or the local override's."""
        return self.moved.get(day, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Monthly(_Rule):
    """On one weekday of each month: `nth` 1 and `weekday` 3 is the first Thursday."""

    nth: int
    weekday: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(_Rule):
    """So many days before a Monthly one, named by its id."""

    days: int
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class After(_Rule):
    """So many days after the day on which somebody asks."""

    days: int


Deadline: TypeAlias = Monthly | Before | After


@dataclass(frozen=True, slots=True)
class Due:
    """One date: what happens then, and a note about a bank holiday or a moved date ("" none)."""

    id: str
    what: str
    day: date
    note: str
    clause: str

    @property
    def weekday(self) -> str:
        """The day of the week in English."""
        return WEEKDAYS[self.day.weekday()]

    @property
    def spoken(self) -> str:
        """The day as a person reads it: Thursday 7 January 2027."""
        return spoken(self.day)


def spoken(day: date) -> str:
    """Thursday 7 January 2027."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {day:%B} {day.year}"


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth (from 1) of a weekday (Monday is 0) in a month; ValueError where there is none."""
    first = date(year, month, 1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return date(year, month, day)


def worked_out(deadlines: tuple[Deadline, ...], on: date, holidays: Holidays) -> tuple[Due, ...]:
    """Every date as of the day `on`, in the order given.

    A monthly date is the first one not before `on`; where another date lies before it, the first
    whose earlier date is not before `on`: too late for this panel means the next.
    """
    monthly = {rule.id: rule for rule in deadlines if isinstance(rule, Monthly)}
    early = {rule.before: rule for rule in deadlines if isinstance(rule, Before)}
    usual = {id_: _usual_day(rule, early.get(id_), on) for id_, rule in monthly.items()}
    found = []
    for rule in deadlines:
        match rule:
            case Monthly():
                day = usual[rule.id]
            case Before():
                day = _before(rule, monthly[rule.before].kept(usual[rule.before]))
            case After():
                day = on + timedelta(days=rule.days)
            case _:
                assert_never(rule)
        found.append(_due(rule, day, holidays))
    return tuple(found)


def _usual_day(rule: Monthly, early: Before | None, on: date) -> date:
    """The day by the rule, before any override, of the occurrence that is still in time."""
    for day in _occurrences(rule, on):
        kept = rule.kept(day)
        last = early.kept(_before(early, kept)) if early else kept
        if last >= on:
            return day
    raise OverflowError(rule.id)


def _before(rule: Before, day: date) -> date:
    return day - timedelta(days=rule.days)


def _occurrences(rule: Monthly, on: date) -> Iterator[date]:
    """From the month before `on`: an override may have moved last month's into this one."""
    month = on.year * _MONTHS + on.month - 2
    for months in range(month, month + _ENOUGH):
        yield nth_weekday(months // _MONTHS, months % _MONTHS + 1, rule.nth, rule.weekday)


def _due(rule: Deadline, usual: date, holidays: Holidays) -> Due:
    day = rule.kept(usual)
    notes = []
    if day != usual:
        notes.append(f"Moved from {spoken(usual)} by a local decision.")
    if holiday := holidays.name(day):
        notes.append(f"This is a bank holiday in England ({holiday}). Please ask if it is moved.")
    return Due(rule.id, rule.what, day, " ".join(notes), rule.clause)
