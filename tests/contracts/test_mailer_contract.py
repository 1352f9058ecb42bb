"""What every mailer does, the real one and the fake alike."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.adapters.mailbox import ACCEPTED, EmbeddedMailbox
from bot.adapters.smtp import Relay, SmtpMailer
from bot.core.routing import Mode
from bot.errors import DeliveryError, MailboxRefused, MailboxUnavailable
from bot.ports import Mailer
from tests.fakes.mailer import RecordingMailer

MESSAGE = b"Subject: CSE Intelligence\r\n\r\n.a line\r\n.\r\nthe words\r\n"
GOOD, BUSY, DEAD = (f"{name}@training.invalid" for name in ("good", "busy", "dead"))
Arrivals: TypeAlias = Callable[[], list[tuple[str, bytes]]]
Made: TypeAlias = tuple[Mailer, Arrivals]


class _ThreeBoxes(EmbeddedMailbox):
    """`busy` is greylisted, `dead` does not exist, everybody else is welcome."""

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if address == BUSY:
            return "451 4.7.1 try later"
        if address == DEAD:
            return "550 5.1.1 unknown"
        envelope.rcpt_tos.append(address)
        return ACCEPTED


@asynccontextmanager
async def real(folder: Path, mode: Mode) -> AsyncIterator[Made]:
    async with _ThreeBoxes(folder) as box:
        relay = Relay(box.host, box.port, "bot@reports.example", ca_file=str(box.ca_file))
        mailer = SmtpMailer(relay, mode)
        yield mailer, lambda: [(mail.recipients[0], mail.raw) for mail in box.arrived]
        await mailer.close()


@asynccontextmanager
async def fake(folder: Path, mode: Mode) -> AsyncIterator[Made]:
    mailer = RecordingMailer(mode)
    mailer.faults = {BUSY: MailboxUnavailable("smtp_451"), DEAD: MailboxRefused("smtp_550")}
    yield mailer, lambda: mailer.sent


Maker: TypeAlias = Callable[[Path, Mode], AbstractAsyncContextManager[Made]]
each_mailer = pytest.mark.parametrize("make", [real, fake])


@each_mailer
async def test_an_accepted_mail_arrives_once_and_byte_for_byte(
    make: Maker, tmp_path: Path
) -> None:
    async with make(tmp_path, Mode.TRAINING) as (mailer, arrived):
        await mailer.send(GOOD, MESSAGE)
        assert arrived() == [(GOOD, MESSAGE)]


@each_mailer
async def test_mails_sent_at_the_same_time_all_arrive(make: Maker, tmp_path: Path) -> None:
    letters = [MESSAGE + f"{number}\r\n".encode() for number in range(4)]
    async with make(tmp_path, Mode.TRAINING) as (mailer, arrived):
        await asyncio.gather(*(mailer.send(GOOD, letter) for letter in letters))
        assert sorted(raw for _, raw in arrived()) == letters


@each_mailer
@pytest.mark.parametrize(
    ("recipient", "kind", "code"),
    [(BUSY, MailboxUnavailable, "smtp_451"), (DEAD, MailboxRefused, "smtp_550")],
)
async def test_a_fault_is_a_safe_code_and_the_next_mail_still_goes(
    make: Maker, recipient: str, kind: type[DeliveryError], code: str, tmp_path: Path
) -> None:
    async with make(tmp_path, Mode.TRAINING) as (mailer, arrived):
        with pytest.raises(DeliveryError) as caught:
            await mailer.send(recipient, MESSAGE)
        assert (type(caught.value), str(caught.value)) == (kind, code)
        await mailer.send(GOOD, MESSAGE)
        assert arrived() == [(GOOD, MESSAGE)]


@each_mailer
@pytest.mark.parametrize(
    ("mode", "recipient", "code"),
    [
        (Mode.TRAINING, "duty@police.example", "real_address_in_training"),
        (Mode.TRAINING, "x@training.invalid.example", "real_address_in_training"),
        (Mode.LIVE, GOOD, "training_address_in_live"),
        (Mode.LIVE, "A@TRAINING.INVALID", "training_address_in_live"),
        (Mode.LIVE, "", "bad_address"),
        (Mode.LIVE, "a@b@c.example", "bad_address"),
        (Mode.TRAINING, "a@police.example\r\n@training.invalid", "bad_address"),
    ],
)
async def test_a_mode_has_its_own_addresses(
    make: Maker, mode: Mode, recipient: str, code: str, tmp_path: Path
) -> None:
    async with make(tmp_path, mode) as (mailer, arrived):
        with pytest.raises(MailboxRefused) as caught:
            await mailer.send(recipient, MESSAGE)
        assert caught.value.code == code
        assert arrived() == []


@each_mailer
async def test_live_mail_goes_to_real_addresses(make: Maker, tmp_path: Path) -> None:
    async with make(tmp_path, Mode.LIVE) as (mailer, arrived):
        await mailer.send("duty@police.example", MESSAGE)
        assert arrived() == [("duty@police.example", MESSAGE)]
