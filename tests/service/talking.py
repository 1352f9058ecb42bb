"""The real turn service over a real SQLite file, talked to in the little content; a courier is
played by claiming. Nothing is posted.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.codes import SlowCodes
from bot.adapters.keyring import open_keyring
from bot.adapters.library import Library
from bot.adapters.sqlite import SqliteStore, open_store
from bot.channels.talk import Talk
from bot.core.catalogue import Catalogue
from bot.core.guidance import Questions
from bot.core.mail import Document
from bot.core.paper import Paper
from bot.core.routing import Mailbox
from bot.ports import OutboxItem, PersonKey
from bot.service.desk import Desk
from bot.service.effects import Effects
from bot.service.gifts import Gifts
from bot.service.intake import Intake
from bot.service.limits import Limits
from bot.service.turns import TurnService
from tests.fakes.clock import CountingIds, FixedClock
from tests.fakes.codes import CHEAP

ANN = PersonKey("ann")


class _One:
    """One edition, one mailbox that nothing is sealed to, and no paper."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def find(self, edition: str) -> Catalogue:
        del edition
        return self._catalogue

    async def seal(self, message: bytes, mailbox: Mailbox) -> bytes:
        del mailbox
        return message

    async def print(self, paper: Paper) -> Document | None:
        del paper
        return None


@dataclass
class Talking:
    """One person at the service; `store` is what the courier works on."""

    service: TurnService
    talk: Talk
    store: SqliteStore
    clock: FixedClock

    async def say(self, *lines: str) -> str:
        """What is on the screen after these lines, each typed or the label of a button."""
        for line in lines:
            await self.talk.line(line)
        return "\n".join(screen.text for screen in self.talk.reply.screens)

    async def report(self) -> str:
        """Send a report to the police; its code, noted."""
        await self.talk.start()
        await self.say("no", "north", "public", "no", "vodka", "skip", "none of these", "no more")
        await self.say("AB1", "yes", "send it", "<saved_it>")
        return self.talk.code

    async def paused(self) -> str:
        """Write a little and pause; its code, noted."""
        await self.talk.start()
        await self.say("no", "north", "public", "no", "vodka", "pause", "<saved_it>")
        return self.talk.code

    async def claim(self) -> list[OutboxItem]:
        """A courier takes what is due; for five minutes nobody else may."""
        return await self.store.claim(self.clock.minutes, 5, 10)


@asynccontextmanager
async def talking(folder: Path, catalogue: Catalogue) -> AsyncIterator[Talking]:
    clock, ids, one = FixedClock(), CountingIds(), _One(catalogue)
    keyring = open_keyring(folder / "keys")
    codes = SlowCodes(keyring.receipts_salt, CHEAP)
    library = Library(catalogue, Questions, print)
    limits = Limits(clock, lambda _seconds: asyncio.sleep(0))
    try:
        async with open_store(folder / "data" / "bot.sqlite", keyring, clock) as store:
            intake = Intake(ids, one, one, "bot@sender.example")
            gifts = Gifts(one, clock, ids, "bot@sender.example")
            desk = Desk(codes, store, store, clock)
            effects = Effects(intake, desk, gifts, library, ids, limits, lambda: None)
            service = TurnService(store, one, effects, clock, limits)
            yield Talking(service, Talk(service, ANN), store, clock)
    finally:
        codes.close()
        library.close()
