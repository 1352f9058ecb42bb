"""What a receipt says of one mail, from what the outbox knows."""

from __future__ import annotations

import pytest

from bot.core.standing import LATE_DAYS, LATE_TRIES, standing
from bot.core.turn import ItemState


def said_of(
    state: ItemState,
    *,
    leased: bool = False,
    tries: int = 0,
    code: str = "",
    days: int = 0,
    returned: bool = False,
    passed: bool = False,
) -> ItemState:
    """What is said of an item of which nothing else is known."""
    return standing(
        state,
        leased=leased,
        tries=tries,
        code=code,
        days=days,
        returned=returned,
        passed=passed,
    )


@pytest.mark.parametrize("state", [ItemState.HANDED_OVER, ItemState.PROBLEM, ItemState.WITHDRAWN])
def test_what_is_no_longer_waiting_is_what_it_is(state: ItemState) -> None:
    assert (
        said_of(state, leased=True, tries=9, code="mailbox_closed", days=9, passed=True) is state
    )


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
    assert said_of(ItemState.SAVED, leased=leased, tries=tries, code=code, days=days) is said


@pytest.mark.parametrize(
    ("returned", "said"), [(False, ItemState.LATE), (True, ItemState.CAME_BACK)]
)
def test_a_mail_that_went_astray_is_said_to_be_from_the_first_minute(
    *, returned: bool, said: ItemState
) -> None:
    assert said_of(ItemState.SAVED, returned=returned, passed=True) is said
    held = said_of(ItemState.SAVED, leased=True, returned=returned, passed=True)
    assert held is ItemState.LEAVING


@pytest.mark.parametrize(
    ("state", "said"),
    [(ItemState.HANDED_OVER, ItemState.HANDED_AGAIN), (ItemState.PROBLEM, ItemState.PROBLEM)],
)
def test_a_mail_handed_over_once_more_is_not_said_to_have_gone_smoothly(
    state: ItemState, said: ItemState
) -> None:
    assert said_of(state, tries=1, returned=True) is said
