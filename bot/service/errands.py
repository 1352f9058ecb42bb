"""Errands: what was promised for later in a chat, done when its time comes.

At least once: a process that ends between saying something and forgetting the errand says it
again. Nothing is promised that is not committed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final, Protocol, assert_never

from bot.core import emergency
from bot.core.catalogue import Catalogue
from bot.core.errand import (
    KEEP_FILES,
    LOOK_EVERY,
    Errand,
    Planned,
    Remind,
    Remove,
    TellIfLate,
    removal,
)
from bot.core.turn import ItemState
from bot.errors import BotError, ChatGone, ChatUnreachable
from bot.ports import (
    Chats,
    Clock,
    ErrandStore,
    Ids,
    ItemId,
    NewErrand,
    Outbox,
    PersonKey,
    Sleep,
    StoredErrand,
)
from bot.service.waiting import first_of

LOOK_SECONDS: Final = 60.0
AGAIN_MINUTES: Final = 10  # when the channel could not be reached; the store waits for the hour
_LATE: Final = frozenset({ItemState.LATE, ItemState.PROBLEM})


class Newest(Protocol):
    """The content as it stands today."""

    def find(self, edition: str) -> Catalogue:
        """The newest edition, when the name is empty."""
        ...


class Store(ErrandStore, Outbox, Protocol):
    """Errands, and how far mails have come."""


class Errands:
    """Keeps errands and does them. Without chats (at a prompt) nothing is kept or done."""

    def __init__(
        self,
        store: Store,
        editions: Newest,
        clock: Clock,
        ids: Ids,
        alarm: Callable[[str], None],
    ) -> None:
        self._store = store
        self._editions = editions
        self._clock = clock
        self._ids = ids
        self._alarm = alarm
        self._chats: Chats | None = None
        self._look = asyncio.Event()

    def attach(self, chats: Chats) -> None:
        """From now on errands are done in these chats."""
        self._chats = chats
        self._look.set()

    def new(self, record: bytes, planned: Sequence[Planned]) -> tuple[NewErrand, ...]:
        """Errands of a turn, for its commit. `record` is the channel's own."""
        if self._chats is None or not planned:
            return ()
        address = self._chats.address(record)
        return tuple(NewErrand(self._ids.token(), address, one) for one in planned)

    async def remove_later(
        self, person: PersonKey, record: bytes, messages: tuple[int, ...], stay: int = KEEP_FILES
    ) -> None:
        """Take these messages out of the chat, a day from now unless told otherwise (minutes).
        Raises StoreUnavailable.
        """
        planned = removal(messages, self._minutes(), stay=stay)
        await self._store.keep_errands(person, self.new(record, [planned]))

    async def run(self, stop: asyncio.Event, sleep: Sleep) -> None:
        """Do what is due, as soon as there are chats and every LOOK_SECONDS, until `stop` is set.
        A fault never ends it.
        """
        while not stop.is_set():
            self._look.clear()
            try:
                await self.do_due()
            except BotError as error:
                self._alarm(error.code)
            except Exception:  # noqa: BLE001 - one errand's fault must not stop those behind it
                self._alarm("errand_fault")
            await first_of(stop.wait(), self._look.wait(), sleep(LOOK_SECONDS))

    async def do_due(self) -> int:
        """Try everything that is due now, once; how many were tried."""
        if self._chats is None:
            return 0
        tried = 0
        while due := await self._store.due_errands(self._minutes(), 1):
            await self._try(self._chats, due[0])
            tried += 1
        return tried

    async def _try(self, chats: Chats, one: StoredErrand) -> None:
        try:
            left = await self._do(chats, one)
        except ChatGone:
            await self._store.forget_errands(one.person)
        except ChatUnreachable:
            await self._later(one, AGAIN_MINUTES)
        else:
            if left is None:
                await self._store.errand_done(one.id)
            else:
                await self._later(replace(one, errand=left), LOOK_EVERY)

    async def _later(self, one: StoredErrand, minutes: int) -> None:
        await self._store.errand_later(one, self._minutes() + minutes)

    async def _do(self, chats: Chats, one: StoredErrand) -> Errand | None:
        """What is left to do."""
        match one.errand:
            case Remove(messages):
                await chats.remove(one.address, messages)
            case Remind():
                await chats.say(one.person, one.address, self._words("reminder"))
            case TellIfLate():
                return await self._watch(chats, one, one.errand)
            case _:
                assert_never(one.errand)
        return None

    async def _watch(self, chats: Chats, one: StoredErrand, told: TellIfLate) -> TellIfLate | None:
        """Until no copy of the mail is kept, it may be late or come back. A return is counted, so
        one that was already handed over again when we look is told all the same.
        """
        items = [ItemId(item) for item in told.items]
        known, returns = await self._store.states(items), await self._store.returns(items)
        times = sum(returns.values())
        if times > told.returns:
            await self._ring(chats, one, "returned_notice", told.route)
            return replace(told, late=True, returns=times)
        if not told.late and not _LATE.isdisjoint(known.values()):
            await self._ring(chats, one, "late_notice", told.route)
            return replace(told, late=True)
        return told if returns else None

    async def _ring(self, chats: Chats, one: StoredErrand, screen: str, route_id: str) -> None:
        route = self._editions.find("").routes.get(route_id)
        phones = route.phones.strip() if route else ""
        await chats.say(one.person, one.address, self._words(screen, phones=phones))

    def _words(self, screen: str, **values: str) -> str:
        text = self._editions.find("").screens[screen].fill(values).strip()
        return f"{emergency.HEADER}\n\n{text}"

    def _minutes(self) -> int:
        return int(self._clock.now().timestamp()) // 60
