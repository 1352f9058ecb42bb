"""What may be done with an item now: where its envelope may point, and how long to try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias, assert_never

from bot.core.routing import Mailbox, Mode, refusals
from bot.ports import OutboxItem

WAITS: Final = (1, 2, 5, 15, 30, 60)  # minutes after the first, second … failed try
LONG_WAIT: Final = 120  # after every later one
GIVE_UP_DAYS: Final = 5  # whole days; items know no finer time


@dataclass(frozen=True, slots=True)
class Send:
    """The item may go, to this envelope recipient."""

    recipient: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The item must not go now; it waits and an operator is told."""

    code: str


@dataclass(frozen=True, slots=True)
class Never:
    """The item must not go by itself at all."""

    code: str


Verdict: TypeAlias = Send | Hold | Never


def verdict(
    item: OutboxItem, mailboxes: Mapping[str, Mailbox], mode: Mode, today: date
) -> Verdict:
    """Where this item's envelope may point today.

    Training never puts a real address into an envelope; live mail goes only to a verified mailbox
    (contracts.md, Mail; architecture.md, Decisions taken). What does not open goes nowhere.
    """
    if not item.message:
        return Never("unreadable")
    match mode:
        case Mode.TRAINING:
            return (
                Send(f"{item.mailbox}@training.invalid")
                if item.training
                else Hold("live_item_in_training")
            )
        case Mode.LIVE if item.training:
            return Never("training_item")
        case Mode.LIVE:
            mailbox = mailboxes.get(item.mailbox)
            if mailbox is None:
                return Hold("mailbox_unknown")
            if refusals(mailbox, today) or not mailbox.address:
                return Hold("mailbox_closed")
            return Send(mailbox.address)
        case _:
            assert_never(mode)


def may_receive(mailbox: Mailbox | None, mode: Mode, today: date) -> bool:
    """Whether an item of this mode may go to this mailbox today."""
    if mode is Mode.TRAINING:
        return True
    return mailbox is not None and bool(mailbox.address) and not refusals(mailbox, today)


def wait_after(tries: int, days: int) -> int | None:
    """Minutes until the next try, after so many failed ones (this one included) on an item so many
    days old. None: give up.
    """
    if tries <= len(WAITS):
        return WAITS[max(tries, 1) - 1]
    return LONG_WAIT if days <= GIVE_UP_DAYS else None


def tried_for(tries: int) -> int:
    """For how many minutes at least a mailbox has been tried when this try failed. Counted from
    the waits: the moment of a first try, which is the moment of a report, is not kept.
    """
    over = max(0, tries - 1 - len(WAITS))
    return sum(WAITS[: max(0, tries - 1)]) + over * LONG_WAIT
