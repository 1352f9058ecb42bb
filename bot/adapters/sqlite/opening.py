"""Opening the store: promises, migrations, the right keys; and closing it for certain."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

from bot.adapters.keyring import Keyring
from bot.adapters.sqlite import sql
from bot.adapters.sqlite.connection import BUSY_MS, connected, made_safe, on_thread
from bot.adapters.sqlite.lane import Committer, Lane, read_together
from bot.adapters.sqlite.migrate import migrate
from bot.adapters.sqlite.store import SqliteStore
from bot.errors import KeyringError, Problem
from bot.ports import Clock


@asynccontextmanager
async def open_store(
    path: Path, keyring: Keyring, clock: Clock, *, busy_ms: int = BUSY_MS
) -> AsyncIterator[SqliteStore]:
    """The store in this file, made or brought to the newest version first. Raises
    StoreUnavailable, SettingsError (a newer database) or KeyringError (another's keys).
    """
    async with connected(path, busy_ms, writes=True) as writing:
        await _at_start(writing, migrate)
        await _at_start(writing, lambda con: _check_keys(con, keyring))
        keyring.slots.make()
        async with connected(path, busy_ms, writes=False) as reading:
            writer, reader = Lane(writing, Committer(busy_ms)), Lane(reading, read_together)
            try:
                yield SqliteStore(writer, reader, keyring, clock)
            finally:
                await writer.close()
                await reader.close()


async def _at_start(
    db: aiosqlite.Connection, work: Callable[[sqlite3.Connection], object]
) -> None:
    try:
        await on_thread(db, work)
    except (sqlite3.Error, OSError) as error:
        raise made_safe(error) from None


def _check_keys(con: sqlite3.Connection, keyring: Keyring) -> None:
    """A database remembers its keys; with others, what is stored would be lost unnoticed."""
    row = con.execute(sql.FINGERPRINT).fetchone()
    if row is None:
        con.execute(sql.SET_FINGERPRINT, (keyring.fingerprint,))
    elif row[0] != keyring.fingerprint:
        message = (
            "These keys do not belong to this database. Check BOT_KEY_DIR and BOT_DATA_DIR, or"
            " restore the keys that were backed up with it."
        )
        problem = Problem("key folder", 1, "keys_of_another_database", message)
        raise KeyringError("keyring", (problem,))
