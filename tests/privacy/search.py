"""Searching everything a program wrote for what must not be there, however it is written."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from bot.adapters.mailbox import Arrived
from tests.adapters.openers import pdf_text

LEAST: Final = 8  # letters of base64 in a row that nothing holds by chance


def spellings(word: str) -> Iterator[bytes]:
    """Every way in which a word might lie in a file: plain, wide, hexadecimal, base64."""
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield plain.hex().encode()
    for shift in range(3):  # base64 at the three places of a group of three bytes
        whole = base64.b64encode(bytes(shift) + plain)
        core = whole[-(-shift * 4 // 3) : (shift + len(plain)) * 4 // 3]
        if len(core) >= LEAST:
            yield core


def spellings_of_number(number: int) -> Iterator[bytes]:
    """A chat's number: in digits, in bytes, and as every plain hash that could be guessed."""
    digits = str(number).encode()
    yield digits
    size = (number.bit_length() + 7) // 8
    yield number.to_bytes(size, "big")
    yield number.to_bytes(size, "little")
    for name in ("md5", "sha1", "sha256", "sha512", "blake2b"):
        digest = hashlib.new(name, digits).digest()
        yield digest[:16]
        yield digest[:16].hex().encode()


def found(places: Mapping[str, bytes], wanted: Mapping[str, Iterable[bytes]]) -> set[str]:
    """`marker in place` for each place that holds a marker, whatever its case."""
    hits = set()
    for place, content in places.items():
        lower = content.lower()
        for marker, ways in wanted.items():
            if any(way in content or way.lower() in lower for way in ways):
                hits.add(f"{marker} in {place}")
    return hits


def files(*folders: Path) -> dict[str, bytes]:
    """Every file below these folders, by its name."""
    return {
        f"{folder.name}/{path.relative_to(folder)}": path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def headers(mails: Iterable[Arrived]) -> dict[str, bytes]:
    """The envelope and headers of each mail and of each of its parts."""
    return {
        f"headers of mail {number}": repr(
            [mail.sender, mail.recipients, [part.items() for part in mail.message.walk()]]
        ).encode()
        for number, mail in enumerate(mails)
    }


def bodies(mails: Iterable[Arrived]) -> dict[str, bytes]:
    """All of each mail below its headers: as it came, and its parts decoded, a paper as text."""
    return {
        f"{mail.message['Subject']}, mail {number}": b"\n".join(
            [mail.raw.partition(b"\r\n\r\n")[2], *_contents(mail.message)]
        )
        for number, mail in enumerate(mails)
    }


def _contents(message: EmailMessage) -> Iterator[bytes]:
    for part in message.walk():
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            paper = part.get_content_type() == "application/pdf"
            yield pdf_text(content) if paper else content
