"""`python -m tests.kill.house`: the real program, its ports wrapped so that it can be killed.

Reads lives, one JSON object a line, forks the real program for each, and says how it ended (-9:
killed). Forking keeps the imports, so that a life costs its own work alone.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from argparse import Namespace
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from bot import app, logs
from bot.adapters import codes, smtp, system
from bot.adapters.sqlite import opening
from bot.channels.telegram.request import AiohttpRequest
from bot.commands.operating import _outbox
from bot.commands.serving import _serve
from bot.core.engine import advance
from bot.core.turn import Begin, Say
from bot.loading.load import load_catalogue
from bot.service import delivery
from bot.settings import Secret, Settings, Smtp
from tests.fakes.codes import CHEAP
from tests.kill.points import Points


@dataclass(frozen=True, slots=True)
class Life:
    """One run of the program. `ahead` is by how many minutes its clock is moved on; `armed` the
    point it dies at unless told another; `confirm_first` the seeded bug; `bounced` a reference:
    then it is not the bot but the operator's command that lives. `patience` is how many
    seconds it waits for a mail server, a lock and between two looks at the outbox (0: as it is);
    `said` the file that gets what it prints.
    """

    folder: str
    control: int
    api: str
    token: str
    smtp_port: int
    ca_file: str
    webhook: str = ""
    mailboxes: str = ""
    bounced: str = ""
    ahead: int = 0
    armed: str = ""
    confirm_first: bool = False
    patience: float = 0.0
    said: str = ""

    def settings(self) -> Settings:
        folder = Path(self.folder)
        smtp = Smtp(host="127.0.0.1", port=self.smtp_port, ca_file=self.ca_file)
        settings = replace(
            Settings(),
            data_dir=folder / "data",
            key_dir=folder / "keys",
            token=Secret(self.token),
            api_url=self.api,
            smtp=smtp,
            mailboxes=Path(self.mailboxes) if self.mailboxes else None,
        )
        if not self.webhook:
            return settings
        listen = self.webhook.split("/")[2]
        secret = Secret("a-secret-of-the-webhook")
        return replace(
            settings, webhook_url=self.webhook, webhook_listen=listen, webhook_secret=secret
        )


def bounced(reference: str) -> Namespace:
    """What `outbox bounced REFERENCE` is given."""
    return Namespace(action="bounced", reference=reference, mailbox="", same=False, json=True)


async def live(life: Life) -> int:
    """Serve until killed. The control connection hears of each point, and says where to die."""
    reader, writer = await asyncio.open_connection("127.0.0.1", life.control)
    points = Points(life.armed, lambda name: writer.write(f"{name}\n".encode()))
    points.wrap()
    writer.write(f"up {os.getpid()}\n".encode())

    async def obey() -> None:
        while line := await reader.readline():
            word, _, minutes = line.decode().strip().partition(" ")
            if minutes:
                Moved.minutes = int(minutes)
            else:
                points.armed = word
            writer.write(b"armed\n")

    obeying = asyncio.create_task(obey())
    try:
        if life.bounced:
            return await _outbox(life.settings(), bounced(life.bounced))
        return await _serve(life.settings())
    finally:
        obeying.cancel()


def confirm_first() -> None:
    """The seeded bug: what was read is confirmed at once, before anything is committed."""
    real = AiohttpRequest.call

    async def call(
        self: AiohttpRequest, method: str, params: dict[str, Any], seconds: float = 0.0
    ) -> object:
        result = await real(self, method, params, seconds)
        if method == "getUpdates" and isinstance(result, list) and result:
            offset = max(one["update_id"] for one in result) + 1
            await real(self, method, {**params, "offset": offset, "timeout": 0}, seconds)
        return result

    AiohttpRequest.call = call  # type: ignore[method-assign]


class Moved:
    """By how many minutes the clock of this process is wrong."""

    minutes = 0


def move_clock(minutes: int) -> None:
    """Let this process live so many minutes later, until it is told otherwise."""
    real = system.SystemClock.now
    Moved.minutes = minutes

    def now(self: system.SystemClock) -> datetime:
        return real(self) + timedelta(minutes=Moved.minutes)

    system.SystemClock.now = now  # type: ignore[method-assign]


def hurry(seconds: float) -> None:
    """Wait no longer than this for a mail server, for a lock, and before the next look."""
    smtp.Relay = partial(smtp.Relay, timeout=seconds)  # type: ignore[misc,assignment]
    delivery.POLL_SECONDS = seconds  # type: ignore[misc]
    opening.open_store.__wrapped__.__kwdefaults__["busy_ms"] = int(1000 * seconds)  # type: ignore[attr-defined]


def say_into(file: str) -> None:
    """Let standard output and error of this process go into a file."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(handle, 1)
    os.dup2(handle, 2)


def one_life(line: str) -> int:
    life = Life(**json.loads(line))
    if life.said:
        say_into(life.said)
    if life.patience:
        hurry(life.patience)
    logs.set_up("ERROR")
    codes.SlowCodes = partial(codes.SlowCodes, cost=CHEAP)  # type: ignore[misc,assignment]
    move_clock(life.ahead)
    if life.confirm_first:
        confirm_first()
    return asyncio.run(live(life))


def warm() -> None:
    """Read the content and let it compile what it compiles late, once for all lives."""
    setattr(app, "load_catalogue", cache(load_catalogue))  # noqa: B010 - the app's import of it
    now = system.SystemClock().now()
    catalogue = app.content_of(Settings())
    session = advance(catalogue, None, Begin(), now).session
    advance(catalogue, session, Say("words"), now)


def main() -> None:
    warm()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(one_life(line))
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
