"""What a receipt says of one mail, from what the outbox knows."""

from __future__ import annotations

import pytest

from bot.core.standing import LATE_DAYS, LATE_TRIES, standing
from bot.core.turn import ItemState


@pytest.mark.parametrize("state", [ItemState.HANDED_OVER, ItemState.PROBLEM, ItemState.WITHDRAWN])
def test_what_is_no_longer_waiting_is_what_it_is(state: ItemState) -> None:
    found = standing(state, leased=True, tries=9, code="mailbox_closed", days=9, astray=True)
    assert found is state


@pytest.mark.parametrize(
    ("leased", "tries", "code", "days", "said"),
    [
        (False, 0, "", 0, ItemState.SAVED),
        (False, LATE_TRIES - 1, "smtp_451", LATE_DAYS - 1, ItemState.SAVED),
        (False, LATE_TRIES, "smtp_451", 0, ItemState.LATE),
        (False, 0, "mailbox_closed", 0, ItemState.LATE),
        (False, 0, "", LATE_DAYS, ItemState.LATE),
        (True, LATE_TRIES, "mailbox_closed", LATE_DAYS, ItemState.LEAVING),
    ],
)
def test_a_saved_mail_may_be_leaving_or_late(
    *, leased: bool, tries: int, code: str, days: int, said: ItemState
) -> None:
    found = standing(
        ItemState.SAVED, leased=leased, tries=tries, code=code, days=days, astray=False
    )
    assert found is said


def test_a_mail_that_went_astray_is_late_from_the_first_minute() -> None:
    on = dict.fromkeys(("tries", "days"), 0)
    late = standing(ItemState.SAVED, leased=False, code="", astray=True, **on)
    assert late is ItemState.LATE
    held = standing(ItemState.SAVED, leased=True, code="", astray=True, **on)
    assert held is ItemState.LEAVING
