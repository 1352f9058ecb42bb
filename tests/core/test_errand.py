"""What is to be done later in a chat, when, and its bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.core.errand import (
    Errand,
    Planned,
    Remind,
    Remove,
    TellIfLate,
    dump,
    late_notice,
    load,
    reminder,
    removal,
)

LONDON = ZoneInfo("Europe/London")
NOW = 29_700_000


@pytest.mark.parametrize(
    "errand",
    [
        Remove((5, 7)),
        Remind(),
        TellIfLate("desk", ("a", "b")),
        TellIfLate("desk", ("a",), late=True, returns=2),
    ],
)
def test_an_errand_is_read_again_as_it_was_written(errand: Errand) -> None:
    assert load(dump(errand)) == errand


def test_the_bytes_of_errands_stay_readable_by_later_programs() -> None:
    assert dump(Remove((5, 7))) == b'["remove",[5,7]]'
    assert dump(Remind()) == b'["remind"]'
    assert dump(TellIfLate("desk", ("a",), returns=2)) == b'["late","desk",["a"],false,2]'
    assert load(b'["late","desk",["a"]]') == TellIfLate("desk", ("a",))


@pytest.mark.parametrize("raw", [b"[]", b'["sing"]', b'["late",1,[]]', b'{"remind":1}', b'"x"'])
def test_an_errand_of_another_program_is_not_guessed(raw: bytes) -> None:
    with pytest.raises(ValueError, match="unknown_errand"):
        load(raw)


def test_a_document_leaves_the_chat_after_24_hours_while_it_can_still_be_removed() -> None:
    assert removal((5, 7), NOW) == Planned(Remove((5, 7)), NOW + 24 * 60, NOW + 47 * 60)
    assert removal((5,), NOW, stay=0) == Planned(Remove((5,)), NOW, NOW + 47 * 60)


@pytest.mark.parametrize(
    ("day", "utc_hour"), [(date(2027, 1, 7), 9), (date(2027, 7, 1), 8)], ids=["winter", "summer"]
)
def test_a_reminder_comes_at_nine_in_london(day: date, utc_hour: int) -> None:
    planned = reminder(day, LONDON)
    moment = datetime.fromtimestamp(planned.due * 60, UTC)
    assert (moment.date(), moment.hour, moment.minute) == (day, utc_hour, 0)
    assert planned.errand == Remind()
    assert planned.expires - planned.due == 48 * 60


def test_lateness_is_looked_for_while_the_mail_is_tried_and_its_copy_is_kept() -> None:
    planned = late_notice("desk", ("a",), NOW)
    assert planned == Planned(TellIfLate("desk", ("a",)), NOW + 60, NOW + 9 * 24 * 60)
