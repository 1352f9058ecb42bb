"""The bank holidays of England, against the lists that the government published."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.holidays import Holidays, easter

# gov.uk/bank-holidays, England and Wales
PUBLISHED = {
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
EXTRA = Holidays(
    proclaimed={
        date(2022, 6, 3): "Queen's Platinum Jubilee",
        date(2022, 9, 19): "State Funeral",
        date(2023, 5, 8): "Coronation",
    },
    moved={date(2022, 5, 30): date(2022, 6, 2)},
)


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_days_of_a_year_are_those_published(year: int) -> None:
    assert [f"{day:%m-%d}" for day in EXTRA.of(year)] == PUBLISHED[year].split()


def test_a_sunday_christmas_is_off_work_on_the_tuesday() -> None:
    days = Holidays().of(2022)
    assert days[date(2022, 12, 26)] == "Boxing Day"
    assert days[date(2022, 12, 27)] == "Christmas Day"


def test_a_friday_christmas_moves_only_boxing_day() -> None:
    days = Holidays().of(2026)
    assert days[date(2026, 12, 25)] == "Christmas Day"
    assert days[date(2026, 12, 28)] == "Boxing Day"


@pytest.mark.parametrize(
    "day",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2038, 4, 25),
        date(2049, 4, 18),
    ],
)
def test_easter_sunday(day: date) -> None:
    assert easter(day.year) == day


def test_an_ordinary_day_has_no_name() -> None:
    assert Holidays().name(date(2026, 1, 2)) == ""


def test_each_day_has_the_name_that_the_government_gives_it() -> None:
    assert list(Holidays().of(2026).values()) == [
        "New Year's Day",
        "Good Friday",
        "Easter Monday",
        "Early May bank holiday",
        "Spring bank holiday",
        "Summer bank holiday",
        "Christmas Day",
        "Boxing Day",
    ]


# Dates of Easter as published, among them the rare corners of the calendar.
@pytest.mark.parametrize(
    "sunday",
    [
        *("1583-04-10", "1598-03-22", "1666-04-25", "1761-03-22", "1818-03-22", "1886-04-25"),
        *("1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2008-03-23", "2011-04-24"),
        *("2019-04-21", "2025-04-20", "2038-04-25", "2049-04-18", "2076-04-19", "2285-03-22"),
        *("2190-04-25", "2299-04-16", "3000-04-13", "2160-03-23", "4200-04-20"),
    ],
)
def test_easter_is_where_it_is_published(sunday: str) -> None:
    day = date.fromisoformat(sunday)
    assert easter(day.year) == day


def test_the_spring_and_summer_days_are_the_last_mondays_of_their_months() -> None:
    for year in range(2020, 2048):
        days = {name: day for day, name in Holidays().of(year).items()}
        for name, month in (("Spring bank holiday", 5), ("Summer bank holiday", 8)):
            day = days[name]
            assert (day.month, day.weekday()) == (month, 0)
            assert day.day > 31 - 7
