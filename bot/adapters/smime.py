"""S/MIME as bytes: a whole MIME message in, one that only the recipients can open out.

The profile is the one that ordinary mail programs open: a detached SHA-256 signature inside an
envelope of AES-256-CBC with RSA key transport (RFC 8551). The signature carries no attributes: a
signing time would tell to the second when an anonymous person wrote.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from bot.adapters.signing import Signer

# The only headers that stay readable (contracts.md, Mail); none holds what a person wrote.
NEUTRAL: Final = frozenset(
    b"from to subject date message-id in-reply-to x-reference x-training x-canary".split()
)
_ENVELOPE: Final = b"""\
MIME-Version: 1.0
Content-Type: application/pkcs7-mime; smime-type=enveloped-data;
 name="smime.p7m"
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="smime.p7m"

""".replace(b"\n", b"\r\n")
_FIELD: Final = re.compile(rb"(?P<name>[!-9;-~]+):.*(?:\r\n[ \t].*)*\r\n")
_LINE: Final = 76


def sealed(message: bytes, signer: Signer, recipients: Sequence[x509.Certificate]) -> bytes:
    """The whole outer mail. `message` has CRLF line ends and is 7-bit, as `compose` makes it.

    Raises ValueError or TypeError when the library refuses a key or a certificate.
    """
    neutral, inner = split(message)
    envelope = base64.b64encode(_enveloped(_signed(inner, signer), recipients))
    lines = (envelope[start : start + _LINE] for start in range(0, len(envelope), _LINE))
    return neutral + _ENVELOPE + b"".join(line + b"\r\n" for line in lines)


def split(message: bytes) -> tuple[bytes, bytes]:
    """The neutral headers as they are written, and the MIME entity with its content headers alone.
    Every other header is dropped.
    """
    head, gap, body = message.partition(b"\r\n\r\n")
    neutral, content = b"", b""
    for field in _FIELD.finditer(head + b"\r\n"):
        name = field["name"].lower()
        if name in NEUTRAL:
            neutral += field[0]
        elif name.startswith(b"content-"):
            content += field[0]
    if not (gap and content):
        raise ValueError("not a MIME message")
    return neutral, content + b"\r\n" + body


def _signed(inner: bytes, signer: Signer) -> bytes:
    rsa_key = isinstance(signer.key, rsa.RSAPrivateKey)
    builder = (
        pkcs7.PKCS7SignatureBuilder()
        .set_data(inner)
        .add_signer(
            signer.certificate.leaf,
            signer.key,
            hashes.SHA256(),
            rsa_padding=padding.PKCS1v15() if rsa_key else None,
        )
    )
    for issuer in signer.certificate.issuers:  # last: a later step would drop them silently
        builder = builder.add_certificate(issuer)
    options = pkcs7.PKCS7Options
    return builder.sign(
        Encoding.SMIME, [options.Binary, options.DetachedSignature, options.NoAttributes]
    )


def _enveloped(content: bytes, recipients: Sequence[x509.Certificate]) -> bytes:
    builder = (
        pkcs7.PKCS7EnvelopeBuilder()
        .set_data(content)
        .set_content_encryption_algorithm(algorithms.AES256)
    )
    for recipient in recipients:
        builder = builder.add_recipient(recipient)
    return builder.encrypt(Encoding.DER, [pkcs7.PKCS7Options.Binary])
