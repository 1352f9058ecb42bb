"""What things to do later in a chat need: a place that survives restarts, and the chat itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.core.errand import Errand, Planned
from bot.ports.people import PersonKey


@dataclass(frozen=True, slots=True)
class NewErrand:
    """One thing to do later. `address` is the channel's own way to the chat, and means nothing to
    anybody else.
    """

    id: str
    address: bytes
    planned: Planned


@dataclass(frozen=True, slots=True)
class StoredErrand:
    """An errand whose time has come, opened. It must never be logged."""

    id: str
    person: PersonKey
    address: bytes
    errand: Errand


class ErrandStore(Protocol):
    """Errands, sealed. Those of one turn are kept by its commit (`Commit.errands`)."""

    async def keep_errands(self, person: PersonKey, errands: Sequence[NewErrand]) -> None:
        """Keep these for the person."""
        ...

    async def due_errands(self, now_minutes: int, limit: int) -> list[StoredErrand]:
        """Those whose time has come and is not over, earliest first."""
        ...

    async def errand_done(self, errand: str) -> None:
        """Forget this one."""
        ...

    async def errand_later(self, errand: StoredErrand, due_minutes: int) -> None:
        """Not before that time, and as it is now: what was said of it is remembered."""
        ...

    async def forget_errands(self, person: PersonKey) -> None:
        """Forget all of this person's."""
        ...


class Chats(Protocol):
    """The channel's side of an errand."""

    def address(self, record: bytes) -> bytes:
        """What is needed of the channel's record to find the chat again: the least there is."""
        ...

    async def say(self, person: PersonKey, address: bytes, text: str) -> None:
        """Say this in the chat, silently. Raises ChatGone or ChatUnreachable."""
        ...

    async def remove(self, address: bytes, messages: Sequence[int]) -> None:
        """Take messages out of the chat; those that are gone are none. Raises ChatGone or
        ChatUnreachable.
        """
        ...
