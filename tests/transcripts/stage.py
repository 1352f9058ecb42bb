"""The stage on which recorded conversations are played: the real turn service, courier and sweep
over a real SQLite file; only the clock, the ids and the far mail server are ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial
from pathlib import Path

from bot.adapters.codes import SlowCodes
from bot.adapters.documents import PdfPrinter
from bot.adapters.keyring import open_keyring
from bot.adapters.library import Library
from bot.adapters.sealing import MailSealer
from bot.adapters.sqlite import open_store
from bot.channels.talk import Talk
from bot.channels.terminal import Played, Write, play
from bot.channels.transcript import Transcript
from bot.core.catalogue import Catalogue
from bot.core.routing import Mode
from bot.core.turn import Input, Reply
from bot.loading.asked import questions_in
from bot.loading.editions import KeptEditions
from bot.ports import PersonKey
from bot.service.delivery import Courier
from bot.service.desk import Desk
from bot.service.effects import Effects
from bot.service.gifts import Gifts
from bot.service.intake import Intake
from bot.service.limits import Limits
from bot.service.retention import Retention
from bot.service.turns import Taken, TurnService
from tests.fakes.clock import CountingIds, FixedClock
from tests.fakes.codes import CHEAP
from tests.fakes.mailer import RecordingMailer

ROOT = Path(__file__).parents[2]

CHAT = 7_310_224_719  # of the one who talks; it must appear nowhere


@dataclass
class Watched:
    """The turn service, and every reply it gave."""

    service: TurnService
    replies: list[Reply] = field(default_factory=list)

    async def take(self, person: PersonKey, given: Input, *, update: int = 0) -> Taken:
        taken = await self.service.take(person, given, update=update)
        self.replies.append(taken.reply)
        return taken

    async def takes_file(self, person: PersonKey) -> bool:
        return await self.service.takes_file(person)


@dataclass
class Stage:
    """`play` plays one conversation; afterwards `mails` and `replies` tell what came of it."""

    talk: Talk
    person: PersonKey
    clock: FixedClock
    courier: Courier
    retention: Retention
    mailer: RecordingMailer
    watched: Watched
    catalogue: Catalogue
    alarms: list[str] = field(default_factory=list)

    async def play(self, transcript: Transcript, write: Write = lambda line: None) -> Played:
        """The whole conversation, and then what it sent."""
        played = await play(self.talk, transcript, write, self.wait)
        await self.courier.deliver_due()
        return played

    async def wait(self, minutes: int) -> None:
        """Time passes: mail goes out, and what is past its time is wiped."""
        await self.courier.deliver_due()
        self.clock.pass_(minutes=minutes)
        await self.courier.deliver_due()
        await self.retention.sweep()

    @property
    def mails(self) -> list[tuple[str, EmailMessage]]:
        """Envelope recipient and mail, in the order in which they went out."""
        return [(to, message_from_bytes(m, policy=policy.SMTP)) for to, m in self.mailer.sent]


@asynccontextmanager
async def stage(folder: Path, catalogue: Catalogue) -> AsyncIterator[Stage]:
    """A fresh installation in this folder."""
    clock, ids, mailer = FixedClock(), CountingIds(), RecordingMailer()
    mode = Mode.TRAINING if catalogue.training else Mode.LIVE
    mailer.mode = mode
    database = folder / "data" / "bot.db"
    keyring = open_keyring(folder / "keys", database)
    codes = SlowCodes(keyring.receipts_salt, CHEAP)
    editions = KeptEditions(catalogue, {}, folder / "editions", clock)
    alarms: list[str] = []
    printer = PdfPrinter(alarms.append)
    library = Library(catalogue, partial(questions_in, ROOT), alarms.append)
    sealer = MailSealer(catalogue.mailboxes.values(), None, mode, clock)
    limits = Limits(clock, _no_sleep)
    try:
        async with open_store(database, keyring, clock) as store:
            desk = Desk(codes, store, store, clock)
            intake = Intake(ids, printer, sealer, "bot@sender.example")
            gifts = Gifts(printer, clock, ids, "bot@sender.example")
            effects = Effects(intake, desk, gifts, library, ids, limits, lambda: None)
            service = TurnService(store, editions, effects, clock, limits)
            courier = Courier(store, mailer, catalogue.mailboxes, mode, clock, alarms.append)
            retention = Retention(store, store, keyring, clock)
            watched, person = Watched(service), keyring.person_key(CHAT)
            talk = Talk(watched, person)
            yield Stage(
                talk, person, clock, courier, retention, mailer, watched, catalogue, alarms
            )
    finally:
        printer.close()
        library.close()
        sealer.close()
        codes.close()


async def _no_sleep(_seconds: float) -> None:
    await asyncio.sleep(0)
