from __future__ import annotations

import asyncio
import gc
import logging
import ssl
from pathlib import Path

import aiosmtplib
import pytest

from bot.adapters import mailbox as mailbox_module
from bot.adapters.mailbox import EmbeddedMailbox

MESSAGE = b"Subject: x\r\n\r\nthe words\r\n"


def trusting(box: EmbeddedMailbox) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=box.ca_file)
    context.verify_flags |= ssl.VERIFY_X509_STRICT  # what Python 3.13 asks for by default
    return context


async def post(box: EmbeddedMailbox, message: bytes = MESSAGE) -> None:
    await aiosmtplib.send(
        message,
        hostname=box.host,
        port=box.port,
        start_tls=True,
        tls_context=trusting(box),
        sender="a@b.example",
        recipients=["box@training.invalid"],
    )


async def test_its_certificate_passes_the_strictest_check(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as box:
        await post(box)
        assert (await box.next_arrival()).raw == MESSAGE


async def test_mail_before_tls_is_refused(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as box:
        client = aiosmtplib.SMTP(hostname=box.host, port=box.port, start_tls=False)
        async with client:
            with pytest.raises(aiosmtplib.SMTPResponseException) as caught:
                await client.sendmail("a@b.example", ["c@training.invalid"], MESSAGE)
        assert caught.value.code == 530
        assert not box.arrived


async def test_the_next_arrival_is_waited_for(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as box:
        waiting = asyncio.create_task(box.next_arrival())
        await post(box)
        await post(box, b"Subject: y\r\n\r\nmore\r\n")
        assert (await waiting).message["Subject"] == "x"
        assert (await box.next_arrival()).message["Subject"] == "y"


async def test_only_the_newest_mails_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox_module, "KEPT", 2)
    box = EmbeddedMailbox(tmp_path)
    for subject in ("one", "two", "three"):
        box.keep("a@b.example", ["c@training.invalid"], f"Subject: {subject}\r\n\r\n".encode())
    assert [mail.message["Subject"] for mail in box.arrived] == ["two", "three"]
    assert (await box.next_arrival()).message["Subject"] == "two"


async def test_no_private_key_stays_on_the_disk(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as box:
        await post(box)
        written = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert list(written) == ["ca.pem"]
    assert "PRIVATE" not in written["ca.pem"]


async def test_leaving_breaks_off_whoever_is_connected(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as box:
        reader, writer = await asyncio.open_connection(box.host, box.port)
        assert (await reader.readline()).startswith(b"220 localhost")
    with pytest.raises((ConnectionError, EOFError)):
        await reader.readexactly(1)
    writer.transport.abort()
    with pytest.raises(OSError, match="onnect"):
        await asyncio.open_connection(box.host, box.port)


async def test_a_mailbox_never_entered_may_be_left(tmp_path: Path) -> None:
    box = EmbeddedMailbox(tmp_path)
    await box.__aexit__(None, None, None)
    assert box.port == 0


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
async def test_failed_handshakes_and_resets_leave_no_trace_in_the_log(
    tls: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    implicit = tls == "implicit"
    caplog.set_level(logging.INFO)
    async with EmbeddedMailbox(tmp_path, implicit=implicit) as box:
        for first in (
            b"STARTTLS\r\nnot a handshake\r\n",
            b"EHLO x\r\nMAIL FROM:<a@b.example>\r\n",
        ):
            _, writer = await asyncio.open_connection(box.host, box.port)
            writer.write(first)
            await writer.drain()
            writer.transport.abort()
        with pytest.raises((OSError, aiosmtplib.SMTPException)):
            await aiosmtplib.send(
                MESSAGE,
                hostname=box.host,
                port=box.port,
                use_tls=implicit,
                start_tls=not implicit,
                tls_context=ssl.create_default_context(),  # does not know our authority
                sender="a@b.example",
                recipients=["box@training.invalid"],
            )
    gc.collect()
    assert caplog.text == ""


async def test_a_connection_reset_inside_leaves_no_trace_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def reset(*_: object) -> None:
        raise ConnectionResetError

    box = EmbeddedMailbox(tmp_path)
    monkeypatch.setattr(box, "keep", reset)
    async with box:
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await post(box)
    gc.collect()  # asyncio speaks of a task's lost error when the task is collected
    assert caplog.text == ""


async def test_a_fault_inside_is_answered_without_a_word_about_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("the words")

    box = EmbeddedMailbox(tmp_path)
    monkeypatch.setattr(box, "keep", fail)
    async with box:
        with pytest.raises(aiosmtplib.SMTPDataError) as caught:
            await post(box)
    assert caught.value.code == 451
    assert "the words" not in caught.value.message + caplog.text
