"""Staffed hours: who is there now, who next, and what is said before and after sending."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.catalogue import Catalogue
from bot.core.holidays import Holidays
from bot.core.hours import aloud, in_london, is_staffed, next_opening, unstaffed_notes
from bot.core.routing import Due, How, Opening, Staffed
from tests.core.chat import NOON, Chat
from tests.core.little import ROUTES, catalogue

LONDON = ZoneInfo("Europe/London")
NINE, FIVE = 9 * 60, 17 * 60
WEEK = Opening(frozenset(range(4)), NINE, FIVE + 15)  # Monday to Thursday, until 5.15pm
FRIDAY = Opening(frozenset({4}), NINE, FIVE)
DESK = Staffed((WEEK, FRIDAY), "Duty: 101.\n")
NONE = Holidays()
COUNCIL_OUT = "[unstaffed] The council Monday 23 November, 9am Duty: 101."


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A time on the wall in November 2026; the 23rd is a Monday."""
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001 - a time on the wall


@pytest.mark.parametrize(
    "utc",
    [
        datetime(2026, 3, 29, 0, 59, tzinfo=UTC),
        datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
        datetime(2026, 7, 1, 12, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 0, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 59, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
        datetime(2030, 3, 31, 1, 0, tzinfo=UTC),
        datetime(2030, 3, 30, 23, 0, tzinfo=UTC),
        datetime(1999, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
def test_the_clock_on_the_wall_is_that_of_london(utc: datetime) -> None:
    wall = utc.astimezone(LONDON).replace(tzinfo=None)
    assert in_london(int(utc.timestamp()) // 60) == wall


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        (at(23, 8, 59), False),
        (at(23, 9, 0), True),
        (at(23, 17, 14), True),
        (at(23, 17, 15), False),
        (at(27, 16, 59), True),
        (at(27, 17, 0), False),
        (at(28, 12), False),
        (at(29, 12), False),
    ],
)
def test_a_desk_is_staffed_from_its_first_minute_to_its_last(
    moment: datetime, *, there: bool
) -> None:
    assert is_staffed(DESK, NONE, moment) is there


def test_nobody_is_there_on_a_bank_holiday() -> None:
    monday = Holidays(proclaimed={date(2026, 11, 23): "A day off"})
    assert not is_staffed(DESK, monday, at(23, 12))
    assert next_opening(DESK, monday, at(21, 12)) == at(24, 9)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        (at(23, 8, 59), at(23, 9)),
        (at(23, 9, 0), at(24, 9)),
        (at(26, 18), at(27, 9)),
        (at(27, 17), at(30, 9)),
        (at(21, 12, 7), at(23, 9)),
    ],
)
def test_when_somebody_is_there_next(moment: datetime, opens: datetime) -> None:
    assert next_opening(DESK, NONE, moment) == opens


def test_of_two_openings_on_one_day_the_next_counts() -> None:
    twice = Staffed((Opening(frozenset({0}), 780, FIVE), Opening(frozenset({0}), NINE, 720)))
    assert next_opening(twice, NONE, at(23, 8)) == at(23, 9)
    assert next_opening(twice, NONE, at(23, 12)) == at(23, 13)
    assert not is_staffed(twice, NONE, at(23, 12, 30))


def test_hours_that_nobody_gave_have_no_next_opening() -> None:
    assert next_opening(Staffed(), NONE, at(23, 8)) is None
    never = Staffed((Opening(frozenset(), NINE, FIVE),))
    assert next_opening(never, NONE, at(23, 8)) is None
    monthly = Holidays(proclaimed={date(2026, 11, day): "off" for day in (23, 30)})
    mondays = Staffed((Opening(frozenset({0}), NINE, FIVE),))
    assert next_opening(mondays, monthly, at(23, 8)) == datetime(2026, 12, 7, 9)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("hour", "minute", "said"),
    [(0, 0, "12am"), (9, 0, "9am"), (12, 0, "12pm"), (13, 5, "1.05pm"), (17, 15, "5.15pm")],
)
def test_a_time_is_said_as_people_say_it(hour: int, minute: int, said: str) -> None:
    assert aloud(at(23, hour, minute)) == f"Monday 23 November, {said}"


# ---- what is said ----


def content(staffed: Staffed | None = DESK, *closed: str) -> Catalogue:
    found = catalogue(closed=closed)
    boxes = {id_: replace(box, staffed=staffed) for id_, box in found.mailboxes.items()}
    return replace(found, mailboxes=boxes)


