"""The calendar file, read back by a library that we did not write."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.core.calendar import MEDIA_TYPE, ZONE, Entry, calendar, entries
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


def test_the_file_to_the_letter() -> None:
    entry = Entry(
        "panel", "Panel, room 2; first \\ floor", date(2027, 1, 7), date(2027, 1, 7), "Note"
    )
    assert calendar([entry], MADE).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//safeguarding bot//dates//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-TIMEZONE:Europe/London",
        "BEGIN:VEVENT",
        "UID:panel-20270107@safeguarding-bot.invalid",
        "DTSTAMP:20261121T123000Z",
        "DTSTART;VALUE=DATE:20270107",
        "DTEND;VALUE=DATE:20270108",
        "SUMMARY:Panel\\, room 2\\; first \\\\ floor",
        "DESCRIPTION:Note",
        "CLASS:PRIVATE",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    assert MEDIA_TYPE == "text/calendar; charset=utf-8"
    assert ZONE == "Europe/London"


@pytest.mark.parametrize(("length", "pieces"), [(67, [75]), (68, [75, 2]), (141, [75, 75])])
def test_a_line_is_folded_only_where_it_is_longer_than_75_octets(
    length: int, pieces: list[int]
) -> None:
    raw = calendar([Entry("x", "a" * length, MADE.date(), MADE.date())], MADE)
    lines = raw.split(b"\r\n")
    start = next(n for n, line in enumerate(lines) if line.startswith(b"SUMMARY:"))
    assert [len(line) for line in lines[start : start + len(pieces)]] == pieces
    assert lines[start + len(pieces)].startswith(b"CLASS")


def test_a_title_of_several_lines_becomes_one() -> None:
    raw = calendar([Entry("x", "one\ntwo", MADE.date(), MADE.date())], MADE)
    assert b"SUMMARY:one two\r\n" in raw


def test_an_entry_says_from_which_day_it_counts() -> None:
    opens = replace(FROM, counts_from=date(2026, 11, 21))
    (event,) = read(*entries([opens, replace(TO, note="")], [WINDOW]))
    assert str(event["DESCRIPTION"]) == "Counted from Saturday 21 November 2026."
    (alone,) = read(*entries([replace(opens, note="A bank holiday.")]))
    assert str(alone["DESCRIPTION"]) == ("Counted from Saturday 21 November 2026. A bank holiday.")


def test_one_date_of_every_month_is_an_entry_a_month() -> None:
    run = [replace(PANEL, day=day) for day in (date(2027, 2, 4), date(2027, 1, 7))]
    events = read(*entries(run))
    assert [e.decoded("DTSTART") for e in events] == [date(2027, 1, 7), date(2027, 2, 4)]
    assert len({str(e["UID"]) for e in events}) == 2
