"""One installation as an operator runs it: `python -m bot run` as a process of its own, settings
in its environment, a local Bot API server on one side and a mail server with TLS on the other.
"""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.mailbox import Arrived, EmbeddedMailbox
from bot.channels.transcript import Transcript
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi

ROOT = Path(__file__).parents[2]
SECONDS = 60.0
CODE = re.compile(r"[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}")


@dataclass(slots=True)
class Installation:
    """A running bot and what is around it."""

    api: BotApi
    mailbox: EmbeddedMailbox
    process: asyncio.subprocess.Process
    folder: Path
    people: int = 0

    def person(self) -> Person:
        """Somebody who never wrote before."""
        self.people += 1
        return Person(self.api, 5_000_000 + self.people, name="Marker Name")

    async def mail(self) -> Arrived:
        """The next mail that arrives."""
        return await asyncio.wait_for(self.mailbox.next_arrival(), SECONDS)

    async def stop(self) -> tuple[int, str, str]:
        """Ask it to end; its exit code and everything it printed."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        out, err = await asyncio.wait_for(self.process.communicate(), SECONDS)
        return self.process.returncode or 0, out.decode(), err.decode()


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@asynccontextmanager
async def installation(
    folder: Path, *, webhook: bool = False, own_mail: bool = True
) -> AsyncIterator[Installation]:
    """One in this folder (with whatever lies there), ready to be written to. Without `own_mail`
    it starts its embedded mailbox, as it does in training.
    """
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(BotApi())
        mailbox = await stack.enter_async_context(EmbeddedMailbox(folder))
        settings = {
            "PYTHONPATH": str(ROOT),
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": api.root,
            "BOT_DATA_DIR": "data",
            "BOT_KEY_DIR": "keys",
        }
        if own_mail:
            settings |= {
                "BOT_SMTP_HOST": mailbox.host,
                "BOT_SMTP_PORT": str(mailbox.port),
                "BOT_SMTP_CA_FILE": str(mailbox.ca_file),
            }
        if webhook:
            port = _free_port()
            settings |= {
                "BOT_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook/of/the/test",
                "BOT_WEBHOOK_LISTEN": f"127.0.0.1:{port}",
                "BOT_WEBHOOK_SECRET": "a-secret_of-the-webhook",
            }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run"),
            cwd=folder,
            env=settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        running = Installation(api, mailbox, process, folder)
        try:
            yield running
        finally:
            await running.stop()


async def talk(person: Person, transcript: Transcript) -> str:
    """Do what a recorded person did and see what they saw; the last code that was shown."""
    code = ""
    await person.start()
    for turned in transcript.turns:
        if turned.press:
            await person.press(turned.press)
        else:
            await person.say(turned.say.replace("{code}", code))
        await person.sees(turned.sees)
        found = CODE.search("\n".join(person.bot_texts))
        code = found.group() if found else code
    return code