def review(given: Catalogue, now: datetime = NOON) -> Chat:
    chat = Chat(given, now).start().press("No", "North", "Public", "Yes").say("Sam", "14")
    return chat.say("x", "skip", "none", "no", "skip", "no")


MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def test_outside_the_hours_the_duty_number_stands_before_and_after_sending() -> None:
    chat = review(content())
    assert chat.text.endswith(f"9. Q still: No\n\n{COUNCIL_OUT}")
    chat.press("Send it", "<saved_it>")
    assert f"[saved] - The council\n- The police\n\n{COUNCIL_OUT}\n\nThanks." in chat.text


def test_inside_the_hours_nothing_is_said_of_them() -> None:
    chat = review(content(), MONDAY_NOON)
    assert "unstaffed" not in chat.text
    chat.press("Send it", "<saved_it>")
    assert "unstaffed" not in chat.text


def test_it_is_the_hour_of_the_present_screen_that_counts() -> None:
    chat = review(content(), datetime(2026, 11, 23, 17, 10, tzinfo=UTC))
    assert "unstaffed" not in chat.text
    chat.now = datetime(2026, 11, 23, 17, 16, tzinfo=UTC)
    chat.press("Send it", "<saved_it>")
    assert "[unstaffed] The council Tuesday 24 November, 9am Duty: 101." in chat.text


def test_hours_that_nobody_gave_are_said_to_be_unknown_at_every_hour() -> None:
    chat = review(content(Staffed(duty="Ring 101.")), MONDAY_NOON)
    assert chat.text.endswith("[hours_unknown] The council Ring 101.")


def test_a_route_about_places_and_people_says_nothing_of_hours() -> None:
    given = content()
    only = replace(given, closed={"council": ("shut",)})
    assert unstaffed_notes(only, only.routes.values(), 0) == ()
    phoned = {**given.routes, "council": replace(given.routes["council"], how=How.PHONE)}
    assert unstaffed_notes(given, phoned.values(), 0) == ()


def notes(given: Catalogue, *boxes: str) -> tuple[str, ...]:
    council = replace(given.routes["council"], mailboxes=boxes)
    return unstaffed_notes(given, [council], int(NOON.timestamp()) // 60)


def test_of_several_mailboxes_one_that_is_read_now_is_enough() -> None:
    given = content()
    weekend = Staffed((Opening(frozenset({5}), NINE, FIVE),), "Duty: 101.")
    sunday = Staffed((Opening(frozenset({6}), NINE, FIVE),), "Duty: 102.")
    boxes = {
        **given.mailboxes,
        "weekend": replace(given.mailboxes["council_box"], staffed=weekend),
        "sunday": replace(given.mailboxes["council_box"], staffed=sunday),
        "unknown": replace(given.mailboxes["council_box"], staffed=Staffed(duty="Duty: 101.")),
        "nothing": replace(given.mailboxes["council_box"], staffed=None),
    }
    given = replace(given, mailboxes=boxes)
    assert notes(given, "council_box", "weekend") == ()
    said = "[unstaffed] The council Sunday 22 November, 9am Duty: 101.\nDuty: 102."
    assert notes(given, "council_box", "sunday") == (said,)
    assert notes(given, "unknown", "council_box") == (COUNCIL_OUT,)
    assert notes(given, "unknown") == ("[hours_unknown] The council Duty: 101.",)
    assert notes(given, "nothing") == notes(given, "gone") == ()


def test_the_same_words_are_said_once() -> None:
    given = content()
    minute = int(NOON.timestamp()) // 60
    twice = [given.routes["council"], given.routes["council"]]
    assert unstaffed_notes(given, twice, minute) == (COUNCIL_OUT,)


@pytest.mark.parametrize("kind", ["referral", "mase", "case_report"])
def test_every_kind_about_a_child_is_told_to_ring_if_nobody_answers_in_time(kind: str) -> None:
    due = Due("They decide within 24 hours.\n", 24)
    council = replace(ROUTES["council"], kind=kind, due=due, phones="Ring 101.\n")
    given = replace(content(), routes={**ROUTES, "council": council})
    chat = review(given, MONDAY_NOON).press("Send it", "<saved_it>")
    assert chat.text.endswith("After police.\n\n[ring_by] They decide within 24 hours. Ring 101.")
