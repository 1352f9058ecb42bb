"""Dates inside texts, read as of the day of the last input."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dated import dates, fill, route_on, split
from bot.core.deadlines import After, Before, Missed, Monthly, missed
from bot.core.dialog import Dialog, End, Outcome, Tell
from bot.core.engine import advance
from bot.core.holidays import Holidays
from bot.core.routing import Due
from bot.core.spoken import spoken, without_weekday
from bot.core.text import Template
from bot.core.turn import Begin
from tests.core.chat import Chat
from tests.core.little import ENTRY, REVIEW, ROUTES, START, catalogue
from tests.core.writing import dialog, to

THURSDAY = 3
PANEL = Monthly(id="panel", area="north", what="It meets", clause="1", nth=1, weekday=THURSDAY)
REFER = Before(id="refer", area="north", what="Refer by", clause="1", days=14, before="panel")
REPORT = Monthly(id="report", area="north", what="Report", clause="2", nth=3, weekday=THURSDAY)
WINDOW = After(id="window", area="north", what="From", clause="3", days=56)
OTHER = Monthly(id="other", area="south", what="Elsewhere", clause="4", nth=2, weekday=0)
RULES = (PANEL, REFER, REPORT, WINDOW)
EVE = date(2026, 12, 24)  # the last day for the panel of 7 January 2027
EVENING = datetime(2026, 12, 24, 23, 50, tzinfo=UTC)


def content(*more: Dialog, **changes: Any) -> Catalogue:
    known = {rule.id: rule for rule in (*RULES, OTHER)}
    laid: dict[str, Any] = {"deadlines": known, **changes}
    return replace(catalogue(*more), **laid)


def said(text: str, on: date, **changes: Any) -> str:
    return fill(content(**changes), text, on)


def told(text: str) -> Catalogue:
    """Content whose first screen says this."""
    first = Tell(id="first", text=Template(text), button="On", next=to("over"))
    return content(
        dialog("common/start", first, End(id="over", outcome=Outcome.FINISH, text=Template("O.")))
    )


def test_a_day_is_written_in_words_whatever_the_machine_speaks() -> None:
    days = [date(2027, month, 4) for month in range(1, 13)]
    months = " ".join(without_weekday(day).split()[1] for day in days)
    assert months == (
        "January February March April May June July August September October November December"
    )
    assert [spoken(date(2027, 2, day)).split()[0] for day in range(1, 8)] == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    assert spoken(date(2027, 2, 4)) == "Thursday 4 February 2027"
    assert without_weekday(date(2024, 2, 29)) == "29 February 2024"


@pytest.mark.parametrize(
    ("on", "panel", "refer"),
    [
        (EVE, "Thursday 7 January 2027", "Thursday 24 December 2026"),
        (EVE + timedelta(days=1), "Thursday 4 February 2027", "Thursday 21 January 2027"),
    ],
)
def test_a_text_says_the_panel_that_one_is_in_time_for(on: date, panel: str, refer: str) -> None:
    assert said("On {date.panel}, by {date.refer}.", on) == f"On {panel}, by {refer}."


def test_a_text_says_the_first_day_of_a_window() -> None:
    assert said("{date.window}", date(2026, 11, 21)) == "Saturday 16 January 2027"


def test_a_date_of_another_area_is_worked_out_from_its_own_dates() -> None:
    assert said("{date.other}", date(2026, 11, 21)) == "Monday 14 December 2026"


def test_a_bank_holiday_and_a_moved_day_are_told_with_the_date() -> None:
    on = date(2031, 12, 18)
    assert said("{date.panel}.", on) == (
        "Thursday 1 January 2032 (a bank holiday, New Year's Day: please ask if it is moved)."
    )
    moved = replace(PANEL, moved={date(2032, 1, 1): date(2032, 1, 8)})
    assert said("{date.panel}", on, deadlines={"panel": moved}) == (
        "Thursday 8 January 2032 (moved from Thursday 1 January 2032 by a local decision)"
    )
    kept = Holidays({date(2032, 1, 8): "Day of Mourning"})
    assert said("{date.panel}", on, deadlines={"panel": moved}, holidays=kept) == (
        "Thursday 8 January 2032 (moved from Thursday 1 January 2032 by a local decision; "
        "a bank holiday, Day of Mourning: please ask if it is moved)"
    )


@pytest.mark.parametrize(
    ("on", "late"),
    [
        (EVE, None),  # the last day is in time
        (EVE + timedelta(days=1), Missed(date(2027, 1, 7), EVE)),
        (date(2027, 1, 7), Missed(date(2027, 1, 7), EVE)),  # it meets today
        (date(2027, 1, 8), None),
        (date(2027, 1, 21), None),
        (date(2027, 1, 22), Missed(date(2027, 2, 4), date(2027, 1, 21))),
    ],
)
def test_it_is_too_late_from_the_day_after_until_the_panel_has_met(
    on: date, late: Missed | None
) -> None:
    assert missed(RULES, "panel", on) == late


def test_what_has_no_date_before_it_is_never_too_late() -> None:
    assert missed(RULES, "report", date(2026, 11, 20)) is None


def test_too_late_reckons_with_moved_days() -> None:
    moved = replace(PANEL, moved={date(2027, 1, 7): date(2027, 1, 12)})
    early = replace(REFER, moved={date(2026, 12, 29): date(2026, 12, 22)})
    found = missed((moved, early), "panel", date(2026, 12, 23))
    assert found == Missed(date(2027, 1, 12), date(2026, 12, 22))
    assert missed((moved, early), "panel", date(2026, 12, 22)) is None
    with_another = (OTHER, replace(REFER, id="b", before="other"), moved, early)
    assert missed(with_another, "panel", date(2026, 12, 23)) == found


def test_the_sentence_about_a_panel_that_was_missed_is_there_only_then() -> None:
    text = "It is on {date.panel}.{late.panel}"
    assert said(text, EVE) == "It is on Thursday 7 January 2027."
    assert said(text, EVE + timedelta(days=1)) == (
        "It is on Thursday 4 February 2027. "
        "[too_late] Thursday 7 January 2027 Thursday 24 December 2026"
    )


@pytest.mark.parametrize(
    ("on", "both"),
    [
        (date(2026, 11, 19), "Thursday 19 November 2026, Thursday 17 December 2026"),
        (date(2026, 11, 20), "Thursday 17 December 2026, Thursday 21 January 2027"),
    ],
)
def test_the_date_after_is_the_one_after_the_next(on: date, both: str) -> None:
    assert said("{date.report}, {after.report}", on) == both


def test_only_dates_are_filled_in_and_only_those_there_are() -> None:
    found = dates(content(), ("what", "date.panel", "date.nowhere"), EVE)
    assert found == {"date.panel": "Thursday 7 January 2027"}
    assert split("date.panel") == ("date", "panel")
    assert split("panel") == ("", "")


def test_a_route_says_its_dates_and_the_day_by_which() -> None:
    due = Due("By {date.refer}.", None, "refer")
    route = replace(ROUTES["council"], after="On {date.panel}.", note="For {date.panel}.", due=due)
    found = route_on(content(), route, EVE)
    assert found.after == "On Thursday 7 January 2027."
    assert found.note == "For Thursday 7 January 2027."
    assert found.due == Due("By Thursday 24 December 2026.", None, "refer", EVE)
    plain = replace(route, after="", note="", due=Due("at once"))
    assert route_on(content(), plain, EVE) == plain
    assert route_on(content(), replace(plain, due=None), EVE).due is None


# ---- in the conversation ----


def test_a_screen_says_the_date_as_of_the_last_input() -> None:
    chat = Chat(told("On {date.panel}.{late.panel}"), EVENING).start()
    assert "On Thursday 7 January 2027.\n" in chat.text + "\n"
    chat.wait(20).say("-")  # after midnight
    assert "On Thursday 4 February 2027. [too_late] Thursday 7 January 2027" in chat.text
    assert chat.present.on == date(2026, 12, 25)


def test_equal_sessions_and_inputs_give_equal_bytes_around_midnight() -> None:
    given = told("On {date.panel}.")
    before = advance(given, None, Begin(), EVENING).session
    for minutes in (0, 9, 10, 15):
        now = EVENING + timedelta(minutes=minutes)
        one, two = (advance(given, before, Begin(), now) for _ in range(2))
        assert one.session is not None
        assert two.session is not None
        assert (one.reply, one.session.dump()) == (two.reply, two.session.dump())


def _sent(now: datetime) -> Chat:
    """A report that was sent at this moment, by a route that says a date."""
    route = replace(ROUTES["police"], after="For {date.panel}.")
    end = End(id="sent", outcome=Outcome.SEND, text=Template("By {date.refer}."))
    steps = tuple(end if step.id == "sent" else step for step in ENTRY.steps.values())
    given = content(START, dialog("north/entry", *steps), routes={**ROUTES, "police": route})
    chat = Chat(given, now).start().press("No", "North", "Public", "No")
    chat.say("vodka", "skip", "none", "no", "skip", "yes")
    return chat.press(REVIEW.ok)


def test_what_was_sent_stays_with_the_panel_of_that_day() -> None:
    chat = _sent(EVENING).wait(15).press("<saved_it>")
    assert "By Thursday 24 December 2026." in chat.text
    assert "For Thursday 7 January 2027." in chat.text
    assert chat.present.on == EVE


def test_what_is_begun_after_that_is_of_its_own_day() -> None:
    chat = _sent(EVENING).wait(15).press("<saved_it>", "<start_again>")
    assert chat.present.on == date(2026, 12, 25)


def test_the_words_of_a_finding_say_the_dates_of_their_routes() -> None:
    route = replace(ROUTES["police"], after="For {date.panel}.")
    review = replace(REVIEW, text=Template("Look: {after}"))
    steps = tuple(review if step.id == "review" else step for step in ENTRY.steps.values())
    given = content(START, dialog("north/entry", *steps), routes={**ROUTES, "police": route})
    chat = Chat(given, EVENING).start().press("No", "North", "Public", "No")
    chat.say("vodka", "skip", "none", "no", "skip", "yes")
    assert "Look: For Thursday 7 January 2027." in chat.text
