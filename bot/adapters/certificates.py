"""S/MIME certificates: reading the files and judging whether they are fit, which the library that
seals does not do.

A file (PEM, or one certificate in DER) holds the certificate first; its issuers may follow, and
then the chain is checked up to the last of them. Rules: RFC 8551 (S/MIME 4.0) section 4.4 on key
usage, and RSA of at least 3072 bits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509 import verification
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from bot.errors import SealingError

SMALLEST_RSA: Final = 3072
_MAIL_USES: Final = (
    ExtendedKeyUsageOID.EMAIL_PROTECTION,
    ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE,
)
_CURVES: Final = (ec.SECP256R1, ec.SECP384R1, ec.SECP521R1)
_LONDON: Final = ZoneInfo("Europe/London")


class Use(StrEnum):
    """What a certificate is for here: mail is sealed to one, or signed with one."""

    SEAL = "seal"
    SIGN = "sign"


class Fault(StrEnum):
    """Why a certificate must not be used; the code of a SealingError."""

    NOT_YET = "certificate_not_yet_valid"
    EXPIRED = "certificate_expired"
    KEY = "certificate_key_too_weak"
    USAGE = "certificate_key_usage"
    PURPOSE = "certificate_not_for_mail"
    CHAIN = "certificate_chain"


IN_WORDS: Final[dict[str, str]] = {
    Fault.NOT_YET: "its certificate is not valid yet",
    Fault.EXPIRED: "its certificate has expired; ask for the new one",
    Fault.KEY: f"its certificate's key must be RSA of at least {SMALLEST_RSA} bits",
    Fault.USAGE: "its certificate's key usage does not allow sealing (keyEncipherment)",
    Fault.PURPOSE: "its certificate is not meant for mail (emailProtection)",
    Fault.CHAIN: "its certificate was not issued by the certificates in the same file",
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate and its issuers, nearest first."""

    file: str
    leaf: x509.Certificate
    issuers: tuple[x509.Certificate, ...] = ()

    @property
    def fingerprint(self) -> str:
        """SHA-256 in hexadecimal pairs, as two people compare it on the telephone."""
        return self.leaf.fingerprint(hashes.SHA256()).hex(":").upper()

    @property
    def self_signed(self) -> bool:
        """Whether nobody else vouches for it: only its fingerprint says whose it is."""
        return self.leaf.issuer == self.leaf.subject

    @property
    def subject(self) -> str:
        """Whose it says it is, as its issuer wrote it."""
        return self.leaf.subject.rfc4514_string()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The e-mail addresses that it names (RFC 8550, section 3), in small letters."""
        subject = self.leaf.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS)
        found = [str(one.value) for one in subject]
        try:
            names = self.leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName)
            found += names.value.get_values_for_type(x509.RFC822Name)
        except (x509.ExtensionNotFound, ValueError):
            pass  # no other names, or none that can be read
        return tuple(dict.fromkeys(one.lower() for one in found))

    def days_left(self, now: datetime) -> int:
        """Whole days until it expires; negative once it has."""
        return (self.leaf.not_valid_after_utc - now) // timedelta(days=1)


def read_certificate(path: Path) -> Certificate:
    """The certificates of a file. Raises SealingError when it cannot be read as such."""
    try:
        raw = path.read_bytes()
    except OSError:
        raise SealingError("certificate_file_missing") from None
    try:
        if b"-----BEGIN" in raw:
            found = x509.load_pem_x509_certificates(raw)
        else:
            found = [x509.load_der_x509_certificate(raw)]
    except ValueError:
        raise SealingError("certificate_file_unreadable") from None
    return Certificate(str(path), found[0], tuple(found[1:]))


def whole_day(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day in London, and the first of the next."""
    start = datetime.combine(day, time(), _LONDON)
    return start, datetime.combine(day + timedelta(days=1), time(), _LONDON)


def faults(
    certificate: Certificate, use: Use, begins: datetime, ends: datetime
) -> tuple[Fault, ...]:
    """Why the certificate must not be used from `begins` to `ends`; empty when it may."""
    leaf = certificate.leaf
    found = list(_date_faults(leaf, begins, ends))
    if not found and certificate.issuers and not _issued(certificate, begins):
        found.append(Fault.CHAIN)
    if not _strong(leaf, use):
        found.append(Fault.KEY)
    try:
        found += _extension_faults(leaf, use)
    except ValueError:  # an extension that cannot be read is no permission
        found.append(Fault.USAGE)
    return tuple(found)


def _date_faults(leaf: x509.Certificate, begins: datetime, ends: datetime) -> Iterator[Fault]:
    if leaf.not_valid_before_utc > begins:
        yield Fault.NOT_YET
    if leaf.not_valid_after_utc < ends:
        yield Fault.EXPIRED


def _strong(leaf: x509.Certificate, use: Use) -> bool:
    match leaf.public_key():
        case rsa.RSAPublicKey() as key:
            return key.key_size >= SMALLEST_RSA
        case ec.EllipticCurvePublicKey() as key:
            return use is Use.SIGN and isinstance(key.curve, _CURVES)
        case _:
            return False


def _extension_faults(leaf: x509.Certificate, use: Use) -> Iterator[Fault]:
    """An extension that is absent restricts nothing (RFC 8551, 4.4.2 and 4.4.4)."""
    for extension in leaf.extensions:
        match extension.value:
            case x509.KeyUsage() as usage:
                sign = usage.digital_signature or usage.content_commitment
                if not (sign if use is Use.SIGN else usage.key_encipherment):
                    yield Fault.USAGE
            case x509.ExtendedKeyUsage() as purposes:
                if not any(purpose in _MAIL_USES for purpose in purposes):
                    yield Fault.PURPOSE
            case _:
                pass


def _issued(certificate: Certificate, at: datetime) -> bool:
    """Whether the chain leads to the last certificate of the file at that moment."""
    *between, anchor = certificate.issuers
    verifier = (
        verification.PolicyBuilder()
        .store(verification.Store([anchor]))
        .time(at.astimezone(UTC).replace(tzinfo=None))
        .extension_policies(
            ee_policy=verification.ExtensionPolicy.permit_all(),
            ca_policy=verification.ExtensionPolicy.webpki_defaults_ca(),
        )
        .build_client_verifier()
    )
    try:
        verifier.verify(certificate.leaf, between)
    except verification.VerificationError:
        return False
    return True
