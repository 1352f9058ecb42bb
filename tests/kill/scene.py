"""One person, one bot that is killed, Telegram and the far mailbox, which are not."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.botapi.server import BotApi
from tests.fakes.far_mailbox import FarMailbox, words
from tests.kill.house import Life
from tests.kill.lives import ForkServer, Lives
from tests.kill.road import ROAD, WHAT, WHERE, Act, Reporter

AHEAD: Final = 11  # minutes: what a dead process held or put off is due again within ten
LOST: Final = "what was acknowledged has been lost"
HANDED_OVER: Final = [("handed_over",)]


@dataclass(slots=True)
class Scene:
    api: BotApi
    mailbox: FarMailbox
    lives: Lives
    reporter: Reporter

    async def again(self, **changes: object) -> None:
        """The next life, later than any wait of a mail; returns when it has taken what waited."""
        await self.lives.start(**{"ahead": AHEAD, **changes})
        await self.read_all()

    async def read_all(self) -> None:
        """Wait until the bot reads for more, and has confirmed all it was sent."""
        await self.lives.until(lambda: "reading" in self.lives.passed)
        await self.api.world.until(lambda: not self.api.world.waiting)

    async def die_doing(self, act: Act, point: str) -> None:
        """The person does this, and the program ends at that point."""
        await self.lives.arm(point)
        self.reporter.begin(act)
        await self.lives.died()

    async def survives(self, at: int, point: str, **changes: object) -> None:
        """Walk to a place of the road, be killed there at this point, and be as if nothing was."""
        await self.lives.start(**changes)
        await self.reporter.walk(ROAD[:at])
        await self.die_doing(ROAD[at], point)
        await self.again(**changes)
        assert self.shows(ROAD[at]), LOST
        await self.finish(at)

    async def handed_over(self) -> None:
        """Wait until the disk says that the mail has gone."""
        await self.lives.until(lambda: self.lives.rows("select state from outbox") == HANDED_OVER)

    def shows(self, act: Act) -> bool:
        """Whether the person's newest message is the answer to this."""
        texts = self.reporter.person.bot_texts
        return bool(texts) and act.sees in texts[-1]

    async def finish(self, after: int) -> None:
        """Walk the rest of the road, and hold the far mailbox and the disk to the promises."""
        await self.reporter.walk(ROAD[after + 1 :])
        await self.handed_over()
        self.keeps_promises()
        (code,) = self.reporter.codes  # the same however often it was shown
        await self.reporter.act(Act("Merseyside Police: handed over", say=code))

    def keeps_promises(self) -> None:
        """Nothing acknowledged is lost; nothing has come under two Message-IDs."""
        mails = self.mailbox.arrived
        assert mails
        assert len({str(mail.message["Message-ID"]) for mail in mails}) == 1
        assert len({mail.raw for mail in mails}) == 1
        assert len(self.lives.rows("select id from outbox")) == 1
        said = words(mails[0])
        assert [said.count(line) for line in (WHAT, WHERE)] == [1, 1]


@asynccontextmanager
async def scene_in(folder: Path, forks: ForkServer, webhook: str = "") -> AsyncIterator[Scene]:
    certificates = folder / "certificates"
    certificates.mkdir()
    async with BotApi() as api, FarMailbox(certificates) as mailbox:
        life = Life(
            folder=str(folder / "house"),
            control=0,
            api=api.root,
            token=api.token,
            smtp_port=mailbox.port,
            ca_file=str(mailbox.ca_file),
            webhook=webhook,
        )
        async with Lives(forks, life) as lives:
            yield Scene(api, mailbox, lives, Reporter(api))
