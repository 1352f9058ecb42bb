"""What the channel needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias

from bot.core.turn import Input, Reply
from bot.ports import InboxEntry, PersonKey
from bot.service.quoting import Quote


class Answer(Protocol):
    """A turn that is committed."""

    @property
    def reply(self) -> Reply:
        """The screens to show."""
        ...

    @property
    def chat(self) -> bytes:
        """The channel's record as now stored; empty once it has been erased."""
        ...


class Turns(Protocol):
    """The turn service."""

    async def take(
        self,
        person: PersonKey,
        given: Input,
        *,
        update: int = 0,
        inbox: tuple[int, ...] = (),
        chat: Callable[[bytes], bytes] = ...,
    ) -> Answer:
        """One turn, committed. `chat` maps the channel's old record to the new one, and is called
        on every turn that commits, also one that erases. Raises StoreUnavailable.
        """
        ...

    async def takes_file(self, person: PersonKey) -> bool:
        """Whether a file is asked for now; nothing else is ever fetched. Raises
        StoreUnavailable.
        """
        ...


class Quoting(Protocol):
    """The guidance, as it may be quoted in any chat."""

    async def quotes(self, words: str) -> tuple[Quote, ...]:
        """The passages that answer these words, best first; keeps nothing of them."""
        ...


class Inbox(Protocol):
    """The store's inbox: inputs taken in and not yet answered."""

    async def take_in(self, entries: Sequence[tuple[PersonKey, int, bytes]]) -> list[int]:
        """Store sealed inputs (person, update number, body); gives their ids."""
        ...

    async def waiting_inputs(self) -> list[InboxEntry]:
        """Every input still unanswered, oldest first."""
        ...


PersonKeyOf: TypeAlias = Callable[[int], PersonKey]  # from a chat id
Alarm: TypeAlias = Callable[[str], None]  # takes a safe code
RemoveLater: TypeAlias = Callable[[PersonKey, bytes, tuple[int, ...], int], Awaitable[None]]
"""Take messages out of a chat: person, the channel's record, message ids, and minutes from now.
Raises StoreUnavailable."""
