"""Sealed mail opened by programs that we did not write: OpenSSL, and NSS, the library of
Thunderbird and Firefox. Each decrypts, verifies the signature against the sender's authority and
gives the signed MIME entity back.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization

from tests.adapters.authority import Issued

PASSWORD = b"opener"
Opener = Callable[[bytes, Issued, Issued, Path], bytes]


def needs(*programs: str, package: str) -> None:
    """CI installs the programs (.ci/run) and must have them; elsewhere their absence is said."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{missing} must be there; see .ci/run")
    if missing:
        pytest.skip(f"{missing} not installed: apt-get install {package}")


def run(*command: str | Path, given: bytes = b"") -> bytes:
    done = subprocess.run([str(c) for c in command], input=given, capture_output=True, check=False)
    assert done.returncode == 0, (command[0], command[1], done.stderr.decode(errors="replace"))
    return done.stdout


def pdf_text(content: bytes) -> bytes:
    """The text of a PDF as poppler reads it; nothing where poppler is not installed."""
    try:
        needs("pdftotext", package="poppler-utils")
    except pytest.skip.Exception:
        return b""
    return run("pdftotext", "-layout", "-", "-", given=content)


def openssl(mail: bytes, desk: Issued, sender: Issued, folder: Path) -> bytes:
    """`openssl cms`, from the whole mail to the verified content."""
    needs("openssl", package="openssl")
    (folder / "desk.pem").write_bytes(desk.pem() + desk.key_pem())
    (folder / "ca.pem").write_bytes(sender.issuer.public_bytes(serialization.Encoding.PEM))
    signed = run("openssl", "cms", "-decrypt", "-recip", folder / "desk.pem", given=mail)
    return run("openssl", "cms", "-verify", "-CAfile", folder / "ca.pem", given=signed)


def nss(mail: bytes, desk: Issued, sender: Issued, folder: Path) -> bytes:
    """NSS's cmsutil. It takes CMS alone, so MIME is undone here."""
    needs("certutil", "pk12util", "cmsutil", package="libnss3-tools")
    base = f"sql:{folder}"
    (folder / "desk.p12").write_bytes(desk.p12("desk", PASSWORD))
    (folder / "ca.pem").write_bytes(sender.issuer.public_bytes(serialization.Encoding.PEM))
    run("certutil", "-N", "-d", base, "--empty-password")
    run("certutil", "-A", "-d", base, "-n", "authority", "-t", ",C,", "-i", folder / "ca.pem")
    run("pk12util", "-i", folder / "desk.p12", "-d", base, "-W", PASSWORD.decode())
    envelope = message_from_bytes(mail, policy=policy.SMTP).get_payload(decode=True)
    assert isinstance(envelope, bytes)
    signed = run("cmsutil", "-D", "-d", base, given=envelope)
    content, signature = parts(signed)
    (folder / "content").write_bytes(content)
    told = run(
        "cmsutil", "-D", "-d", base, "-c", folder / "content", "-h", "0", "-n", given=signature
    )
    assert b"GoodSignature" in told, told
    return content


def parts(signed: bytes) -> tuple[bytes, bytes]:
    """The exact bytes that were signed, and the signature."""
    message = message_from_bytes(signed, policy=policy.SMTP)
    boundary = f"\r\n--{message.get_boundary()}".encode()
    content = signed.split(boundary)[1].removeprefix(b"\r\n")
    signature = list(message.iter_parts())[1].get_payload(decode=True)
    assert isinstance(signature, bytes)
    return content, signature


OPENERS: tuple[Opener, ...] = (openssl, nss)
