from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from bot.adapters.certificates import Certificate, Fault, read_certificate
from bot.adapters.sealing import MailSealer
from bot.adapters.signing import Signer
from bot.adapters.smime import split
from bot.core.mail import compose
from bot.core.routing import Mailbox, Mode, closed_routes
from bot.errors import SealingError
from tests.adapters.authority import Issued, ec_key, issue, rsa_key, usage
from tests.adapters.openers import OPENERS, Opener, parts, run
from tests.core.test_mail import FROM, MAILBOX, ROUTE, SUBMISSION
from tests.fakes.clock import START, FixedClock

BOT = issue("bot", key_usage=usage(digital_signature=True))
NEUTRAL = ["From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "X-Reference"]
SIGNING_TIME = bytes.fromhex("06092a864886f70d010905")  # its object identifier
TODAY = START.date()


def signer(sender: Issued = BOT) -> Signer:
    return Signer(Certificate("bot.pem", sender.leaf, (sender.issuer,)), sender.key)


def mailbox(folder: Path, *desks: Issued) -> Mailbox:
    files = [desk.write(folder, f"desk{number}.pem") for number, desk in enumerate(desks)]
    return replace(MAILBOX, certificates=tuple(files))


def mail() -> bytes:
    return compose(
        SUBMISSION, ROUTE, MAILBOX, "K7QF-2M9D", "0123@reports.example", FROM, training=False,
        in_reply_to="<earlier@reports.example>",
    )  # fmt: skip


@pytest.fixture
def sealers() -> Iterator[list[MailSealer]]:
    made: list[MailSealer] = []
    yield made
    for sealer in made:
        sealer.close()


async def seal(
    sealers: list[MailSealer],
    box: Mailbox,
    sender: Issued | None = BOT,
    *,
    mode: Mode = Mode.LIVE,
    clock: FixedClock | None = None,
) -> bytes:
    sealer = MailSealer([box], signer(sender) if sender else None, mode, clock or FixedClock())
    sealers.append(sealer)
    return await sealer.seal(mail(), box)


@pytest.mark.parametrize("opener", OPENERS)
async def test_each_recipient_opens_the_mail_and_finds_the_signature_good(
    opener: Opener, tmp_path: Path, sealers: list[MailSealer]
) -> None:
    desks = issue("desk"), issue("deputy")
    sealed = await seal(sealers, mailbox(tmp_path, *desks))
    for number, desk in enumerate(desks):
        folder = tmp_path / str(number)
        folder.mkdir()
        opened = opener(sealed, desk, BOT, folder)
        assert opened == split(mail())[1]
        message = message_from_bytes(opened, policy=SMTP)
        names = [part.get_filename() for part in message.iter_attachments()]
        assert names == ["submission.json"]


@pytest.mark.parametrize("opener", OPENERS)
async def test_a_signature_with_an_elliptic_key_is_good_too(
    opener: Opener, tmp_path: Path, sealers: list[MailSealer]
) -> None:
    sender = issue("bot", ec_key("bot"), key_usage=usage(digital_signature=True))
    desk = issue()
    sealed = await seal(sealers, mailbox(tmp_path, desk), sender)
    assert opener(sealed, desk, sender, tmp_path) == split(mail())[1]


async def test_nothing_but_neutral_headers_can_be_read(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    sealed = await seal(sealers, mailbox(tmp_path, issue()))
    outer, plain = (message_from_bytes(raw, policy=SMTP) for raw in (sealed, mail()))
    kept = [(name, str(value)) for name, value in outer.items() if name in NEUTRAL]
    assert kept == [(name, str(value)) for name, value in plain.items() if name in NEUTRAL]
    others = {name for name in outer if name not in NEUTRAL}
    assert others == {
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition"
    }  # fmt: skip
    assert outer.get_content_type() == "application/pkcs7-mime"
    assert sealed.isascii()
    assert max(map(len, sealed.split(b"\r\n"))) <= 78
    content = outer.get_payload(decode=True)
    assert not any(word in content for word in (b"off-licence", b"submission.json"))


async def test_the_envelope_is_aes_256(tmp_path: Path, sealers: list[MailSealer]) -> None:
    sealed = await seal(sealers, mailbox(tmp_path, issue()))
    shown = run("openssl", "cms", "-cmsout", "-print", "-noout", given=sealed)
    assert b"aes-256-cbc" in shown


async def test_the_signature_does_not_tell_the_time(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    desk = issue()
    sealed = await seal(sealers, mailbox(tmp_path, desk))
    both = tmp_path / "both.pem"
    both.write_bytes(desk.pem() + desk.key_pem())
    signed = run("openssl", "cms", "-decrypt", "-recip", both, given=sealed)
    assert SIGNING_TIME not in parts(signed)[1]


UNFIT = {
    "expired": ({"ends": START - timedelta(days=1)}, Fault.EXPIRED),
    "not yet": ({"begins": START + timedelta(days=1)}, Fault.NOT_YET),
    "weak": ({"key": rsa_key("weak", 2048)}, Fault.KEY),
    "elliptic": ({"key": ec_key("desk")}, Fault.KEY),
    "usage": ({"key_usage": usage(digital_signature=True)}, Fault.USAGE),
    "purpose": ({"purposes": (ExtendedKeyUsageOID.SERVER_AUTH,)}, Fault.PURPOSE),
}


@pytest.mark.parametrize(("changed", "fault"), UNFIT.values(), ids=UNFIT)
async def test_an_unfit_certificate_among_several_stops_the_whole_mail(
    changed: dict[str, object], fault: Fault, tmp_path: Path, sealers: list[MailSealer]
) -> None:
    unfit = issue(**changed)  # type: ignore[arg-type] # each entry is one keyword
    with pytest.raises(SealingError) as refused:
        await seal(sealers, mailbox(tmp_path, issue("fit"), unfit))
    assert refused.value.code == fault


@pytest.mark.parametrize(("changed", "fault"), UNFIT.values(), ids=UNFIT)
def test_the_route_of_an_unfit_certificate_is_closed_with_the_reason(
    changed: dict[str, object], fault: Fault, tmp_path: Path, sealers: list[MailSealer]
) -> None:
    unfit = issue(**changed)  # type: ignore[arg-type]
    box = mailbox(tmp_path, unfit)
    sealers.append(MailSealer([box], signer(), Mode.TRAINING, FixedClock()))
    closed = closed_routes(
        {ROUTE.id: ROUTE}, {box.id: box}, Mode.TRAINING, TODAY, sealers[0].unfit
    )
    assert [why.partition(":")[0] for why in closed[ROUTE.id]] == [box.id]
    assert "certificate" in closed[ROUTE.id][0]


async def test_a_certificate_of_another_authority_than_the_one_in_its_file_is_refused(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    desk, other = issue(), issue(by="Another authority")
    file = tmp_path / "desk.pem"
    file.write_bytes(desk.pem() + other.issuer.public_bytes(Encoding.PEM))
    with pytest.raises(SealingError) as refused:
        await seal(sealers, replace(MAILBOX, certificates=(str(file),)))
    assert refused.value.code == Fault.CHAIN


async def test_a_certificate_without_its_issuer_is_taken_at_its_word(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    file = issue().write(tmp_path, "desk.pem", chain=False)
    sealed = await seal(sealers, replace(MAILBOX, certificates=(file,)))
    assert message_from_bytes(sealed, policy=SMTP).get_content_type() == "application/pkcs7-mime"


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "certificate_file_missing"), (b"nonsense", "certificate_file_unreadable")],
)
async def test_a_file_that_is_no_certificate_closes_its_mailbox_only(
    content: bytes | None, code: str, tmp_path: Path, sealers: list[MailSealer]
) -> None:
    if content is not None:
        (tmp_path / "desk.pem").write_bytes(content)
    broken = replace(MAILBOX, certificates=(str(tmp_path / "desk.pem"),))
    good = replace(mailbox(tmp_path, issue()), id="good")
    sealer = MailSealer([broken, good], signer(), Mode.LIVE, FixedClock())
    sealers.append(sealer)
    with pytest.raises(SealingError) as refused:
        await sealer.seal(mail(), broken)
    assert refused.value.code == code
    assert await sealer.seal(mail(), good)
    assert (len(sealer.unfit(broken, TODAY)), sealer.unfit(good, TODAY)) == (1, ())


async def test_a_day_on_which_a_certificate_ends_is_not_begun_with_it(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    desk = issue(begins=START, ends=START + timedelta(days=2))
    box = mailbox(tmp_path, desk)
    sealer = MailSealer([box], signer(), Mode.LIVE, FixedClock())
    sealers.append(sealer)
    assert sealer.unfit(box, TODAY) == ()  # it began this very moment
    assert sealer.unfit(box, TODAY + timedelta(days=1)) == ()
    assert sealer.unfit(box, TODAY + timedelta(days=2)) != ()


async def test_without_a_signer_nothing_is_sealed(
    tmp_path: Path, sealers: list[MailSealer]
) -> None:
    with pytest.raises(SealingError) as refused:
        await seal(sealers, mailbox(tmp_path, issue()), None)
    assert refused.value.code == "signing_certificate_missing"


async def test_live_mail_without_certificate_needs_somebody_who_agreed(
    sealers: list[MailSealer],
) -> None:
    with pytest.raises(SealingError) as refused:
        await seal(sealers, MAILBOX)
    assert refused.value.code == "no_certificate_and_no_agreement"
    agreed = replace(MAILBOX, tls_only_agreed_by="A. Officer")
    assert await seal(sealers, agreed) == mail()
    assert await seal(sealers, MAILBOX, mode=Mode.TRAINING) == mail()


def test_a_file_in_der_is_read_too(tmp_path: Path) -> None:
    (tmp_path / "desk.der").write_bytes(issue().leaf.public_bytes(Encoding.DER))
    assert read_certificate(tmp_path / "desk.der").issuers == ()


def test_a_mail_that_is_no_mime_message_is_refused() -> None:
    with pytest.raises(ValueError, match="not a MIME message"):
        split(b"From: bot@reports.example\r\n\r\nplain")


def test_a_header_that_is_not_neutral_stays_behind() -> None:
    neutral, inner = split(
        b"Subject: one\r\n two\r\nX-Secret: no\r\n\tmore\r\nContent-Type: text/plain\r\n\r\nhello"
    )
    assert neutral == b"Subject: one\r\n two\r\n"
    assert inner == b"Content-Type: text/plain\r\n\r\nhello"
