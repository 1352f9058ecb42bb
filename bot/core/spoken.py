"""A day as a person reads it: the one writer of dates in words."""

from __future__ import annotations

from datetime import date
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def spoken(day: date) -> str:
    """Thursday 7 January 2027."""
    return f"{WEEKDAYS[day.weekday()]} {without_weekday(day)}"


def without_weekday(day: date) -> str:
    """7 January 2027, where the day of the week says nothing."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
