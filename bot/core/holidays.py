"""The bank holidays of England: those that follow a rule, and those that were proclaimed.

Banking and Financial Dealings Act 1971, Schedule 1, and the royal proclamations made under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

_DAY: Final = timedelta(days=1)
_WEEKEND: Final = (5, 6)  # Christmas Day on one of these is off work on the 27th
_BEFORE_SUNDAY: Final = (4, 5)  # then Boxing Day is a Saturday or Sunday, off work on the 28th


@dataclass(frozen=True, slots=True)
class Holidays:
    """What the rules do not give: days proclaimed once, by name, and days moved for one year."""

    proclaimed: Mapping[date, str] = field(default_factory=dict)
    moved: Mapping[date, date] = field(default_factory=dict)  # the usual day -> that year's day

    def name(self, day: date) -> str:
        """The bank holiday's name, or "" when the day is none."""
        return self.of(day.year).get(day, "")

    def of(self, year: int) -> dict[date, str]:
        """Every bank holiday in England in that year, by day."""
        usual = dict(_usual(year))
        found = {self.moved.get(day, day): name for day, name in usual.items()}
        found |= {day: name for day, name in self.proclaimed.items() if day.year == year}
        return dict(sorted(found.items()))


def _usual(year: int) -> Iterator[tuple[date, str]]:
    sunday = easter(year)
    new_year = date(year, 1, 1)
    yield (
        (_monday_from(new_year) if new_year.weekday() in _WEEKEND else new_year),
        "New Year's Day",
    )
    yield sunday - 2 * _DAY, "Good Friday"
    yield sunday + _DAY, "Easter Monday"
    yield _monday_from(date(year, 5, 1)), "Early May bank holiday"
    yield _monday_from(date(year, 5, 25)), "Spring bank holiday"
    yield _monday_from(date(year, 8, 25)), "Summer bank holiday"
    christmas = date(year, 12, 25).weekday()
    yield date(year, 12, 27 if christmas in _WEEKEND else 25), "Christmas Day"
    yield date(year, 12, 28 if christmas in _BEFORE_SUNDAY else 26), "Boxing Day"


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, of_century = divmod(year, 100)
    skipped, left = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - skipped - correction + 15) % 30
    leaps, after = divmod(of_century, 4)
    to_sunday = (32 + 2 * left + 2 * leaps - moon - after) % 7
    late = (year % 19 + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday_from(day: date) -> date:
    """The first Monday on this day or after it."""
    return day + timedelta(days=-day.weekday() % 7)
