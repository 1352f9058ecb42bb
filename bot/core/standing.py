"""How far one mail has come, as a receipt says it: its state in the outbox, and what a courier,
failed tries and time add to that.
"""

from __future__ import annotations

from typing import Final

from bot.core.turn import ItemState

LATE_TRIES: Final = 4  # 23 minutes without success: a person should look
LATE_DAYS: Final = 2  # calendar days, so at least a whole one: nobody may be delivering at all
HELD: Final = frozenset({"live_item_in_training", "mailbox_unknown", "mailbox_closed"})


def standing(
    state: ItemState,
    *,
    leased: bool,
    tries: int,
    code: str,
    days: int,
    returned: bool,
    passed: bool,
) -> ItemState:
    """What may be said of an item: of a saved one, whether it may have left or is late. `leased`
    is also true once the lease is over: after a crash nobody knows what the courier still did.
    `code` is the last fault's; `days` is how old the item is; `returned`: its mailbox had
    accepted it and sent it back; `passed`: it was passed on to the other mailbox.
    """
    if state is ItemState.HANDED_OVER and returned:
        return ItemState.HANDED_AGAIN
    if state is not ItemState.SAVED:
        return state
    if leased:
        return ItemState.LEAVING
    if returned:
        return ItemState.CAME_BACK
    late = passed or tries >= LATE_TRIES or code in HELD or days >= LATE_DAYS
    return ItemState.LATE if late else state
