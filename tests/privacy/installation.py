"""One live installation of the real program, its Telegram, its mail server, and all it writes."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.loading.load import load_catalogue
from tests.botapi.server import BotApi
from tests.fakes.far_mailbox import FarMailbox
from tests.privacy.search import bodies, files, headers

ROOT: Final = Path(__file__).resolve().parents[2]
SECONDS: Final = 60.0
OPERATOR: Final = "operator@bot.example"
MAILBOX: Final = """\
  {id}:
    address: {id}@far.example
    state: verified
    verified_by: the duty manager
    verified_on: {today}
    until: {until}
    personal: no
    tls_only_agreed_by: the information officer
"""


def verified_mailboxes() -> str:
    """Every mailbox of the packs, as an operator has verified it."""
    today = date.today()  # noqa: DTZ011 - a day of the machine, as an operator writes it
    begins, ends = today - timedelta(days=1), today + timedelta(days=30)
    boxes = load_catalogue(ROOT).mailboxes
    return "mailboxes:\n" + "".join(
        MAILBOX.format(id=box, today=begins, until=ends) for box in boxes
    )


@dataclass(slots=True)
class Installation:
    folder: Path
    api: BotApi
    mailbox: FarMailbox
    program: asyncio.subprocess.Process | None = None

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "TMPDIR": str(self.folder / "tmp"),
            "BOT_TOKEN": self.api.token,
            "BOT_API_URL": self.api.root,
            "BOT_MODE": "live",
            "BOT_DATA_DIR": str(self.folder / "data"),
            "BOT_KEY_DIR": str(self.folder / "keys"),
            "BOT_SMTP_HOST": "127.0.0.1",
            "BOT_SMTP_PORT": str(self.mailbox.port),
            "BOT_SMTP_CA_FILE": str(self.mailbox.ca_file),
            "BOT_MAIL_FROM": "bot@bot.example",
            "BOT_ALARM_MAIL": OPERATOR,
            "BOT_MAILBOXES": str(self.folder / "mailboxes.yaml"),
            "BOT_LOG_LEVEL": "DEBUG",
        }

    async def start(self, *leaks: str) -> None:
        with (
            (self.folder / "said/output").open("ab") as out,
            (self.folder / "said/errors").open("ab") as errors,
        ):
            self.program = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tests.privacy.program",
                *leaks,
                stdout=out,
                stderr=errors,
                cwd=ROOT,
                env=self.environment,
            )
        await self.api.world.until(lambda: bool(self.api.calls("deleteWebhook")), SECONDS)

    async def stop(self) -> None:
        """End it politely."""
        assert self.program is not None
        program, self.program = self.program, None
        program.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(program.wait(), SECONDS) == 0

    async def mails(self, count: int) -> None:
        """Wait until so many mails have come in all."""
        async with asyncio.timeout(SECONDS):
            while len(self.mailbox.arrived) < count:
                await self.mailbox.next_arrival()

    def written(self) -> dict[str, bytes]:
        """All that lies on the disk now, and all that was said on standard output and error."""
        return files(*(self.folder / name for name in ("data", "keys", "tmp", "said")))

    def everything(self) -> dict[str, bytes]:
        """The same, and the mails."""
        arrived = self.mailbox.arrived
        return {**self.written(), **headers(arrived), **bodies(arrived)}


@asynccontextmanager
async def installed(folder: Path) -> AsyncIterator[Installation]:
    for name in ("tmp", "said", "certificates"):
        (folder / name).mkdir()
    (folder / "mailboxes.yaml").write_text(verified_mailboxes())
    async with BotApi() as api, FarMailbox(folder / "certificates") as mailbox:
        one = Installation(folder, api, mailbox)
        try:
            yield one
        finally:
            if one.program is not None and one.program.returncode is None:
                one.program.kill()
                await one.program.wait()
