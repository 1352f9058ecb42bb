"""What the services need from the outside, as protocols. Adapters implement them; tests' fakes
obey the same contract suites (tests/contracts).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.core.guidance import Found
from bot.ports.errands import Chats, ErrandStore, NewErrand, StoredErrand
from bot.ports.outbox import Counts, ItemId, Kept, NewItem, OtherCopy, Outbox, OutboxItem
from bot.ports.people import PersonKey

__all__ = [
    "Chats",
    "Clock",
    "Codes",
    "Commit",
    "Counts",
    "ErrandStore",
    "Guidance",
    "Ids",
    "InboxEntry",
    "ItemId",
    "Kept",
    "Mailer",
    "NewCode",
    "NewErrand",
    "NewItem",
    "OtherCopy",
    "Outbox",
    "OutboxItem",
    "PersonKey",
    "SessionStore",
    "Sleep",
    "StoredErrand",
    "StoredSession",
]


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """This moment, aware, in Europe/London."""
        ...


class Ids(Protocol):
    """The only source of randomness."""

    def token(self) -> str:
        """A random id of 128 bits, lower-case hexadecimal."""
        ...

    def reference(self) -> str:
        """A random reference for a mail, easy to read aloud; not derived from anything."""
        ...

    def code_bits(self) -> bytes:
        """Ten random bytes (80 bits) for a receipt or pause code."""
        ...


@dataclass(frozen=True, slots=True)
class StoredSession:
    """A session as the store gives it back: opened bytes and the version a commit must match."""

    body: bytes
    version: int
    chat: bytes = b""  # the channel's own record, opened; empty if none
    opened: object = field(default=None, compare=False, repr=False)
    """What the commit gave beside `body`, if the store still has both in memory; else None."""


@dataclass(frozen=True, slots=True)
class NewCode:
    """A receipt or pause code to keep: only its slow hash (`tag`), and content sealed under a key
    that only the code gives. Days are `YYYY-MM-DD`.
    """

    tag: bytes
    sealed: bytes
    erase_on: str


@dataclass(frozen=True, slots=True)
class Commit:
    """Everything one turn changes, in one transaction.

    `session` None erases the session and the chat record. `version` is what `load` returned
    (0 for none); another version in the store raises SessionConflict and nothing is written.
    `lapses` is when the session may be erased (minutes since 1970, UTC, rounded up by the store
    to the hour).
    """

    person: PersonKey
    version: int
    session: bytes | None
    chat: bytes = b""
    lapses: int = 0
    items: tuple[NewItem, ...] = ()
    codes: tuple[NewCode, ...] = ()
    drop_codes: tuple[bytes, ...] = ()  # tags
    inbox: tuple[int, ...] = ()  # inbox entries this turn empties
    errands: tuple[NewErrand, ...] = ()
    forget_errands: bool = False  # all that the person had before; removals are due at once
    opened: object = field(default=None, compare=False, repr=False)
    """What `session` was made from: kept in memory for as long as the bytes are, never stored."""


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """An input taken in but not yet answered: sealed on disk, opened here."""

    id: int
    person: PersonKey
    update: int
    body: bytes


class SessionStore(Protocol):
    """Sessions, inbox, outbox and codes in one place, sealed."""

    async def load(self, person: PersonKey) -> StoredSession | None:
        """The person's session, or None when there is none or its key has been destroyed."""
        ...

    async def commit(self, commit: Commit) -> None:
        """All of it or nothing. Raises SessionConflict or StoreUnavailable."""
        ...

    async def take_in(self, entries: Sequence[tuple[PersonKey, int, bytes]]) -> list[int]:
        """Seal and store inputs (person, update number, body) in one commit; gives their ids.
        An update already in the inbox is not stored twice; its id is given again.
        """
        ...

    async def waiting_inputs(self) -> list[InboxEntry]:
        """Every input still unanswered, oldest first; for start-up after a crash."""
        ...

    async def open_code(self, tag: bytes) -> bytes | None:
        """The sealed content kept under this tag, or None."""
        ...

    async def codes_by_day(self) -> dict[str, int]:
        """How many codes are kept (receipts and paused drafts; nobody can tell them apart), by
        the day on which they are erased, YYYY-MM-DD, soonest first.
        """
        ...

    async def lapse(self, now_minutes: int, today: str) -> int:
        """Erase sessions and codes past their time; how many went."""
        ...


class Mailer(Protocol):
    """Puts one message into one mailbox, over verified TLS or not at all."""

    async def send(self, recipient: str, message: bytes) -> None:
        """Returns when the far server accepted it. Raises MailboxUnavailable or MailboxRefused."""
        ...


class Codes(Protocol):
    """The slow hash of codes, and what it unlocks. Runs off the event loop."""

    async def open(self, code: str) -> tuple[bytes, Callable[[bytes], bytes]]:
        """A code's tag, and a function that opens what was sealed under it."""
        ...

    async def keep(self, code: str, content: bytes, erase_on: str) -> NewCode:
        """Seal content under the code and give what the store keeps."""
        ...


class Guidance(Protocol):
    """Looks passages of guidance up, off the event loop."""

    async def look_up(self, query: str, area: str = "") -> Found:
        """Of this area and the common passages (of every area when none is given): at most ten
        that answer, at most three that may, or none of either when the bot must say that it does
        not know. Never raises; keeps nothing of the words.
        """
        ...


Sleep = Callable[[float], Awaitable[None]]
