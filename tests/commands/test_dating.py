"""`deadlines`, as other people's programs call it."""

from __future__ import annotations

import json

import pytest

from bot.commands import DONE, WRONG_USE
from tests.commands.conftest import Run

IDS = ["mase_panel", "mase_referral", "monthly_report", "strategy_from", "strategy_to"]


def test_the_dates_of_newham_as_of_a_day(run: Run) -> None:
    told = run("deadlines", "--area", "newham", "--on", "2026-11-21", "--json")
    assert told.code == DONE
    assert [row["id"] for row in told.json] == IDS
    assert told.json[0] == {
        "id": "mase_panel",
        "what": "The Multi Agency Sexual Exploitation (MASE) panel, the next that a referral is "
        "in time for",
        "date": "2027-01-07",
        "weekday": "Thursday",
        "note": None,
        "clause": "4.6",
    }


def test_a_bank_holiday_adds_a_note_and_moves_nothing(run: Run) -> None:
    told = run("deadlines", "--area", "newham", "--on", "2025-12-18", "--json")
    assert told.json[0]["date"] == "2026-01-01"
    assert "New Year's Day" in told.json[0]["note"]


def test_a_moved_bank_holiday_is_known(run: Run) -> None:
    told = run("deadlines", "--area", "newham", "--on", "2022-05-19", "--json")
    assert told.json[0]["date"] == "2022-06-02"
    assert "Spring bank holiday" in told.json[0]["note"]


def test_without_a_day_it_is_today_in_london(run: Run) -> None:
    assert run("deadlines", "--area", "newham", "--json").code == DONE


def test_wirral_has_one_date_and_says_whose_reading_it_is(run: Run) -> None:
    (date,) = run("deadlines", "--area", "wirral", "--on", "2026-11-21", "--json").json
    assert (date["id"], date["date"]) == ("wirral_look_again", "2026-12-19")
    assert date["clause"].startswith("Our reading")


def test_each_line_is_answered_and_a_bad_one_stops_nothing(run: Run) -> None:
    lines = [
        b'{"on": "2026-12-24"}',
        b'{"on": "24/12/2026"}',
        b'{"area": "newhan"}',
        b'{"day": "2026-12-24"}',
        b"",
        b'{"area": "newham", "on": "2026-12-25"}',
    ]
    told = run("deadlines", "--area", "newham", "-", stdin=b"\n".join(lines))
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == DONE
    assert [a[0]["date"] if isinstance(a, list) else a["error"]["code"] for a in answers] == [
        "2027-01-07",
        "wrong_date",
        "unknown_area",
        "unknown_key",
        "2027-02-04",
    ]
    assert answers[2]["error"]["did_you_mean"] == ["newham"]


@pytest.mark.parametrize("on", ["2026-02-29", "0001-01-01", "9999-12-31", "20261124", "today"])
def test_a_day_that_cannot_be_answered_is_wrong_use(run: Run, on: str) -> None:
    told = run("deadlines", "--area", "newham", "--on", on, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "wrong_date"
