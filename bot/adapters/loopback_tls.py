"""A certificate authority for this machine alone, made afresh and forgotten with the program.

The embedded mailbox shows its certificate and the mailer verifies it, so that demo, training and
tests walk the same verified road as live mail.
"""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

SKEW: Final = timedelta(hours=1)  # a certificate begins so long ago, for clocks that disagree
LIFETIME: Final = timedelta(days=397)
NAMES: Final = ("localhost",)
ADDRESSES: Final = ("127.0.0.1",)


@dataclass(frozen=True, slots=True)
class LoopbackTls:
    """`ca_file` is what a client must trust; `context` is what a server shows."""

    ca_file: Path
    context: ssl.SSLContext


def issue(
    folder: Path,
    *,
    names: Sequence[str] = NAMES,
    addresses: Sequence[str] = ADDRESSES,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> LoopbackTls:
    """A fresh authority and one server certificate for these names and IP addresses.

    Writes `ca.pem` into the folder. Keys are EC P-256; the authority's is never written, the
    server's only for the moment in which OpenSSL reads it. Times are aware.
    """
    begins = begins or datetime.now(UTC) - SKEW
    ends = ends or begins + LIFETIME
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca = _authority(ca_key, begins, ends)
    leaf = _server(key, ca, names, addresses).sign(ca_key, hashes.SHA256())
    ca_file = folder / "ca.pem"
    ca_file.write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    return LoopbackTls(ca_file, _context(folder, leaf, key))


def _authority(
    key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime
) -> x509.Certificate:
    name = _name("Loopback authority")
    usage = _usage(sign_certificates=True)
    return (
        _builder(key.public_key(), name, name, begins, ends)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )


def _server(
    key: ec.EllipticCurvePrivateKey,
    ca: x509.Certificate,
    names: Sequence[str],
    addresses: Sequence[str],
) -> x509.CertificateBuilder:
    known = [x509.DNSName(name) for name in names]
    reached = [x509.IPAddress(ipaddress.ip_address(address)) for address in addresses]
    issuer_id = ca.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    begins, ends = ca.not_valid_before_utc, ca.not_valid_after_utc
    return (
        _builder(key.public_key(), _name("Loopback mailbox"), ca.subject, begins, ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(sign_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([*known, *reached]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id),
            critical=False,
        )
    )


def _builder(
    key: ec.EllipticCurvePublicKey,
    subject: x509.Name,
    issuer: x509.Name,
    begins: datetime,
    ends: datetime,
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(*, sign_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not sign_certificates,
        key_cert_sign=sign_certificates,
        crl_sign=sign_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _context(
    folder: Path, leaf: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    both = leaf.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    passing = folder / "server.pem"  # OpenSSL reads keys from files only
    try:
        passing.touch(mode=0o600, exist_ok=False)
        passing.write_bytes(both)
        context.load_cert_chain(passing)
    finally:
        passing.unlink(missing_ok=True)
    return context
