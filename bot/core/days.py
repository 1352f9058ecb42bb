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


def read_date(words: str, today: date) -> date | None:
    """A day as people in Britain write it: 21/3/2015, 21 March 2015, 2015-03-21, today, yesterday.
    Without a year it is the last such day; anything else is None.
    """
    text = normal(words).replace(",", "")
    if text in {"today", "yesterday"}:
        return today - timedelta(days=text == "yesterday")
    if iso := _ISO.fullmatch(text):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    found = _DATE.fullmatch(re.sub(r"(?<=\d)(st|nd|rd|th)\b", "", text))
    if found is None:
        return None
    day, month, year = int(found[1]), _month(found[2]), found[3]
    if year is None:  # the last such day; 29 February may lie years back
        days = (_day(today.year - back, month, day) for back in range(9))
        return next((found for found in days if found and found <= today), None)
    full = int(year)
    if len(year) == 2:  # noqa: PLR2004 - two digits of a year
        full += today.year // _CENTURY * _CENTURY
        full -= _CENTURY * (full > today.year)
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
