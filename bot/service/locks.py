"""A lock for each person, dropped when nobody holds or waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class Locks(Generic[Key]):
    """Mutual exclusion by key; memory only for the keys in use."""

    def __init__(self) -> None:
        self._held: dict[Key, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def held(self, key: Key) -> AsyncIterator[None]:
        """Inside, nobody else is inside for this key."""
        lock, users = self._held.get(key, (asyncio.Lock(), 0))
        self._held[key] = (lock, users + 1)
        try:
            async with lock:
                yield
        finally:
            lock, users = self._held.pop(key)
            if users > 1:
                self._held[key] = (lock, users - 1)

    def __len__(self) -> int:
        return len(self._held)
