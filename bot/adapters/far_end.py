"""Reading a test mail where it arrived: the embedded mailbox, or a Maildir on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, pkcs7

from bot.adapters.certificates import read_certificate
from bot.core.mail import CANARY_SUBJECT
from bot.core.mail_text import CANARY
from bot.core.routing import Mailbox
from bot.errors import SealingError

_NEW: Final = ("new", "cur")
_SEALED: Final = "application/pkcs7-mime"


def in_maildir(folder: str, message_id: str) -> EmailMessage | None:
    """The mail of this Message-ID in a Maildir, or None. Files that cannot be read are passed."""
    for file in _files(folder):
        try:
            mail = message_from_bytes(file.read_bytes(), policy=SMTP)
        except (OSError, ValueError):
            continue
        if mail["Message-ID"] == message_id:
            return mail
    return None


def _files(folder: str) -> Iterator[Path]:
    for part in _NEW:
        try:
            yield from sorted((Path(folder) / part).iterdir())
        except OSError:
            continue


def in_arrivals(arrived: Iterable[EmailMessage], message_id: str) -> EmailMessage | None:
    """The mail of this Message-ID among those that arrived, or None."""
    return next((mail for mail in arrived if mail["Message-ID"] == message_id), None)


def wrong_with(mail: EmailMessage, reference: str, box: Mailbox) -> str:
    """Why this is not the canary of this reference, as a code; "" when it is, opened and whole."""
    if mail["To"] != box.address:
        return "went_to_the_second_mailbox"
    if mail["X-Canary"] != "yes" or not str(mail["Subject"]).startswith(CANARY_SUBJECT):
        return "not_marked"
    if mail.get_content_type() == _SEALED:
        if box.canary is None or not box.canary.key:
            return "sealed_and_no_key"
        opened = _opened(mail, Path(box.canary.key))
        if opened is None:
            return "does_not_open"
        mail = opened
    return _wrong_inside(mail, reference)


def _wrong_inside(mail: EmailMessage, reference: str) -> str:
    parts = {part.get_filename(): part for part in mail.walk()}
    record = parts.get("submission.json")
    if record is None:
        return "no_record"
    try:
        held = json.loads(bytes(record.get_payload(decode=True)))
    except ValueError:
        return "bad_record"
    if (held.get("kind"), held.get("reference")) != (CANARY, reference):
        return "another_record"
    return "" if f"{reference}.pdf" in parts else "no_paper"


def _opened(mail: EmailMessage, key_file: Path) -> EmailMessage | None:
    """What is inside a sealed mail, or None when this key does not open it."""
    if (held := _key_in(key_file)) is None:
        return None
    key, certificate = held
    try:
        sealed = bytes(mail.get_payload(decode=True))
        opened = pkcs7.pkcs7_decrypt_der(sealed, certificate, key, [])
        return message_from_bytes(opened, policy=SMTP)
    except (ValueError, TypeError):
        return None


def key_fault(key_file: str, certificates: Iterable[str]) -> str:
    """Why the key of this file would not open what is sealed to these certificate files, as a
    code; "" when it would, or when nothing is sealed.
    """
    if (held := _key_in(Path(key_file))) is None:
        return "no_key"
    key, certificate = held
    if certificate.public_key() != key.public_key():
        return "another_key"
    try:
        known = [read_certificate(Path(file)).leaf for file in certificates]
    except SealingError:
        return ""  # said where certificates are looked at
    return "" if certificate in known or not known else "not_sealed_to"


def _key_in(file: Path) -> tuple[RSAPrivateKey, x509.Certificate] | None:
    """The key and the certificate of a PEM file, or None."""
    try:
        pem = file.read_bytes()
        key, certificate = load_pem_private_key(pem, None), x509.load_pem_x509_certificate(pem)
    except (OSError, ValueError, TypeError):
        return None
    return (key, certificate) if isinstance(key, RSAPrivateKey) else None
