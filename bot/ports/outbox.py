"""What the delivery of mail needs from the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NewType, Protocol

from bot.core.turn import ItemState

ItemId = NewType("ItemId", str)  # one mail to one mailbox; random


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """The same mail sealed to the other mailbox of the same desk, under the same Message-ID."""

    mailbox: str
    message: bytes


@dataclass(frozen=True, slots=True)
class NewItem:
    """One mail for the outbox: plain bytes in; the store seals them before they touch the disk."""

    id: ItemId
    reference: str
    route: str
    mailbox: str
    message_id: str
    message: bytes  # the whole MIME message; sealed at rest under a key of its own
    day: str  # YYYY-MM-DD; no finer time is kept
    training: bool
    anonymous: bool
    hold_minutes: int = 0  # wait at least so long before the first try (slowing, never refusing)
    other: OtherCopy | None = None  # sealed at rest under a key of its own, too
    canary: bool = False  # a test of the whole way: not counted, and no trace of it stays


@dataclass(frozen=True, slots=True)
class OutboxItem:
    """An item due for delivery. `message` is opened; it must never be logged or stored. It is
    empty when it does not open: the item was tampered with, damaged, or its key is lost.
    """

    id: ItemId
    reference: str
    route: str
    mailbox: str
    message_id: str
    message: bytes
    training: bool
    tries: int  # at this mailbox, this one included
    day: str
    other: str = ""  # the mailbox of its other copy
    passed: bool = False  # it has been passed from one mailbox to the other


@dataclass(frozen=True, slots=True)
class Kept:
    """An item whose content is still kept."""

    id: ItemId
    state: ItemState  # as it is stored
    mailbox: str  # which accepted it, or it goes to
    other: str = ""  # the mailbox of its other copy


@dataclass(frozen=True, slots=True)
class Counts:
    """What exists, in counts only, for operators."""

    sessions: int = 0
    inbox: int = 0
    codes: int = 0
    items: dict[str, int] = field(default_factory=dict)  # state -> how many, without canaries
    oldest_waiting_day: str = ""
    errands: int = 0  # things to do later in a chat
    canaries: int = 0
    kept: dict[str, dict[int, int]] = field(default_factory=dict)
    """Of what still has its content: state, or `inbox` -> age in whole days -> how many. Of what
    was handed over the age counts from then.
    """
    until: dict[str, dict[str, int]] = field(default_factory=dict)
    """`sessions` or `codes` -> the day on which they go at the latest, YYYY-MM-DD -> how many. How
    old they are is not kept.
    """


class Outbox(Protocol):
    """The delivery side of the store."""

    async def claim(self, now_minutes: int, lease_minutes: int, limit: int) -> list[OutboxItem]:
        """Due items, leased so that no other courier takes them meanwhile."""
        ...

    async def delivered(self, item: ItemId, now_minutes: int) -> None:
        """The far mail server accepted it. Its content is destroyed by `erase_delivered`."""
        ...

    async def later(self, item: ItemId, due_minutes: int, code: str) -> None:
        """Try again at that time; `code` is the error's safe code."""
        ...

    async def parked(self, item: ItemId, code: str) -> None:
        """Stop trying by itself; an operator must act."""
        ...

    async def retry_parked(self, reference: str, now_minutes: int) -> int:
        """Put parked items of this reference back in the queue; how many."""
        ...

    async def pass_on(self, item: ItemId, code: str) -> bool:
        """From now on it goes to its other mailbox, under the same Message-ID; due at once, its
        tries counted anew. `code` says why. False when it is not waiting or has no other copy.
        """
        ...

    async def kept(self, reference: str) -> list[Kept]:
        """The items of this reference that are still kept, by mailbox."""
        ...

    async def came_back(self, item: ItemId, *, to_other: bool = False) -> bool:
        """Its mailbox accepted this item and sent it back: it is saved again, due at once, the
        same bytes under the same Message-ID, and can no longer be withdrawn; or, if it has one,
        its other copy is. False when no copy is kept.
        """
        ...

    async def states(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        """How far each item has come; one that was forgotten is absent."""
        ...

    async def returns(self, items: Sequence[ItemId]) -> dict[ItemId, int]:
        """How often each of those came back whose content is still kept; the others are absent,
        since nothing can come of them any more.
        """
        ...

    async def withdraw(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        """Destroy those that have not left, and give how far each has come then. One that a
        courier holds, or held when a process ended, may have left, and one that came back may
        have been read: they stay.
        """
        ...

    async def forget_canaries(self, items: Sequence[ItemId]) -> None:
        """Destroy these tests, wherever they stand, and every trace of them; no report, even if
        it is named.
        """
        ...

    async def erase_delivered(self, before_minutes: int) -> int:
        """Destroy the key and content of items delivered before then; how many."""
        ...

    async def counts(self) -> Counts:
        """What exists, in counts."""
        ...
