"""Certificates of every kind, made once for the whole run (RSA keys are slow to make)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.fakes.clock import START

Key: TypeAlias = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PEM = serialization.Encoding.PEM
EMAIL = ExtendedKeyUsageOID.EMAIL_PROTECTION
BEGINS = START - timedelta(days=30)
ENDS = START + timedelta(days=8000)  # the openers look at the real clock


@cache
def rsa_key(name: str, bits: int = 3072) -> rsa.RSAPrivateKey:
    """One key per name."""
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@cache
def ec_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, and the certificate of whoever issued it."""

    leaf: x509.Certificate
    key: Key
    issuer: x509.Certificate

    def pem(self, *, chain: bool = False) -> bytes:
        found = self.leaf.public_bytes(PEM)
        return found + self.issuer.public_bytes(PEM) if chain else found

    def key_pem(self) -> bytes:
        none = serialization.NoEncryption()
        return self.key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, none)

    def p12(self, name: str, password: bytes) -> bytes:
        lock = serialization.BestAvailableEncryption(password)
        return pkcs12.serialize_key_and_certificates(
            name.encode(), self.key, self.leaf, [self.issuer], lock
        )

    def write(self, folder: Path, name: str, *, chain: bool = True) -> str:
        """The certificate's file, as a mailbox's entry names it."""
        path = folder / name
        path.write_bytes(self.pem(chain=chain))
        return str(path)


USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def usage(**allowed: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in USAGES})


def subject(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


@cache
def authority(name: str = "Test authority") -> Issued:
    key = ec_key(name)
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    leaf = (
        x509.CertificateBuilder()
        .subject_name(subject(name))
        .issuer_name(subject(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )
    return Issued(leaf, key, leaf)


def issue(
    name: str = "desk",
    key: Key | None = None,
    *,
    begins: datetime = BEGINS,
    ends: datetime = ENDS,
    key_usage: x509.KeyUsage | None = None,
    purposes: tuple[x509.ObjectIdentifier, ...] = (EMAIL,),
    by: str = "Test authority",
) -> Issued:
    """A certificate for `name@desk.example`; each fault is one argument."""
    key, issuer = key or rsa_key(name), authority(by)
    wanted = key_usage or usage(digital_signature=True, key_encipherment=True)
    address = x509.RFC822Name(f"{name}@desk.example")
    above = x509.SubjectKeyIdentifier.from_public_key(issuer.leaf.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject(name))
        .issuer_name(issuer.leaf.subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(wanted, critical=True)
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(above), critical=False
        )
    )
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=False)
    return Issued(builder.sign(issuer.key, hashes.SHA256()), key, issuer.leaf)
