"""The calendar file, read back by a library that we did not write."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.core.calendar import Entry, calendar, entries
from bot.core.deadlines import Due

MADE = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
PANEL = Due("panel", "The panel meets", date(2027, 1, 7), "", "4.6")
REFER = Due("refer", "Refer by then", date(2026, 12, 24), "", "4.6")
FROM = Due("from", "From", date(2027, 1, 16), "", "6.2")
TO = Due("to", "To", date(2027, 1, 30), "A bank holiday, perhaps", "6.2")
WINDOW = ("The next strategy meeting", "from", "to")


def read(*listed: Entry) -> list[Any]:
    found = Calendar.from_ical(calendar(listed, MADE))
    assert found["X-WR-TIMEZONE"] == "Europe/London"
    return list(found.walk("VEVENT"))


def test_each_date_is_a_whole_day_and_a_window_is_one_entry() -> None:
    events = read(*entries([PANEL, REFER, FROM, TO], [WINDOW]))
    assert [(str(e["SUMMARY"]), e.decoded("DTSTART"), e.decoded("DTEND")) for e in events] == [
        ("Refer by then", date(2026, 12, 24), date(2026, 12, 25)),
        ("The panel meets", date(2027, 1, 7), date(2027, 1, 8)),
        ("The next strategy meeting", date(2027, 1, 16), date(2027, 1, 31)),
    ]
    assert [str(e.get("DESCRIPTION", "")) for e in events] == ["", "", "A bank holiday, perhaps"]


def test_an_entry_says_when_it_was_made_and_keeps_its_id() -> None:
    first, again = read(*entries([PANEL])), read(*entries([PANEL]))
    assert first[0]["UID"] == again[0]["UID"]
    assert first[0].decoded("DTSTAMP") == MADE
    assert first[0]["CLASS"] == "PRIVATE"


def test_no_line_is_longer_than_75_octets_and_each_ends_as_the_format_asks() -> None:
    raw = calendar(
        [Entry("x", "A long title, " * 20 + "“ö”" * 40, date(2027, 1, 7), date(2027, 1, 7))], MADE
    )
    lines = raw.split(b"\r\n")
    assert lines.pop() == b""
    assert max(map(len, lines)) <= 75
    assert all(b"\n" not in line for line in lines)


@given(
    st.text(st.characters(exclude_categories=("C", "Z")), min_size=1).map(str.strip),
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.integers(0, 40),
)
def test_any_title_and_any_days_come_back(title: str, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    (event,) = read(Entry("x", title, first, last, title))
    assert str(event["SUMMARY"]) == title
    assert str(event["DESCRIPTION"]) == title
    assert event.decoded("DTSTART") == first
    assert event.decoded("DTEND") == last + timedelta(days=1)


@pytest.mark.parametrize("text", ["a;b,c\\d", "one\ntwo", "1:2"])
def test_marks_of_the_format_are_escaped(text: str) -> None:
    (event,) = read(Entry("x", text, date(2027, 1, 7), date(2027, 1, 7)))
    assert str(event["SUMMARY"]) == text.replace("\n", " ")
