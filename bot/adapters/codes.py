"""What a receipt or pause code unlocks. A code is kept only as its slow hash.

code → Argon2id under the installation's salt → a tag to look up by, and a key to open with. The
tag does not give the key. The same work is done for a right code, a wrong one and no code at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from bot.adapters.envelope import KEY_BYTES, Key, in_steps, seal, unseal
from bot.core.receipts import read_code
from bot.ports import NewCode

_CODE_KEY: Final = 0


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: memory in KiB, passes over it, lanes."""

    memory: int
    passes: int
    lanes: int


SLOW: Final = Cost(memory=64 * 1024, passes=3, lanes=4)


class SlowCodes:
    """`ports.Codes`. One hash at a time, on a thread of its own, so memory stays bounded by one
    (64 MiB) however many people type codes, and also when the one who waited has gone away.
    """

    def __init__(self, salt: bytes, cost: Cost = SLOW) -> None:
        self._salt = salt
        self._cost = cost
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="codes")

    async def open(self, code: str) -> tuple[bytes, Callable[[bytes], bytes]]:
        """The code's tag, and a function that opens what was sealed under it (SealingError when
        that was another code).
        """
        tag, key = await self._derive(code)
        return tag, partial(_open, key, tag)

    async def keep(self, code: str, content: bytes, erase_on: str) -> NewCode:
        """The tag, and the content sealed under the code."""
        tag, key = await self._derive(code)
        return NewCode(tag, seal(key, content, tag, in_steps), erase_on)

    def close(self) -> None:
        """End the thread; a hash in progress is finished first."""
        self._thread.shutdown()

    async def _derive(self, code: str) -> tuple[bytes, Key]:
        text = read_code(code) or code
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._hash, text.encode())

    def _hash(self, code: bytes) -> tuple[bytes, Key]:
        slow = Argon2id(
            salt=self._salt,
            length=KEY_BYTES,
            iterations=self._cost.passes,
            lanes=self._cost.lanes,
            memory_cost=self._cost.memory,
        ).derive(code)
        return _expand(slow, b"tag"), Key(_CODE_KEY, _expand(slow, b"key"))


def _open(key: Key, tag: bytes, sealed: bytes) -> bytes:
    return unseal(key, sealed, tag)


def _expand(slow: bytes, purpose: bytes) -> bytes:
    return HKDFExpand(SHA256(), KEY_BYTES, b"code " + purpose).derive(slow)
