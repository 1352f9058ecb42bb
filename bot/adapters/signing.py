"""The installation's own key and certificate, with which every sealed mail is signed.

They lie in the key folder: `signing-key.pem` (RSA 3072 when made here), `signing-certificate.pem`
(self-signed when made here; put the one that an authority gave you in its place, its issuers after
it) and `signing-request.pem`, for that authority.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bot.adapters.certificates import SMALLEST_RSA, Certificate, read_certificate
from bot.errors import KeyringError, Problem, SealingError

KEY_FILE: Final = "signing-key.pem"
CERTIFICATE_FILE: Final = "signing-certificate.pem"
REQUEST_FILE: Final = "signing-request.pem"
LIFETIME: Final = timedelta(days=730)
SKEW: Final = timedelta(hours=1)  # it begins so long ago, for clocks that disagree
_OTHERS: Final = 0o077

SigningKey: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Signer:
    """The installation's certificate and the key that belongs to it."""

    certificate: Certificate
    key: SigningKey

    def __repr__(self) -> str:
        return f"Signer({self.certificate.fingerprint[:11]})"


def open_signer(folder: Path, mail_from: str, now: datetime) -> Signer:
    """The installation's signer; key, certificate and request are made where they are missing.

    Raises KeyringError with what to do.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        key = _key(folder)
        _request(folder, key, mail_from)
        path = folder / CERTIFICATE_FILE
        if not path.exists():
            _write(path, _self_signed(key, mail_from, now).public_bytes(_PEM))
        certificate = read_certificate(path)
    except OSError:
        message = "The key folder cannot be read or written. Check its owner, the disk, the path."
        raise _error(folder, "key_folder", message) from None
    except SealingError as unreadable:
        message = f"{CERTIFICATE_FILE} is no certificate. Restore it, or delete it for a new one."
        raise _error(folder / CERTIFICATE_FILE, unreadable.code, message) from None
    if certificate.leaf.public_key() != key.public_key():
        message = f"This certificate belongs to another key than {KEY_FILE}."
        raise _error(path, "certificate_of_another_key", message)
    return Signer(certificate, key)


def known_signer(folder: Path) -> Certificate | None:
    """The installation's certificate if it has one that can be read; nothing is made."""
    try:
        return read_certificate(folder / CERTIFICATE_FILE)
    except SealingError:
        return None


_PEM: Final = serialization.Encoding.PEM


def _key(folder: Path) -> SigningKey:
    path = folder / KEY_FILE
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=SMALLEST_RSA)
        _write(path, _pem(key))
        return key
    if path.stat().st_mode & _OTHERS:
        raise _error(path, "key_permissions", f"Others can read this key. Run: chmod 600 {path}")
    try:
        found = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        found = None
    if not isinstance(found, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        message = "This is no RSA or EC key in PEM without a password. Restore it from the backup."
        raise _error(path, "key_damaged", message)
    return found


def _pem(key: SigningKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(_PEM, form, serialization.NoEncryption())


def _request(folder: Path, key: SigningKey, mail_from: str) -> None:
    """The certificate request, made anew when the key or the sender's address is another."""
    path = folder / REQUEST_FILE
    wanted = _names(mail_from)
    try:
        held = x509.load_pem_x509_csr(path.read_bytes())
        names = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        if held.public_key() == key.public_key() and names == wanted:
            return
    except (FileNotFoundError, ValueError, x509.ExtensionNotFound):
        pass
    builder = x509.CertificateSigningRequestBuilder().subject_name(_subject(mail_from))
    for extension, critical in _extensions(mail_from):
        builder = builder.add_extension(extension, critical)
    path.unlink(missing_ok=True)
    _write(path, builder.sign(key, hashes.SHA256()).public_bytes(_PEM))


def _self_signed(key: SigningKey, mail_from: str, now: datetime) -> x509.Certificate:
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(mail_from))
        .issuer_name(_subject(mail_from))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SKEW)
        .not_valid_after(now + LIFETIME)
    )
    for extension, critical in _extensions(mail_from):
        builder = builder.add_extension(extension, critical)
    return builder.sign(key, hashes.SHA256())


def _subject(mail_from: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, "Safeguarding bot"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, mail_from, _type=None),
        ]
    )


def _names(mail_from: str) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.RFC822Name(mail_from)])


def _extensions(mail_from: str) -> tuple[tuple[x509.ExtensionType, bool], ...]:
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        (x509.BasicConstraints(ca=False, path_length=None), True),
        (usage, True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), False),
        (_names(mail_from), False),
    )


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, for the owner only, never over another file."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
        os.link(part, path)
    finally:
        os.close(handle)
        part.unlink()


def _error(path: Path, code: str, message: str) -> KeyringError:
    return KeyringError("signing", (Problem(str(path), 1, code, message),))
