"""Each case speaks to a real server through a wiretap that keeps what crossed the wire."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP, AuthResult
from aiosmtplib import SMTPException

from bot.adapters.loopback_tls import issue
from bot.adapters.mailbox import EmbeddedMailbox
from bot.adapters.smtp import Relay, SmtpMailer, Tls
from bot.adapters.smtp_faults import answered, fault_of
from bot.core.routing import Mode
from bot.errors import DeliveryError, MailboxRefused, MailboxUnavailable, SettingsError
from tests.adapters.faulty import Breaking, LateRefusing, Plain, Refusing, Stalling
from tests.adapters.wiretap import Wiretap

SENDER = "bot@reports.example"
RECIPIENT = "wirral_police_intelligence@training.invalid"
MARKER = "the shop by the station"
MESSAGE = (
    f"Subject: CSE Intelligence\r\nMessage-ID: <1@x>\r\n\r\n.{MARKER}\r\n.\r\nend\r\n".encode()
)


def relay_to(port: int, ca_file: Path, **more: object) -> Relay:
    relay = Relay(host="127.0.0.1", port=port, mail_from=SENDER, ca_file=str(ca_file), timeout=5.0)
    return replace(relay, **more)  # type: ignore[arg-type] # each test names real fields


@asynccontextmanager
async def mailer_for(relay: Relay, mode: Mode = Mode.TRAINING) -> AsyncIterator[SmtpMailer]:
    mailer = SmtpMailer(relay, mode)
    try:
        yield mailer
    finally:
        await mailer.close()


@asynccontextmanager
async def tapped(
    box: EmbeddedMailbox | Plain, ca_file: Path, **more: object
) -> AsyncIterator[tuple[SmtpMailer, Wiretap]]:
    """A mailer that reaches the box through a wiretap; nothing plain may have passed."""
    async with (
        box,
        Wiretap(box.port) as tap,
        mailer_for(relay_to(tap.port, ca_file, **more)) as mailer,
    ):
        yield mailer, tap
        assert_nothing_plain(bytes(tap.heard))


def assert_nothing_plain(heard: bytes) -> None:
    assert heard, "the client said nothing at all, so this test proves nothing"
    for secret in (MARKER, SENDER, RECIPIENT, "MAIL FROM", "RCPT TO", "DATA", "AUTH"):
        assert secret.lower().encode() not in heard.lower()


async def fault_from(mailer: SmtpMailer, recipient: str = RECIPIENT) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await mailer.send(recipient, MESSAGE)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None, "a library's error, with the server's words, hangs on it"
    assert MARKER not in str(error)
    assert recipient not in str(error)
    return error


async def test_the_wiretap_hears_what_is_sent_in_clear() -> None:
    async with Plain() as box, Wiretap(box.port) as tap:
        await aiosmtplib.send(
            MESSAGE,
            hostname="127.0.0.1",
            port=tap.port,
            sender=SENDER,
            recipients=[RECIPIENT],
            start_tls=None,
        )
        assert box.taken == 1
        with pytest.raises(AssertionError):
            assert_nothing_plain(bytes(tap.heard))


@pytest.mark.parametrize("tls", list(Tls))
async def test_a_mail_arrives_whole_over_verified_tls(tls: Tls, tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path, implicit=tls is Tls.IMPLICIT)
    async with tapped(box, box.ca_file, tls=tls) as (mailer, _):
        await mailer.send(RECIPIENT, MESSAGE)
        mail = await box.next_arrival()
    assert mail.raw == MESSAGE
    assert mail.sender == "bot@training.invalid"  # practice that comes back goes to nobody
    assert mail.recipients == (RECIPIENT,)
    assert mail.message["Subject"] == "CSE Intelligence"
    assert list(box.arrived) == [mail]


async def test_the_server_may_be_named_instead_of_numbered(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with box, mailer_for(relay_to(box.port, box.ca_file, host="localhost")) as mailer:
        await mailer.send(RECIPIENT, MESSAGE)
    assert len(box.arrived) == 1


async def test_one_connection_serves_several_mails(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, tap):
        await asyncio.gather(*(mailer.send(RECIPIENT, MESSAGE) for _ in range(3)))
        assert tap.connections == 1
    assert len(box.arrived) == 3


async def test_a_connection_the_server_closed_is_made_anew(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, tap):
        await mailer.send(RECIPIENT, MESSAGE)
        for door in tuple(box._doors):
            await door.shut()
        await mailer.send(RECIPIENT, MESSAGE)
        assert tap.connections == 2
    assert len(box.arrived) == 2


@pytest.mark.parametrize("tls", list(Tls))
async def test_an_unknown_authority_is_not_believed(tls: Tls, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = issue(tmp_path / "other")
    box = EmbeddedMailbox(tmp_path, implicit=tls is Tls.IMPLICIT)
    async with tapped(box, other.ca_file, tls=tls) as (mailer, _):
        error = await fault_from(mailer)
    assert isinstance(error, MailboxUnavailable)
    assert error.code == "tls_untrusted"
    assert not box.arrived


@pytest.mark.parametrize("tls", list(Tls))
async def test_a_certificate_for_another_name_is_not_believed(tls: Tls, tmp_path: Path) -> None:
    shown = issue(tmp_path, names=["mail.example"], addresses=[])
    box = EmbeddedMailbox(tmp_path, implicit=tls is Tls.IMPLICIT, tls=shown)
    async with tapped(box, box.ca_file, tls=tls) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "tls_wrong_name")
    assert not box.arrived


@pytest.mark.parametrize("tls", list(Tls))
async def test_an_expired_certificate_is_not_believed(tls: Tls, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    shown = issue(tmp_path, begins=now - timedelta(days=9), ends=now - timedelta(days=1))
    box = EmbeddedMailbox(tmp_path, implicit=tls is Tls.IMPLICIT, tls=shown)
    async with tapped(box, box.ca_file, tls=tls) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "tls_expired")
    assert not box.arrived


async def test_a_server_without_starttls_gets_nothing(tmp_path: Path) -> None:
    tls, box = issue(tmp_path), Plain()
    async with tapped(box, tls.ca_file) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "no_starttls")
    assert box.taken == 0


async def test_a_plain_server_where_implicit_tls_is_due_gets_nothing(tmp_path: Path) -> None:
    tls, box = issue(tmp_path), Plain()
    async with tapped(box, tls.ca_file, tls=Tls.IMPLICIT) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "tls_failed")
    assert box.taken == 0


async def test_451_at_data_waits_and_the_next_try_arrives(tmp_path: Path) -> None:
    box = LateRefusing(tmp_path, f"451 4.3.0 {RECIPIENT} not now")
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
        assert (type(error), error.code) == (MailboxUnavailable, "smtp_451")
        assert not box.arrived
        box.reply = ""
        await mailer.send(RECIPIENT, MESSAGE)
    assert len(box.arrived) == 1


async def test_554_at_data_is_for_good(tmp_path: Path) -> None:
    box = LateRefusing(tmp_path, "554 5.7.1 no")
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxRefused, "smtp_554")


async def test_550_at_rcpt_is_for_good_and_the_next_mailbox_still_gets_its_mail(
    tmp_path: Path,
) -> None:
    box = Refusing(tmp_path, f"550 5.1.1 {RECIPIENT} unknown", only=RECIPIENT)
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
        assert (type(error), error.code) == (MailboxRefused, "smtp_550")
        await mailer.send("newham_mash@training.invalid", MESSAGE)
    assert [mail.recipients for mail in box.arrived] == [("newham_mash@training.invalid",)]


async def test_450_at_rcpt_waits(tmp_path: Path) -> None:
    box = Refusing(tmp_path, "450 4.2.1 greylisted")
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "smtp_450")


async def test_a_connection_lost_after_data_waits_although_the_mail_may_have_arrived(
    tmp_path: Path,
) -> None:
    box = Breaking(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
        assert (type(error), error.code) == (MailboxUnavailable, "connection_lost")
        await mailer.send(RECIPIENT, MESSAGE)
    assert [mail.message["Message-ID"] for mail in box.arrived] == ["<1@x>", "<1@x>"]


@pytest.mark.parametrize("limit", ["timeout", "deadline"])
async def test_a_stalled_server_is_given_up(limit: str, tmp_path: Path) -> None:
    box = Stalling(tmp_path)
    async with tapped(box, box.ca_file, **{limit: 0.2}) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "timeout")


async def test_a_cancelled_send_leaves_a_mailer_that_works(tmp_path: Path) -> None:
    box = Stalling(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, tap):
        sending = asyncio.create_task(mailer.send(RECIPIENT, MESSAGE))
        await box.reached.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert mailer._client is None
        mailer._relay = replace(mailer._relay, timeout=0.2)
        assert (await fault_from(mailer)).code == "timeout"
        assert tap.connections == 2


async def test_nobody_listening_waits(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with box:
        port = box.port
    async with mailer_for(relay_to(port, box.ca_file)) as mailer:
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "no_connection")


class _Keyed(EmbeddedMailbox):
    """Wants a login, and knows one password."""

    def _door(self) -> SMTP:  # type: ignore[override] # a plain aiosmtpd server is enough here
        return SMTP(
            self,
            hostname="localhost",
            tls_context=self._tls.context,
            require_starttls=True,
            auth_required=True,
            authenticator=self._check,
            loop=asyncio.get_running_loop(),
        )

    def _check(
        self, _server: object, _session: object, _envelope: object, _how: str, who: object
    ) -> AuthResult:
        good = getattr(who, "password", b"") == b"right"
        return AuthResult(success=good, handled=False)


async def test_the_login_goes_over_tls_alone(tmp_path: Path) -> None:
    box = _Keyed(tmp_path)
    async with tapped(box, box.ca_file, username="bot", password="right") as (mailer, _):
        await mailer.send(RECIPIENT, MESSAGE)
    assert len(box.arrived) == 1


async def test_a_wrong_password_waits_for_the_operator_and_refuses_no_mail(tmp_path: Path) -> None:
    box = _Keyed(tmp_path)
    async with tapped(box, box.ca_file, username="bot", password="wrong") as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "smtp_535")


def test_a_relay_never_shows_its_password() -> None:
    relay = Relay("127.0.0.1", 587, SENDER, password="right")
    assert "right" not in repr(relay)


@pytest.mark.parametrize(
    ("recipient", "code"),
    [
        ("A.BCU.MFH@merseyside.pnn.police.uk", "real_address_in_training"),
        ("x@training.invalid.police.uk", "real_address_in_training"),
        ("x@nottraining.invalid", "real_address_in_training"),
        ("real@police.uk <x@training.invalid>", "bad_address"),
        ("<real@police.uk>@training.invalid", "bad_address"),
        ("real@police.uk,x@training.invalid", "bad_address"),
        ("x@training.invalid\r\nRCPT TO:<real@police.uk>", "bad_address"),
        ("x@training.invalid\n", "bad_address"),
        ("@training.invalid", "bad_address"),
        ("", "bad_address"),
    ],
)
async def test_training_speaks_to_no_real_address(
    recipient: str, code: str, tmp_path: Path
) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with (
        box,
        Wiretap(box.port) as tap,
        mailer_for(relay_to(tap.port, box.ca_file)) as mailer,
    ):
        with pytest.raises(MailboxRefused) as caught:
            await mailer.send(recipient, MESSAGE)
        assert caught.value.code == code
        assert tap.connections == 0


@pytest.mark.parametrize("host", ["mail.example", "10.0.0.1", "127.0.0.1.example"])
async def test_training_speaks_to_no_far_server(host: str, tmp_path: Path) -> None:
    tls = issue(tmp_path)
    async with mailer_for(relay_to(1, tls.ca_file, host=host)) as mailer:
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxRefused, "far_server_in_training")


async def test_training_asks_where_the_other_end_really_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = EmbeddedMailbox(tmp_path)
    told = aiosmtplib.SMTP.get_transport_info
    monkeypatch.setattr(
        aiosmtplib.SMTP,
        "get_transport_info",
        lambda self, key: ("192.0.2.1", 25) if key == "peername" else told(self, key),
    )
    async with box, mailer_for(relay_to(box.port, box.ca_file)) as mailer:
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxRefused, "far_server_in_training")
    assert not box.arrived


async def test_live_mail_goes_to_no_training_address(tmp_path: Path) -> None:
    tls = issue(tmp_path)
    async with mailer_for(relay_to(1, tls.ca_file), Mode.LIVE) as mailer:
        error = await fault_from(mailer, "Wirral_CADT@Training.Invalid")
    assert (type(error), error.code) == (MailboxRefused, "training_address_in_live")


async def test_live_mail_arrives(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    async with box, mailer_for(relay_to(box.port, box.ca_file), Mode.LIVE) as mailer:
        await mailer.send("duty@children.example", MESSAGE)
    assert [mail.recipients for mail in box.arrived] == [("duty@children.example",)]


async def test_a_connection_that_is_not_ours_to_trust_carries_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a later library return from STARTTLS without TLS, the last lock holds."""

    async def pretend(_client: aiosmtplib.SMTP) -> None:
        return None

    monkeypatch.setattr(aiosmtplib.SMTP, "starttls", pretend)
    box = EmbeddedMailbox(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, _):
        error = await fault_from(mailer)
    assert (type(error), error.code) == (MailboxUnavailable, "not_encrypted")


