"""Dates as a calendar file that a phone opens (RFC 5545): whole days, in local time.

A whole-day entry is the same day wherever it is read; the Europe/London zone is named for the
calendar, so no clock change can move it. Nothing in it names a child or a case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.core.deadlines import Due
from bot.core.spoken import spoken

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
ZONE: Final = "Europe/London"
_OCTETS: Final = 75  # a line of the file, without its end
_HEAD: Final = (
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//safeguarding bot//dates//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    f"X-WR-TIMEZONE:{ZONE}",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: from the first day to the last, both included."""

    id: str
    title: str
    first: date
    last: date
    note: str = ""


def entries(dues: Iterable[Due], windows: Iterable[tuple[str, str, str]] = ()) -> list[Entry]:
    """An entry for each date. Each of `windows` (title, first id, last id) makes two dates one."""
    single, found = list(dues), []
    for title, first, last in windows:
        opens, closes = (next(due for due in single if due.id == id_) for id_ in (first, last))
        single = [due for due in single if due not in (opens, closes)]
        notes = " ".join(note for note in (_note(opens), closes.note) if note)
        found.append(Entry(first, title, opens.day, closes.day, notes))
    found += [Entry(due.id, due.what, due.day, due.day, _note(due)) for due in single]
    return sorted(found, key=lambda entry: (entry.first, entry.id))


def _note(due: Due) -> str:
    """What must be known of it, and from which day it counts."""
    counts = f"Counted from {spoken(due.counts_from)}." if due.counts_from else ""
    return " ".join(note for note in (counts, due.note) if note)


def calendar(listed: Iterable[Entry], made: datetime) -> bytes:
    """The file. `made` is the moment in UTC that it says it was made at."""
    lines = [*_HEAD]
    for entry in listed:
        lines += _event(entry, made)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()


def _event(entry: Entry, made: datetime) -> Iterator[str]:
    after = entry.last + timedelta(days=1)  # the end of a whole-day entry is the day after
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.id}-{entry.first:%Y%m%d}@safeguarding-bot.invalid"
    yield f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{entry.first:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{after:%Y%m%d}"
    yield f"SUMMARY:{_escaped(entry.title)}"
    if entry.note:
        yield f"DESCRIPTION:{_escaped(entry.note)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets; each further piece begins with a space."""
    piece = ""
    for letter in line:
        if len((piece + letter).encode()) > _OCTETS:
            yield piece
            piece = " "
        piece += letter
    yield piece
