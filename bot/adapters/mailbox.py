"""The embedded secure mailbox of demo, training and tests: a real SMTP server on loopback.

It speaks TLS with a certificate the client can verify and takes no mail before it. What arrives
is kept in memory alone.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.adapters.loopback_tls import LoopbackTls, issue

HOST: Final = "127.0.0.1"
KEPT: Final = 1000  # mails; the oldest goes first
ACCEPTED: Final = "250 2.0.0 OK"
# aiosmtpd logs every line of a mail at DEBUG, and tracebacks of failed handshakes.
_LEAKY_LOGGERS: Final = ("mail.log", "mail.debug")


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as it came: the envelope, the exact bytes, and the message they parse to."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    message: EmailMessage


class EmbeddedMailbox:
    """`async with EmbeddedMailbox(folder) as box:` then speak SMTP to `box.host`, `box.port`,
    trusting `box.ca_file`. Runs in the event loop that enters it. `implicit` TLS from the first
    byte, else STARTTLS, required. A free port unless one is given.
    """

    def __init__(
        self,
        folder: Path,
        *,
        implicit: bool = False,
        port: int = 0,
        tls: LoopbackTls | None = None,
    ) -> None:
        self.host = HOST
        self.port = port
        self.arrived: list[Arrived] = []
        self._tls = tls or issue(folder)
        self._implicit = implicit
        self._unread: asyncio.Queue[Arrived] = asyncio.Queue(maxsize=KEPT)
        self._doors: set[_Door] = set()
        self._server: asyncio.Server | None = None

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, for the client to trust."""
        return self._tls.ca_file

    async def next_arrival(self) -> Arrived:
        """The oldest mail not yet given by this method; waits until there is one."""
        return await self._unread.get()

    async def __aenter__(self) -> Self:
        for name in _LEAKY_LOGGERS:
            logging.getLogger(name).disabled = True
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._door, self.host, self.port, ssl=self._tls.context if self._implicit else None
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._server is None:
            return
        self._server.close()
        await asyncio.gather(*(door.shut() for door in tuple(self._doors)))
        with suppress(TimeoutError):  # Python 3.12 and later wait for handshakes that never end
            async with asyncio.timeout(1.0):
                await self._server.wait_closed()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep what arrived (the hook that aiosmtpd calls)."""
        self.keep(envelope.mail_from or "", envelope.rcpt_tos, envelope.original_content or b"")
        return ACCEPTED

    async def handle_exception(self, _error: Exception) -> str:
        """A fault of one connection: answered without a word about it, logged nowhere."""
        return "451 4.3.0 Try again later"

    def keep(self, sender: str, recipients: list[str], raw: bytes) -> None:
        """Take one mail in."""
        message = message_from_bytes(raw, policy=policy.SMTP)
        mail = Arrived(sender, tuple(recipients), raw, message)
        self.arrived.append(mail)
        del self.arrived[:-KEPT]
        if self._unread.full():
            self._unread.get_nowait()
        self._unread.put_nowait(mail)

    def _door(self) -> _Door:
        return _Door(self, self._doors, None if self._implicit else self._tls)


class _Door(SMTP):
    """One connection. Ends quietly, however it ends."""

    def __init__(
        self, mailbox: EmbeddedMailbox, doors: set[_Door], upgrade: LoopbackTls | None
    ) -> None:
        super().__init__(
            mailbox,
            hostname="localhost",  # aiosmtpd would ask the network for a name
            ident="embedded mailbox",
            tls_context=upgrade.context if upgrade else None,
            require_starttls=upgrade is not None,
            loop=asyncio.get_running_loop(),
        )
        self._doors = doors

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._doors.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._doors.discard(self)
        super().connection_lost(error)

    async def shut(self) -> None:
        """Break the connection off and wait until its task has ended."""
        for transport in (self.transport, self._original_transport):
            if isinstance(transport, asyncio.WriteTransport):
                transport.abort()
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
            await asyncio.wait([self._handler_coroutine])
