"""Times made coarse before they are stored. Minutes since 1970, UTC, throughout."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

_HOUR: Final = 60
_DAY: Final = 24 * 60
_STEP: Final = 10
_LONGEST_WAIT: Final = 2 * _DAY
_KEPT: Final = 3 * _DAY
_REMEMBERED_DAYS: Final = 180  # a receipt's 90 days, and 90 more after an addition


def minutes(moment: datetime) -> int:
    """The moment in minutes."""
    return int(moment.timestamp()) // 60


def lapse(lapses: int) -> int:
    """When a session may be erased: the full hour at or after it."""
    return _up(lapses, _HOUR)


def hour(moment: int) -> int:
    """The full hour at or after a time of an errand."""
    return _up(moment, _HOUR)


def first_due(now: int, hold: int, *, anonymous: bool) -> int:
    """When a new item is due: 0, which is at once, or after its hold; of an anonymous item in
    steps of ten minutes.
    """
    if hold <= 0:
        return 0
    return step(now + hold) if anonymous else now + hold


def step(due: int) -> int:
    """When an anonymous item is tried again: the waits between tries are known, so a finer time
    would give the minute in which it was saved.
    """
    return _up(due, _STEP)


def never(now: int) -> int:
    """Nothing is put off beyond this: what is due later was put off by a wrong clock."""
    return now + _LONGEST_WAIT


def to_come(before: int) -> int:
    """Of what is kept from `before` until now, nothing was delivered later than this: a wrong
    clock said so, and nobody knows how old it is.
    """
    return before + _KEPT


def day_start(now: int) -> int:
    """All that is kept of when an item was delivered. Earlier than the truth, so its
    content is destroyed within the promised hours and never after.
    """
    return now - now % _DAY


def canaries_before(today: str) -> str:
    """The day before which no program still waits for its test: it may be past midnight."""
    return (date.fromisoformat(today) - timedelta(days=1)).isoformat()


def forget_before(today: str) -> str:
    """The day before which no receipt can ask after an item any more."""
    return (date.fromisoformat(today) - timedelta(days=_REMEMBERED_DAYS)).isoformat()


def _up(value: int, step: int) -> int:
    return -(-value // step) * step
