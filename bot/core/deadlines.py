"""Dates that a practice document sets: worked out from the day on which somebody asks.

A date is moved by a local override only. A bank holiday adds a note and moves nothing, because
the document does not say what happens then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, TypeAlias, assert_never

from bot.core.holidays import Holidays
from bot.core.spoken import WEEKDAYS, spoken

_MONTHS: Final = 12
NO_DAYS: Final[Mapping[str, date]] = {}
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
    """On one weekday of each month: `nth` 1 and `weekday` 3 is the first Thursday. A calendar file
    holds `ahead` of them.
    """

    nth: int
    weekday: int
    ahead: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(_Rule):
    """So many days before a Monthly one, named by its id."""

    days: int
    before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class After(_Rule):
    """So many days after the first of the days `since` that was told, by fact; where none was,
    after the day on which somebody asks. With the date that `opens` it, it is one `window` of a
    calendar.
    """

    days: int
    since: tuple[str, ...] = ()
    opens: str = ""
    window: str = ""


Deadline: TypeAlias = Monthly | Before | After


@dataclass(frozen=True, slots=True)
class Due:
    """One date: what happens then, and a note about a bank holiday or a moved date ("" none)."""

    id: str
    what: str
    day: date
    note: str
    clause: str
    holiday: str = ""  # the bank holiday on that day
    moved_from: date | None = None  # the day that the rule gave, where a local decision moved it
    counted: str = ""  # from which day it counts, where that is one that is told
    counts_from: date | None = None  # the same as a day, and also where it counts from today

    @property
    def weekday(self) -> str:
        """The day of the week in English."""
        return WEEKDAYS[self.day.weekday()]

    @property
    def spoken(self) -> str:
        """The day as a person reads it: Thursday 7 January 2027."""
        return spoken(self.day)

    @property
    def in_a_sentence(self) -> str:
        """The same, with what must be known of it in brackets."""
        asides = [self.counted] if self.counted else []
        if self.moved_from:
            asides.append(f"moved from {spoken(self.moved_from)} by a local decision")
        if self.holiday:
            asides.append(f"a bank holiday, {self.holiday}: please ask if it is moved")
        return f"{self.spoken} ({'; '.join(asides)})" if asides else self.spoken


@dataclass(frozen=True, slots=True)
class Missed:
    """A date that still comes and that it is too late for: the last day has gone by."""

    day: date
    last_day: date


def missed(deadlines: tuple[Deadline, ...], id_: str, on: date) -> Missed | None:
    """The next of a monthly date, where `on` is too late for it; else None."""
    for early in deadlines:
        if isinstance(early, Before) and early.before == id_:
            rule = next(r for r in deadlines if isinstance(r, Monthly) and r.id == id_)
            days = (rule.kept(day) for day in _occurrences(rule, on))
            day = next(day for day in days if day >= on)
            last = early.kept(_before(early, day))
            return Missed(day, last) if last < on else None
    return None


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth (from 1) of a weekday (Monday is 0) in a month; ValueError where there is none."""
    first = date(year, month, 1)
    day = 1 + (weekday - first.weekday()) % 7 + 7 * (nth - 1)
    return date(year, month, day)


def worked_out(
    deadlines: tuple[Deadline, ...],
    on: date,
    holidays: Holidays,
    days: Mapping[str, date] = NO_DAYS,
) -> tuple[Due, ...]:
    """Every date as of the day `on` and of the days told, by fact, in the order given.

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
                found.append(_counted(rule, on, holidays, days))
                continue
            case _:
                assert_never(rule)
        found.append(_due(rule, day, holidays))
    return tuple(found)


def run_of(
    deadlines: tuple[Deadline, ...], rule: Monthly, on: date, holidays: Holidays
) -> list[Due]:
    """The next of a monthly date, as many as a calendar file holds."""
    found: list[Due] = []
    for _ in range(rule.ahead):
        day = found[-1].day + timedelta(days=1) if found else on
        found += [due for due in worked_out(deadlines, day, holidays) if due.id == rule.id]
    return found


def _counted(rule: After, on: date, holidays: Holidays, days: Mapping[str, date]) -> Due:
    """A date that counts from a day that was told, or from today; it may have gone by already."""
    start = next((days[fact] for fact in rule.since if fact in days), on)
    due = _due(rule, start + timedelta(days=rule.days), holidays)
    due = replace(due, counts_from=start)
    if not rule.since:
        return due
    told = "counted from " + (spoken(start) if start != on else "today")
    return replace(due, counted=f"{told}; already past" if due.day < on else told)


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
    moved_from = usual if day != usual else None
    return Due(rule.id, rule.what, day, " ".join(notes), rule.clause, holiday, moved_from)
