"""What a receipt says of one mail, from what the outbox knows."""

from __future__ import annotations

import pytest

from bot.core.standing import LATE_DAYS, LATE_TRIES, standing
from bot.core.turn import ItemState


@pytest.mark.parametrize("state", [ItemState.HANDED_OVER, ItemState.PROBLEM, ItemState.WITHDRAWN])
def test_what_is_no_longer_waiting_is_what_it_is(state: ItemState) -> None:
    assert standing(state, leased=True, tries=9, code="mailbox_closed", days=9) is state


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
    assert standing(ItemState.SAVED, leased=leased, tries=tries, code=code, days=days) is said
