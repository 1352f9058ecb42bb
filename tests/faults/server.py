"""A mail server that misbehaves on demand, in any phase of the conversation.

It speaks SMTP and STARTTLS itself, line by line, so that each phase can go wrong. What it accepted
is kept; so is every byte that came before TLS.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Final, Self

from bot.adapters.mailbox import Arrived

PHASES: Final = ("greeting", "ehlo", "starttls", "secure ehlo", "mail", "rcpt", "data", "dot")
HOWS: Final = ("4xx", "5xx", "reset", "stall")
_BUSY: Final = "451 4.3.0 Not now"
_NO: Final = "550 5.1.1 No"
_FINE: Final = {
    "greeting": "220 far.example ESMTP",
    "ehlo": "250-far.example\r\n250 STARTTLS",
    "starttls": "220 2.0.0 Go on",
    "secure ehlo": "250 far.example",
    "mail": "250 2.1.0 OK",
    "rcpt": "250 2.1.5 OK",
    "data": "354 Go on",
    "dot": "250 2.0.0 OK",
}
_COMMANDS: Final = {"MAIL": "mail", "RCPT": "rcpt", "DATA": "data"}


class Gone(Exception):  # noqa: N818 - named for what is true
    """The connection has been reset."""


@dataclass(slots=True)
class MailServer:
    """`async with MailServer(tls) as server`. `phase` and `how` say what goes wrong from now on;
    `only` limits it to this recipient's RCPT; `stripped` hides STARTTLS; `dropped` takes the mail
    and resets before it says so.
    """

    tls: ssl.SSLContext
    phase: str = ""
    how: str = ""
    only: str = ""
    stripped: bool = False
    dropped: bool = False
    met: int = 0  # how often the fault was met
    on_mail: Callable[[], None] = lambda: None  # once a mail is kept, before the sender is told
    arrived: list[Arrived] = field(default_factory=list)
    plain: bytearray = field(default_factory=bytearray)
    port: int = 0
    _open: set[asyncio.StreamWriter] = field(default_factory=set)
    _talks: set[asyncio.Task[None]] = field(default_factory=set)
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        await self.listen()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.shut()

    async def listen(self) -> None:
        """Take connections, at the port it had before."""
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def shut(self) -> None:
        """Refuse connections, and reset those there are."""
        if self._server is not None:
            self._server.close()
            self.hang_up()
            await asyncio.gather(*self._talks, return_exceptions=True)
            await self._server.wait_closed()
            self._server = None

    def hang_up(self) -> None:
        """Reset every connection, so that the next mail begins with a greeting."""
        for writer in tuple(self._open):
            _reset(writer)
        for talk in tuple(self._talks):
            talk.cancel()

    def breaks(self, phase: str = "", how: str = "", **more: object) -> None:
        """From now on this goes wrong, and nothing else."""
        self.phase, self.how, self.only, self.stripped, self.dropped = phase, how, "", False, False
        self.met = 0
        for name, value in more.items():
            setattr(self, name, value)
        self.hang_up()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talks.add(task)
        self._open.add(writer)
        try:
            with suppress(Gone, OSError, ssl.SSLError, asyncio.CancelledError):
                await self._converse(_Talk(self, reader, writer))
        finally:
            _reset(writer)
            self._talks.discard(task)
            self._open.discard(writer)

    async def _converse(self, talk: _Talk) -> None:
        await talk.answer("greeting")
        while line := await talk.line():
            word = line[:4].upper()
            if word in {"EHLO", "HELO"}:
                await talk.answer("secure ehlo" if talk.secure else "ehlo")
            elif word == "STAR":
                if await talk.answer("starttls"):
                    await talk.upgrade()
            elif word in {"QUIT", "NOOP", "RSET"}:
                await talk.say("250 OK")
            else:
                await self._mail(talk, word, line)

    async def _mail(self, talk: _Talk, word: str, line: str) -> None:
        if word == "MAIL":
            talk.sender, talk.recipients = _address(line), []
        if word == "RCPT":
            talk.recipients.append(_address(line))
        if not await talk.answer(_COMMANDS[word], line) or word != "DATA":
            return
        raw = await talk.content()
        if self.dropped:
            self.met += 1
            self._keep(talk, raw)
            raise Gone
        if self.wrong("dot"):
            await talk.answer("dot")
        else:
            self._keep(talk, raw)
            self.on_mail()
            await talk.say(_FINE["dot"])

    def wrong(self, phase: str, line: str = "") -> bool:
        return self.phase == phase and (not self.only or self.only in line)

    def _keep(self, talk: _Talk, raw: bytes) -> None:
        message = message_from_bytes(raw, policy=policy.SMTP)
        self.arrived.append(Arrived(talk.sender, tuple(talk.recipients), raw, message))


@dataclass(slots=True)
class _Talk:
    """One connection."""

    server: MailServer
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    secure: bool = False
    sender: str = ""
    recipients: list[str] = field(default_factory=list)

    async def answer(self, phase: str, line: str = "") -> bool:
        """Answer this phase as it should be or as it was told to; whether it was a yes."""
        if not self.server.wrong(phase, line):
            fine = _FINE[phase]
            if phase == "ehlo" and self.server.stripped:
                fine = _FINE["secure ehlo"]
                self.server.met += 1
            await self.say(fine)
            return True
        self.server.met += 1
        match self.server.how:
            case "4xx":
                await self.say(_BUSY)
            case "5xx":
                await self.say(_NO)
            case "stall":
                await self.reader.read()  # until the other end has had enough
                raise Gone
            case _:
                raise Gone
        return False

    async def say(self, words: str) -> None:
        self.writer.write(words.encode() + b"\r\n")
        await self.writer.drain()

    async def line(self) -> str:
        line = await self.reader.readline()
        if not self.secure:
            self.server.plain += line
        return line.decode().strip()

    async def content(self) -> bytes:
        kept: list[bytes] = []
        while (line := await self.reader.readline()) != b".\r\n":
            if not line:
                raise Gone
            kept.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(kept)

    async def upgrade(self) -> None:
        self.server.met += not self.server.phase
        await self.writer.start_tls(self.server.tls)
        self.secure = True


def _address(line: str) -> str:
    return line.partition("<")[2].partition(">")[0]


def _reset(writer: asyncio.StreamWriter) -> None:
    """Break it off without a goodbye."""
    wire = writer.get_extra_info("socket")
    with suppress(OSError):
        if wire is not None:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
