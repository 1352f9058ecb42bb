"""The real program as a process, a local Bot API server, and a mail server that can be broken."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from bot.adapters.keyring import open_keyring
from bot.adapters.loopback_tls import issue
from bot.adapters.mailbox import Arrived
from bot.adapters.sqlite import open_store
from bot.adapters.system import SystemClock
from tests.botapi.server import BotApi
from tests.faults.promises import assert_nothing_plain, assert_one_message, mails_about, opened
from tests.faults.server import MailServer
from tests.kill.house import Life
from tests.kill.lives import ForkServer, Lives
from tests.kill.road import MOMENTS, ROAD, WHAT, WHERE, Act, Reporter

PATIENCE: Final = 0.25  # seconds: how long this program waits for a mail server or a lock
LOOK: Final = 0.01
SECONDS: Final = 30.0
SEND: Final = MOMENTS["send"]
FIRST: Final = 7_316_498_000  # a chat's number is long enough not to come about by chance


@dataclass(slots=True)
class Report:
    """One person's report, with words that no other has."""

    house: House
    reporter: Reporter
    number: int

    @property
    def marks(self) -> tuple[str, str]:
        return f"zqwhat{self.number}qz", f"zqwhere{self.number}qz"

    @property
    def what(self) -> str:
        return f"{WHAT}, {self.marks[0]}"

    @property
    def where(self) -> str:
        return f"{WHERE}, {self.marks[1]}"

    @property
    def road(self) -> tuple[Act, ...]:
        said = {WHAT: self.what, WHERE: self.where}
        return tuple(replace(act, say=said.get(act.say, act.say)) for act in ROAD)

    @property
    def code(self) -> str:
        (code,) = self.reporter.codes  # the same however often it was shown
        return code

    @property
    def mails(self) -> list[Arrived]:
        return mails_about(self.house.server.arrived, self.what)

    async def send(self) -> None:
        """Walk the whole road; at its end the person has been told that it is saved."""
        await self.reporter.walk(self.road)

    async def told(self) -> str:
        """What the receipt says now."""
        return (await self.reporter.person.say(self.code)).text

    async def told_in_the_end(self, words: str) -> None:
        """Ask until the receipt says so."""
        async with asyncio.timeout(SECONDS):
            while words not in await self.told():
                await asyncio.sleep(LOOK)

    def row(self) -> tuple[object, ...]:
        """State, tries, lease and code of the newest item, from the disk."""
        query = "select state, tries, leased, code, reference from outbox where id = ?"
        return self.house.lives.rows(query.replace("?", f"'{self.item}'"))[0]

    item: str = ""

    async def until(self, test: Callable[[], bool]) -> None:
        async with asyncio.timeout(SECONDS):
            while not test():
                await asyncio.sleep(LOOK)

    async def tried(self) -> str:
        """Wait until the courier has put it off or parked it; the safe code of why."""
        await self.until(lambda: bool(self.row()[3]) and not self.row()[2])
        return str(self.row()[3])

    async def is_kept(self) -> None:
        """It lies on the disk sealed, whole, and opens with the keys alone."""
        house = self.house
        kept = await opened(house.lives.database, house.keys, house.lives.folder.parent)
        assert len([text for text in kept if self.what in text and self.where in text]) == 1
        house.holds_nothing_plain()

    async def arrives(self) -> None:
        """Wait until the disk says that it has gone; hold the far mailbox to the promises."""
        await self.until(lambda: self.row()[0] == "handed_over")
        assert_one_message(self.mails)
        assert "Merseyside Police: handed over." in await self.told()
        self.house.holds_nothing_plain()


@dataclass(slots=True)
class House:
    """One installation, and everybody who wrote to it."""

    api: BotApi
    server: MailServer
    lives: Lives
    reports: list[Report] = field(default_factory=list)
    ahead: int = 0

    @property
    def keys(self) -> Path:
        return self.lives.folder / "keys"

    async def start(self, **changes: object) -> None:
        """A new life, which has read what waited."""
        await self.lives.start(**{"ahead": self.ahead, **changes})
        await self.lives.until(lambda: "reading" in self.lives.passed)

    def report(self) -> Report:
        """Somebody who never wrote before."""
        number = FIRST + len(self.reports)
        one = Report(self, Reporter(self.api, number), number)
        self.reports.append(one)
        return one

    async def sent(self) -> Report:
        """A report that has been sent, and acknowledged."""
        before = {str(row[0]) for row in self.lives.rows("select id from outbox")}
        one = self.report()
        await one.send()
        (new,) = {str(row[0]) for row in self.lives.rows("select id from outbox")} - before
        one.item = new
        return one

    async def later(self, minutes: int = 130) -> None:
        """So many minutes pass at once: longer than any wait of a mail."""
        self.ahead += minutes
        await self.lives.ahead(self.ahead)

    async def retry(self, report: Report) -> None:
        """What `outbox retry REFERENCE` does, beside the running program."""
        clock, keyring = SystemClock(), open_keyring(self.keys)
        async with open_store(self.lives.database, keyring, clock) as store:
            assert await store.retry_parked(str(report.row()[4]), 0) == 1

    def holds_nothing_plain(self) -> None:
        """Neither the disk nor the wire before TLS."""
        last = self.reports[-3:]
        words = [WHAT, WHERE, *(mark for one in last for mark in one.marks)]
        assert_nothing_plain(self.lives.folder, words, [one.number for one in last])
        heard = bytes(self.server.plain).upper()
        assert heard.count(b"EHLO") or not heard
        for word in (b"MAIL FROM", b"RCPT TO", b"DATA", b"ZQ"):
            assert word not in heard

    def said(self) -> str:
        """All that the program printed: what the operator sees."""
        return (self.lives.folder / "said").read_text()


@asynccontextmanager
async def house_in(folder: Path, forks: ForkServer) -> AsyncIterator[House]:
    """A house that is not alive yet: `await house.start()`."""
    for name in ("house", "certificates"):
        (folder / name).mkdir(exist_ok=True)
    tls = issue(folder / "certificates")
    async with BotApi() as api, MailServer(tls.context) as server:
        life = Life(
            folder=str(folder / "house"),
            control=0,
            api=api.root,
            token=api.token,
            smtp_port=server.port,
            ca_file=str(tls.ca_file),
            patience=PATIENCE,
            said=str(folder / "house" / "said"),
        )
        async with Lives(forks, life) as lives:
            yield House(api, server, lives)


async def put_off(house: House) -> Report:
    """A report that could not be handed over: it waits, and the person is told so."""
    report = await house.sent()
    await report.tried()
    assert report.row()[0] == "saved"
    assert "saved, not handed over yet" in await report.told()
    await report.is_kept()
    return report


async def goes_once_mended(house: House, report: Report) -> None:
    house.server.breaks()
    await house.later()
    await report.arrives()
