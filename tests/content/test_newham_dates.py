"""The dates that Newham's conversations give: as a calendar file, and what is said of odd ones."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.core.answers import Moment, read_typed
from bot.core.calendar import calendar, entries
from bot.core.careful import weighed
from bot.core.catalogue import Catalogue
from bot.core.dated import days_told
from bot.core.dialog import Ask, End, Tell
from bot.core.facts import FactType
from bot.core.gifts import Dates
from bot.core.session import Answer, Said
from bot.core.walk import replay
from bot.loading.load import load_catalogue
from bot.service.gifts import dates_of, windows
from tests.content.newham_walks import FRAMEWORK, WORKER, walked

TODAY = date(2026, 11, 22)
REPORT: Mapping[str, str | int] = {
    "wants": "report",
    "report_kind": "monthly",
    "category": "unsure",
    "first_meeting": "2026-09-01",
    "last_meeting": "2026-11-03",
}
PANEL = (
    "The Multi Agency Sexual Exploitation (MASE) panel, the next that a referral is in time for"
)


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


def given_at(
    content: Catalogue, said: Mapping[str, str | int], place: str
) -> list[tuple[str, ...]]:
    """The calendar file that this step gives, read back: title, first and last day, note."""
    _, _, walk = walked(content, "newham/entry", WORKER, said)
    steps = [visit.step for visit in walk.visits if visit.dialog.id + "." + visit.step.id == place]
    (step,) = steps or [walk.here.step]
    assert isinstance(step, Tell | End)
    (ids,) = [offer.gift.ids for offer in step.gives if isinstance(offer.gift, Dates)]
    listed = entries(dates_of(content, ids, TODAY, days_told(walk)), windows(content, ids))
    file = Calendar.from_ical(calendar(listed, datetime(2026, 11, 22, tzinfo=UTC)))
    return [
        (
            str(event["SUMMARY"]),
            event.decoded("DTSTART").isoformat(),
            event.decoded("DTEND").isoformat(),
            str(event.get("DESCRIPTION", "")),
        )
        for event in file.walk("VEVENT")
    ]


def test_the_report_gives_six_third_thursdays_and_the_window_after_the_last_meeting(
    content: Catalogue,
) -> None:
    found = given_at(content, REPORT, "newham/case_report.keep")
    reports = [day for title, day, _, _ in found if title == "The monthly case report is due"]
    assert reports == [
        "2026-12-17",
        "2027-01-21",
        "2027-02-18",
        "2027-03-18",
        "2027-04-15",
        "2027-05-20",
    ]
    assert "so ask for the dates again then" in found[-1][3]
    (window,) = [event for event in found if "strategy meeting" in event[0]]
    counted = "Counted from Tuesday 3 November 2026."
    assert window[1:] == ("2026-12-29", "2027-01-13", counted)


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"wants": "mase"}, "newham/mase.begin"),
        ({"wants": "begin"}, "newham/onward.dates"),
        ({**FRAMEWORK, "pregnancy": "yes", "open_case": "yes"}, "newham/onward.dates"),
    ],
)
def test_the_panel_stands_with_its_referral_day_wherever_it_is_named(
    content: Catalogue, said: Mapping[str, str | int], place: str
) -> None:
    found = [event[:2] for event in given_at(content, said, place)]
    assert (PANEL, "2027-01-07") in found
    refer = (
        "The last day to submit a referral for the next Multi Agency Sexual Exploitation (MASE) "
        "panel"
    )
    assert (refer, "2026-12-24") in found


def noted(content: Catalogue, fact: str, day: str, said: Mapping[str, str | int]) -> str:
    """The note that this day brings where it is told; empty where it brings none."""
    _, session, walk = walked(content, "newham/entry", WORKER, said)
    asked = [v for v in walk.visits if isinstance(v.step, Ask) and v.step.fact.id == fact]
    (visit,) = asked
    answer = Answer(Said.VALUE, day)
    told = replace(session, answers={**session.answers, visit.place: answer})
    weighed_ = weighed(content, told, replay(content, told), visit, answer)
    assert isinstance(visit.step, Ask)
    return visit.step.far.text if weighed_.careful and visit.step.far else ""


FINAL = {**REPORT, "report_kind": "final", "exit_meeting": "2026-11-10"}


@pytest.mark.parametrize(
    ("fact", "day", "said", "words"),
    [
        ("exit_meeting", "2026-08-31", FINAL, "before another strategy meeting"),
        ("exit_meeting", "2026-11-02", FINAL, "before another strategy meeting"),
        ("exit_meeting", "2026-11-03", FINAL, ""),
        ("last_meeting", "2026-08-31", REPORT, "before the first strategy meeting"),
        ("last_meeting", "2026-09-01", REPORT, ""),
        ("look_again_on", "2026-12-20", FRAMEWORK, ""),
        ("look_again_on", "2026-12-21", FRAMEWORK, "more than four weeks on"),
        ("look_again_on", "2028-01-01", FRAMEWORK, "more than four weeks on"),
    ],
)
def test_a_day_that_hardly_can_be_meant_is_kindly_remarked(
    content: Catalogue, fact: str, day: str, said: Mapping[str, str | int], words: str
) -> None:
    note = noted(content, fact, day, said)
    assert words in note
    assert bool(note) is bool(words)


def test_a_day_given_as_an_example_is_one_that_the_question_takes(content: Catalogue) -> None:
    found = [
        (f"{dialog.id}.{step.id}", day[0], step)
        for dialog in content.dialogs.values()
        for step in dialog.steps.values()
        if isinstance(step, Ask) and step.fact.type is FactType.DATE
        if (day := re.findall(r"\d+/\d+/\d{4}", step.text.source))
    ]
    assert len(found) > 4
    for name, day, step in found:
        assert isinstance(read_typed(step, day, "", Moment(TODAY)), Answer), f"{name} {day}"


def test_where_no_meeting_is_known_no_window_of_the_next_one_is_offered(
    content: Catalogue,
) -> None:
    found = given_at(content, {"wants": "begin"}, "newham/onward.dates")
    assert [title for title, *_ in found if "strategy meeting" in title] == []


def test_every_title_of_a_calendar_entry_reads_well_alone(content: Catalogue) -> None:
    rules = [rule for rule in content.deadlines.values() if rule.area == "newham"]
    titles = [rule.what for rule in rules] + [getattr(rule, "window", "") for rule in rules]
    assert [t for t in titles if " that Multi" in t or "these" in t] == []


@pytest.mark.parametrize(
    ("last", "first", "after", "note"),
    [
        ("2026-09-13", "2026-11-22", "2026-11-23", "Counted from Sunday 13 September 2026."),
        ("2026-09-20", "2026-11-22", "2026-11-30", "Counted from Sunday 20 September 2026."),
        (
            "2026-09-12",
            "2026-11-22",
            "2026-11-23",
            (
                "Counted from Saturday 12 September 2026. "
                "Overdue: it was due by Saturday 21 November 2026."
            ),
        ),
    ],
)
def test_no_window_lies_in_the_past_and_a_meeting_gone_by_is_overdue(
    content: Catalogue, last: str, first: str, after: str, note: str
) -> None:
    said = {**REPORT, "last_meeting": last}
    (window,) = [
        event
        for event in given_at(content, said, "newham/case_report.keep")
        if "strategy meeting" in event[0]
    ]
    assert window[1:] == (first, after, note)


def test_the_monthly_report_says_that_a_meeting_is_overdue(content: Catalogue) -> None:
    seen, _, _ = walked(content, "newham/entry", WORKER, {**REPORT, "last_meeting": "2026-09-12"})
    due = "is due by Saturday 21 November 2026 (counted from Saturday 12 September 2026; "
    assert due + "already past)" in dict(seen)["keep"]
    seen, _, _ = walked(content, "newham/entry", WORKER, {**REPORT, "last_meeting": "2026-09-13"})
    assert "already past" not in dict(seen)["keep"]
