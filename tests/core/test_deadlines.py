"""Dates worked out as the practice directive sets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.deadlines import (
    After,
    Before,
    Deadline,
    Due,
    Monthly,
    nth_weekday,
    run_of,
    worked_out,
)
from bot.core.holidays import Holidays

THURSDAY = 3
PANEL = Monthly(id="panel", area="newham", what="It meets", clause="4.6", nth=1, weekday=THURSDAY)
REFERRAL = Before(
    id="referral", area="newham", what="Refer by", clause="4.6", days=14, before="panel"
)
REPORT = Monthly(id="report", area="newham", what="Report", clause="5.3", nth=3, weekday=THURSDAY)
FROM = After(id="from", area="newham", what="From", clause="6.2", days=56)
TO = After(id="to", area="newham", what="To", clause="6.2", days=70)
ALL: tuple[Deadline, ...] = (PANEL, REFERRAL, REPORT, FROM, TO)


def dates(on: date, rules: tuple[Deadline, ...] = ALL) -> dict[str, Due]:
    return {due.id: due for due in worked_out(rules, on, Holidays())}


def days(on: date) -> dict[str, str]:
    return {id_: due.day.isoformat() for id_, due in dates(on).items()}


def test_the_panel_of_january_2027_and_the_referral_on_christmas_eve() -> None:
    found = days(date(2026, 12, 24))
    assert found["panel"] == "2027-01-07"
    assert found["referral"] == "2026-12-24"


def test_a_day_late_means_the_next_panel() -> None:
    found = days(date(2026, 12, 25))
    assert found["panel"] == "2027-02-04"
    assert found["referral"] == "2027-01-21"


@pytest.mark.parametrize("year", [2026, 2032, 2037, 2043])
def test_a_first_thursday_on_new_years_day_is_kept_with_a_note(year: int) -> None:
    panel = dates(date(year - 1, 12, 18))["panel"]
    assert panel.day == date(year, 1, 1)
    assert panel.note == (
        "This is a bank holiday in England (New Year's Day). Please ask if it is moved."
    )
    assert dates(date(year - 1, 12, 18))["referral"].note == ""


@pytest.mark.parametrize(
    ("on", "report"),
    [
        (date(2026, 11, 18), date(2026, 11, 19)),
        (date(2026, 11, 19), date(2026, 11, 19)),  # the day itself is still in time
        (date(2026, 11, 20), date(2026, 12, 17)),
        (date(2026, 12, 17), date(2026, 12, 17)),
        (date(2026, 12, 18), date(2027, 1, 21)),
        (date(2026, 12, 31), date(2027, 1, 21)),
    ],
)
def test_the_report_is_due_on_the_next_third_thursday(on: date, report: date) -> None:
    assert dates(on)["report"].day == report


@pytest.mark.parametrize(
    ("on", "first", "last"),
    [
        (date(2028, 1, 4), "2028-02-29", "2028-03-14"),  # a leap year
        (date(2027, 1, 4), "2027-03-01", "2027-03-15"),  # none
        (date(2028, 2, 29), "2028-04-25", "2028-05-09"),
        (date(2026, 11, 21), "2027-01-16", "2027-01-30"),  # over the year's end
    ],
)
def test_the_window_for_a_strategy_meeting(on: date, first: str, last: str) -> None:
    found = days(on)
    assert (found["from"], found["to"]) == (first, last)


def test_a_leap_day_can_be_a_third_or_fifth_of_its_kind_and_no_day_is_invented() -> None:
    assert nth_weekday(2024, 2, 5, THURSDAY) == date(2024, 2, 29)
    with pytest.raises(ValueError, match="day"):
        nth_weekday(2026, 2, 5, THURSDAY)


def test_a_date_is_written_with_its_weekday() -> None:
    panel = dates(date(2026, 12, 1))["panel"]
    assert panel.weekday == "Thursday"
    assert panel.spoken == "Thursday 7 January 2027"


def test_a_local_override_moves_the_panel_and_its_referral() -> None:
    moved = replace(PANEL, moved={date(2032, 1, 1): date(2032, 1, 8)})
    found = dates(date(2031, 12, 25), (moved, REFERRAL))
    assert found["panel"].day == date(2032, 1, 8)
    assert found["panel"].note == "Moved from Thursday 1 January 2032 by a local decision."
    assert found["referral"].day == date(2031, 12, 25)
    assert dates(date(2031, 12, 26), (moved, REFERRAL))["panel"].day == date(2032, 2, 5)


def test_a_panel_moved_into_the_next_month_is_still_found_there() -> None:
    moved = replace(PANEL, moved={date(2026, 10, 1): date(2026, 11, 3)})
    assert dates(date(2026, 11, 2), (moved,))["panel"].day == date(2026, 11, 3)
    assert dates(date(2026, 11, 4), (moved,))["panel"].day == date(2026, 11, 5)


def test_a_referral_day_can_be_moved_alone() -> None:
    early = replace(REFERRAL, moved={date(2026, 12, 24): date(2026, 12, 22)})
    found = dates(date(2026, 12, 22), (PANEL, early))
    assert (found["panel"].day, found["referral"].day) == (date(2027, 1, 7), date(2026, 12, 22))
    assert dates(date(2026, 12, 23), (PANEL, early))["panel"].day == date(2027, 2, 4)


@given(st.dates(date(2000, 2, 1), date(2199, 12, 31)))
def test_every_day_has_the_next_dates_that_can_be_met(on: date) -> None:
    found = dates(on)
    panel, referral, report = found["panel"].day, found["referral"].day, found["report"].day
    assert panel.weekday() == report.weekday() == THURSDAY
    assert 1 <= panel.day <= 7
    assert 15 <= report.day <= 21
    assert panel - referral == timedelta(days=14)
    assert referral >= on
    assert report >= on
    assert (referral - on).days <= 35  # and it is the first such panel
    assert (report - on).days < 35


def test_a_rule_that_never_comes_in_time_is_an_error_and_no_endless_search() -> None:
    never = replace(REFERRAL, days=10_000)
    with pytest.raises(OverflowError):
        dates(date(2026, 11, 21), (PANEL, never))


SINCE = replace(TO, since=("held", "meets"))


@pytest.mark.parametrize(
    ("told", "day", "counted"),
    [
        ({}, "2027-01-31", "counted from today"),
        ({"other": "2026-11-01"}, "2027-01-31", "counted from today"),
        ({"held": "2026-11-22"}, "2027-01-31", "counted from today"),
        ({"held": "2026-11-01"}, "2027-01-10", "counted from Sunday 1 November 2026"),
        ({"meets": "2026-12-01"}, "2027-02-09", "counted from Tuesday 1 December 2026"),
        (
            {"meets": "2026-12-01", "held": "2026-11-01"},
            "2027-01-10",
            "counted from Sunday 1 November 2026",
        ),
        ({"held": "2026-09-13"}, "2026-11-22", "counted from Sunday 13 September 2026"),
        (
            {"held": "2026-09-12"},
            "2026-11-21",
            "counted from Saturday 12 September 2026; already past",
        ),
    ],
)
def test_a_date_counts_from_the_first_day_that_was_told(
    told: dict[str, str], day: str, counted: str
) -> None:
    given_days = {fact: date.fromisoformat(said) for fact, said in told.items()}
    (due,) = worked_out((SINCE,), date(2026, 11, 22), Holidays(), given_days)
    assert (due.day.isoformat(), due.counted) == (day, counted)
    assert due.counts_from == due.day - timedelta(days=SINCE.days)
    assert due.in_a_sentence == f"{due.spoken} ({counted})"


def test_a_date_that_counts_from_today_alone_does_not_say_so() -> None:
    assert dates(date(2026, 11, 22))["to"].counted == ""


def test_a_run_of_reports_is_every_third_thursday_from_the_next_one_on() -> None:
    rule = replace(REPORT, ahead=6)
    found = run_of((PANEL, REFERRAL, rule), rule, date(2026, 11, 20), Holidays())
    assert [due.day.isoformat() for due in found] == [
        "2026-12-17",
        "2027-01-21",
        "2027-02-18",
        "2027-03-18",
        "2027-04-15",
        "2027-05-20",
    ]
    assert [due.day for due in run_of(ALL, REPORT, date(2026, 12, 17), Holidays())] == [
        date(2026, 12, 17)
    ]


def test_a_moved_date_stands_once_in_a_run() -> None:
    rule = replace(REPORT, ahead=3, moved={date(2026, 12, 17): date(2026, 12, 10)})
    days_ = [due.day.isoformat() for due in run_of((rule,), rule, date(2026, 12, 1), Holidays())]
    assert days_ == ["2026-12-10", "2027-01-21", "2027-02-18"]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_run_leaves_no_month_out_and_names_none_twice(on: date) -> None:
    found = run_of((REPORT,), replace(REPORT, ahead=6), on, Holidays())
    months = [due.day.year * 12 + due.day.month for due in found]
    assert months == list(range(months[0], months[0] + 6))
    assert all(due.day.weekday() == THURSDAY and 15 <= due.day.day <= 21 for due in found)
    assert found[0].day >= on
