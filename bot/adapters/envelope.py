"""Sealed bytes: AES-256-GCM with associated data, a key id to find the key by, and padding.

An envelope is `01 | key id (4) | nonce (12) | ciphertext and tag`. Format and key id are
authenticated. Inside, the content's length (4 bytes), the content, and zeros up to a bucket, so
that the size of an envelope says little about what somebody wrote.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import SealingError

KEY_BYTES: Final = 32
_FORMAT: Final = b"\x01"
_NONCE: Final = 12  # always random: 96 bits, never counted
_LENGTH: Final = 4
_HEAD: Final = len(_FORMAT) + 4
_STEP: Final = 512
_SMALLEST_MAIL: Final = 4096

Padding = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Key:
    """A 256-bit key and the number by which an envelope names it (32 bits, not secret)."""

    id: int
    secret: bytes = field(repr=False)
    cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cipher", AESGCM(self.secret))


def in_steps(size: int) -> int:
    """The next multiple of 512 bytes: for sessions, inputs and codes."""
    return -(-size // _STEP) * _STEP


def in_quarters(size: int) -> int:
    """4, 16, 64, 256 KiB and so on: for mails, whose sizes could tell them apart."""
    bucket = _SMALLEST_MAIL
    while bucket < size:
        bucket *= 4
    return bucket


def bind(*parts: str) -> bytes:
    """Associated data of several fields; each with its length, so no two lists look alike."""
    fields = [part.encode() for part in parts]
    return b"".join(len(one).to_bytes(_LENGTH) + one for one in fields)


def seal(key: Key, content: bytes, about: bytes, padding: Padding) -> bytes:
    """The content in an envelope that opens only with the same key and `about`."""
    head = _FORMAT + key.id.to_bytes(4)
    nonce = os.urandom(_NONCE)
    size = _LENGTH + len(content)
    padded = len(content).to_bytes(_LENGTH) + content + bytes(padding(size) - size)
    try:
        return head + nonce + key.cipher.encrypt(nonce, padded, head + about)
    except (ValueError, OverflowError, MemoryError):
        raise SealingError("seal") from None


def key_id(envelope: bytes) -> int:
    """Which key the envelope wants. Raises SealingError when it is no envelope."""
    if envelope[:1] != _FORMAT or len(envelope) < _HEAD + _NONCE:
        raise SealingError("not_an_envelope")
    return int.from_bytes(envelope[1:_HEAD])


def unseal(key: Key, envelope: bytes, about: bytes) -> bytes:
    """The content. Raises SealingError when key, `about` or a single bit is another."""
    if key_id(envelope) != key.id:
        raise SealingError("another_key")
    nonce, body = envelope[_HEAD : _HEAD + _NONCE], envelope[_HEAD + _NONCE :]
    try:
        padded = key.cipher.decrypt(nonce, body, envelope[:_HEAD] + about)
    except (InvalidTag, ValueError):
        raise SealingError("unseal") from None
    return padded[_LENGTH : _LENGTH + int.from_bytes(padded[:_LENGTH])]
