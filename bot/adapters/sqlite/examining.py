"""Looking a database over without changing it: for `doctor`."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.adapters.sqlite import sql
from bot.adapters.sqlite.connection import BUSY_MS, connected, made_safe, on_thread
from bot.adapters.sqlite.migrate import migrations


@dataclass(frozen=True, slots=True)
class Examined:
    """`newest_day` is the latest day of anything kept, YYYY-MM-DD or empty; `behind` is how many
    migrations the next start will run (below zero: the database is of a newer program).
    """

    newest_day: str
    behind: int
    sound: bool


async def examine(path: Path) -> Examined:
    """What a database that exists holds to. It opens with the store's promises (WAL, full
    synchronous, secure_delete) or raises StoreUnavailable.
    """
    async with connected(path, BUSY_MS, writes=False) as db:
        try:
            return await on_thread(db, _look)
        except sqlite3.Error as error:
            raise made_safe(error) from None


def _look(con: sqlite3.Connection) -> Examined:
    version = int(con.execute("pragma user_version").fetchone()[0])
    newest = con.execute(sql.NEWEST_DAY).fetchone()[0] if version else ""
    sound = con.execute(sql.SOUND).fetchone()[0] == "ok"
    return Examined(newest, len(migrations()) - version, sound)
