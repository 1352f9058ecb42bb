"""Days as people in Britain write them; read day first, and never guessed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.core.catalogue import normal

_DATE: Final = re.compile(r"(\d{1,2})[ ./-](\d{1,2}|[a-z]{3,9})(?:[ ./-](\d{4}|\d{2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTHS: Final = (
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
)
_CENTURY: Final = 100
_NAMED: Final = {"yesterday": -1, "today": 0, "tomorrow": 1}
_YEARS: Final = 9  # 29 February may lie eight years off


def read_date(
    words: str, today: date, first: date = date.min, last: date = date.min
) -> date | None:
    """A day as people in Britain write it: 21/3/2015, 21 March 2015, 2015-03-21, today, tomorrow.
    Without a year it is the last such day, or the next one where only days to come are asked for
    (`first` is today). A year of two digits is never after that of `last`. Anything else is None.
    """
    text = normal(words).replace(",", "")
    if text in _NAMED:
        return today + timedelta(days=_NAMED[text])
    if iso := _ISO.fullmatch(text):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DATE.fullmatch(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text))
    if found is None:
        return None
    day, month, year = int(found[1]), _month(found[2]), found[3]
    if year is None:
        on = 1 if first >= today else -1
        days = (_day(today.year + on * years, month, day) for years in range(_YEARS))
        return next((d for d in days if d and (d - today).days * on >= 0), None)
    full = int(year)
    if len(year) == 2:  # noqa: PLR2004 - two digits of a year
        full += today.year // _CENTURY * _CENTURY
        full -= _CENTURY * (full > max(today, last).year)
    return _day(full, month, day)


def _month(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return _MONTHS.index(word[:3]) + 1 if word[:3] in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
