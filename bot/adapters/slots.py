"""Secrets apart from the database and from every backup: one for each mail that waits.

The key of a mail is wrapped under the outbox key and the secret of a slot. To erase the mail for
good its slot is filled with new random bytes: then no copy of the database opens it, whatever
lasting keys are at hand. Slots are made long before a mail takes one, so the file's times tell
nothing of when a mail came.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.adapters.envelope import KEY_BYTES
from bot.errors import SealingError, StoreUnavailable

FILE: Final = "outbox.slots"
AT_FIRST: Final = 4096  # slots: 128 KiB


class Slots:
    """A file of secrets of 32 bytes, by number. Read at each use: another program of this
    installation may have filled a slot anew. Raises StoreUnavailable when the file is away; it is
    never made again under a running program, which would hide the one that comes back.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def make(self) -> None:
        """Have the file. One that was lost is replaced: what its slots kept opens no more."""
        part = self._path.with_name(f".{FILE}.{os.getpid()}.part")
        try:
            if not self._path.exists():
                _write(part, os.O_CREAT | os.O_TRUNC, AT_FIRST)
                os.link(part, self._path)  # whole or not at all, never over another's
        except FileExistsError:
            return
        except OSError:
            raise StoreUnavailable("slots_unavailable") from None
        finally:
            part.unlink(missing_ok=True)

    def room(self) -> int:
        """How many slots there are."""
        try:
            return self._path.stat().st_size // KEY_BYTES
        except OSError:
            raise StoreUnavailable("slots_unavailable") from None

    def grow(self) -> None:
        """As many again."""
        room = self.room()
        try:
            _write(self._path, 0, room, at=room * KEY_BYTES)
        except OSError:
            raise StoreUnavailable("slots_unavailable") from None

    def secret(self, slot: int) -> bytes:
        """The secret of a slot. Raises SealingError when there is no such slot."""
        try:
            with self._path.open("rb") as file:
                found = os.pread(file.fileno(), KEY_BYTES, slot * KEY_BYTES)
        except OSError:
            raise StoreUnavailable("slots_unavailable") from None
        if len(found) < KEY_BYTES:
            raise SealingError("no_slot")
        return found

    def refill(self, slots: Iterable[int]) -> None:
        """Put new random bytes over these, on the disk."""
        room = self.room()
        try:
            handle = os.open(self._path, os.O_WRONLY)
            try:
                for slot in slots:
                    if slot < room:
                        os.pwrite(handle, os.urandom(KEY_BYTES), slot * KEY_BYTES)
                os.fsync(handle)
            finally:
                os.close(handle)
        except OSError:
            raise StoreUnavailable("slots_unavailable") from None


def _write(path: Path, flags: int, slots: int, at: int = 0) -> None:
    handle = os.open(path, os.O_WRONLY | flags, 0o600)
    try:
        os.pwrite(handle, os.urandom(slots * KEY_BYTES), at)
        os.fsync(handle)
    finally:
        os.close(handle)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
