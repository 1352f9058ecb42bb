"""Mail out: verified TLS or nothing, one connection, every fault a safe code."""

from __future__ import annotations

import asyncio
import re
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from ipaddress import ip_address
from typing import Final

import aiosmtplib

from bot.adapters.smtp_faults import FAULTS, answered, fault_of
from bot.core.routing import Mode
from bot.errors import DeliveryError, MailboxRefused, MailboxUnavailable, Problem, SettingsError

TRAINING_DOMAIN: Final = "@training.invalid"
TRAINING_SENDER: Final = f"bot{TRAINING_DOMAIN}"
# Plain addresses only: a display name or comment could hide another address from the guard.
_ADDRESS: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9.-]+")
_LOOPBACK_NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Tls(StrEnum):
    """How TLS begins. There is no third way."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class Relay:
    """The mail server and who we are to it. Seconds. `ca_file` empty: the system's authorities."""

    host: str
    port: int
    mail_from: str
    tls: Tls = Tls.STARTTLS
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""
    timeout: float = 30.0  # for each answer of the server
    deadline: float = 150.0  # for a whole send; below the courier's lease


class SmtpMailer:
    """Implements ports.Mailer. Sends are one after another over one connection kept open."""

    def __init__(self, relay: Relay, mode: Mode) -> None:
        self._relay = relay
        self._mode = mode
        self._context = _tls_context(relay.ca_file)
        self._client: aiosmtplib.SMTP | None = None
        self._turn = asyncio.Lock()

    async def send(self, recipient: str, message: bytes) -> None:
        """Returns when the server accepted the message for this recipient.

        Raises MailboxUnavailable (4xx, connection, TLS, time) or MailboxRefused (5xx, or a
        recipient that this mode forbids). Their codes say all; nothing of the mail is in them.
        """
        fault = self._forbidden(recipient)
        if fault is None:
            async with self._turn:
                fault = await self._attempt(recipient, message)
        if fault is not None:
            raise fault  # raised here, so that no library's error hangs on it as context

    async def greet(self) -> date:
        """Connect, verify, log in, and send nothing; the last day of the server's certificate.
        Raises as `send` does.
        """
        fault: DeliveryError
        async with self._turn:
            try:
                async with asyncio.timeout(self._relay.deadline):
                    return _last_day(await self._connected())
            except DeliveryError as found:
                fault = found
            except FAULTS as error:
                fault = fault_of(error, judged=False)
            self._drop()
        raise fault  # raised here, so that no library's error hangs on it as context

    async def close(self) -> None:
        """Say goodbye to the server, if connected."""
        async with self._turn:
            client = self._client
            if client is not None and client.is_connected:
                with suppress(*FAULTS):  # if it is gone already, that is what was wanted
                    await client.quit(timeout=1.0)
            self._drop()

    @property
    def _sender(self) -> str:
        """Who gets what comes back: in training nobody, or practice would return to a real one."""
        return self._relay.mail_from if self._mode is Mode.LIVE else TRAINING_SENDER

    def _forbidden(self, recipient: str) -> DeliveryError | None:
        """Training never puts a real address into an envelope, live never a training one."""
        training = recipient.lower().endswith(TRAINING_DOMAIN)
        if not _ADDRESS.fullmatch(recipient):
            return MailboxRefused("bad_address")
        match self._mode:
            case Mode.TRAINING if not training:
                return MailboxRefused("real_address_in_training")
            case Mode.TRAINING if self._relay.host.lower() not in _LOOPBACK_NAMES:
                return MailboxRefused("far_server_in_training")
            case Mode.LIVE if training:
                return MailboxRefused("training_address_in_live")
            case _:
                return None

    async def _attempt(self, recipient: str, message: bytes) -> DeliveryError | None:
        accepted = judged = False
        try:
            async with asyncio.timeout(self._relay.deadline):
                client = await self._connected()
                judged = True  # from here a 5xx speaks about this mail, not about our settings
                refused, _ = await client.sendmail(self._sender, [recipient], message)
            accepted = not refused
            return next((answered(r.code, judged=True) for r in refused.values()), None)
        except DeliveryError as fault:
            return fault
        except FAULTS as error:
            return fault_of(error, judged=judged)
        finally:
            if not accepted:  # also when cancelled: nobody knows where the connection stands
                self._drop()

    async def _connected(self) -> aiosmtplib.SMTP:
        if self._client is not None and await _answers(self._client):
            return self._client
        self._drop()
        self._client = client = self._new_client()
        await client.connect()
        if self._mode is Mode.TRAINING and not _is_loopback(client):
            raise MailboxRefused("far_server_in_training")
        if self._relay.tls is Tls.STARTTLS:
            await client.ehlo()
            if not client.supports_extension("starttls"):
                raise MailboxUnavailable("no_starttls")
            await client.starttls()
        if client.get_transport_info("sslcontext") is not self._context:
            raise MailboxUnavailable("not_encrypted")  # the last lock before a word is said
        await client.ehlo()  # a no here is about the server, not about the first mail
        if self._relay.username:
            await client.login(self._relay.username, self._relay.password)
        return client

    def _new_client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._relay.host,
            port=self._relay.port,
            local_hostname=self._relay.mail_from.rpartition("@")[2],  # not this machine's name
            timeout=self._relay.timeout,
            use_tls=self._relay.tls is Tls.IMPLICIT,
            start_tls=False,  # done above, step by step; the library's default may stay plain
            tls_context=self._context,
        )

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        if isinstance(client.transport, asyncio.WriteTransport):
            client.transport.abort()  # a stalled server would hold a polite close for long
        client.close()


def _tls_context(ca_file: str) -> ssl.SSLContext:
    try:
        context = ssl.create_default_context(cafile=ca_file or None)
    except OSError:
        what = "BOT_SMTP_CA_FILE cannot be read as certificates in PEM form."
        raise SettingsError(
            "smtp_ca_file", (Problem("environment", 0, "SMTP_CA_FILE", what),)
        ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _last_day(client: aiosmtplib.SMTP) -> date:
    ends = client.get_transport_info("peercert")["notAfter"]
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC).date()


def _is_loopback(client: aiosmtplib.SMTP) -> bool:
    """Whether the other end really is this machine, whatever its name resolved to."""
    return ip_address(client.get_transport_info("peername")[0]).is_loopback


async def _answers(client: aiosmtplib.SMTP) -> bool:
    """Whether a connection kept from before is still alive."""
    try:
        await client.noop()
    except FAULTS:
        return False
    return client.is_connected