def test_tls_below_1_2_and_unverified_certificates_are_impossible(tmp_path: Path) -> None:
    context = SmtpMailer(relay_to(1, issue(tmp_path).ca_file), Mode.LIVE)._context
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname


@pytest.mark.parametrize("content", [None, "not a certificate"])
def test_a_ca_file_that_cannot_be_read_is_a_settings_problem(
    content: str | None, tmp_path: Path
) -> None:
    path = tmp_path / "authority.pem"
    if content is not None:
        path.write_text(content)
    with pytest.raises(SettingsError) as caught:
        SmtpMailer(relay_to(1, path), Mode.LIVE)
    assert "BOT_SMTP_CA_FILE" in str(caught.value)


@pytest.mark.parametrize(
    ("fault", "kind", "code"),
    [
        (answered(421, judged=True), MailboxUnavailable, "smtp_421"),
        (answered(550, judged=False), MailboxUnavailable, "smtp_550"),
        (answered(250, judged=True), MailboxUnavailable, "smtp_bad_reply"),
        (answered(-1, judged=True), MailboxUnavailable, "smtp_bad_reply"),
        (fault_of(SMTPException("x"), judged=True), MailboxUnavailable, "smtp_fault"),
        (fault_of(ValueError("x"), judged=True), MailboxRefused, "bad_address"),
        (fault_of(ValueError("x"), judged=False), MailboxUnavailable, "bad_mail_settings"),
    ],
)
def test_rarer_faults_have_safe_codes(
    fault: DeliveryError, kind: type[DeliveryError], code: str
) -> None:
    assert (type(fault), fault.code) == (kind, code)


async def test_no_mail_reaches_a_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    box = EmbeddedMailbox(tmp_path)
    async with tapped(box, box.ca_file) as (mailer, _):
        await mailer.send(RECIPIENT, MESSAGE)
    assert MARKER not in caplog.text
    assert RECIPIENT not in caplog.text
