"""Mailboxes that go wrong, each in one way. Real SMTP servers, with the real TLS around them."""

# ruff: noqa: N802 - aiosmtpd names its hooks so
from __future__ import annotations

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.adapters.mailbox import ACCEPTED, EmbeddedMailbox


class Refusing(EmbeddedMailbox):
    """Answers RCPT for `only` (everybody if empty) with `reply`."""

    def __init__(self, folder: Path, reply: str, only: str = "") -> None:
        super().__init__(folder)
        self.reply = reply
        self.only = only

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.only in {"", address}:
            return self.reply
        envelope.rcpt_tos.append(address)
        return ACCEPTED


class LateRefusing(EmbeddedMailbox):
    """Answers the end of DATA with `reply`, and keeps nothing, until `reply` is emptied."""

    def __init__(self, folder: Path, reply: str) -> None:
        super().__init__(folder)
        self.reply = reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        return self.reply or await super().handle_DATA(server, session, envelope)


class Breaking(EmbeddedMailbox):
    """Takes the first mail and breaks the connection off before it can say so."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if len(self.arrived) == 1:
            wire = server._original_transport
            assert isinstance(wire, asyncio.WriteTransport)
            wire.abort()
        return answer


class Stalling(EmbeddedMailbox):
    """Reads the mail, says so to the test, and never answers."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.reached = asyncio.Event()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.reached.set()
        await asyncio.Event().wait()
        return ACCEPTED


class Plain:
    """A server from which somebody on the way has stripped STARTTLS. Takes mail in clear."""

    def __init__(self) -> None:
        self.port = 0
        self.taken = 0
        self._doors: list[SMTP] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:
        self.taken += 1
        return ACCEPTED

    async def __aenter__(self) -> Self:
        self._server = await asyncio.get_running_loop().create_server(self._door, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        tasks = [door._handler_coroutine for door in self._doors if door._handler_coroutine]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._server.wait_closed()

    def _door(self) -> SMTP:
        door = SMTP(self, hostname="localhost", loop=asyncio.get_running_loop())
        self._doors.append(door)
        return door
