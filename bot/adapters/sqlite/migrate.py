"""Numbered SQL files, forward only, each in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bot.errors import Problem, SettingsError

MIGRATIONS: Final = Path(__file__).parent / "migrations"


def migrations(folder: Path = MIGRATIONS) -> list[Path]:
    """The files in their order: `0001_start.sql` brings a database to version 1."""
    return sorted(folder.glob("[0-9][0-9][0-9][0-9]_*.sql"))


def migrate(con: sqlite3.Connection, folder: Path = MIGRATIONS) -> int:
    """Bring the database to the newest version and give that. Raises SettingsError when it is
    newer than this program.
    """
    files = migrations(folder)
    if _version(con) > len(files):
        raise _newer(_version(con), len(files))
    for number, file in enumerate(files, start=1):
        _step(con, number, file.read_text("utf-8"))
    return len(files)


def _step(con: sqlite3.Connection, number: int, script: str) -> None:
    con.execute("begin immediate")
    try:
        if _version(con) < number:  # asked inside the lock: another program may be quicker
            for statement in _statements(script):
                con.execute(statement)
            con.execute(f"pragma user_version = {number}")
        con.execute("commit")
    except BaseException:
        if con.in_transaction:
            con.execute("rollback")
        raise


def _statements(script: str) -> Iterator[str]:
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        if sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines)
            lines = []


def _version(con: sqlite3.Connection) -> int:
    return int(con.execute("pragma user_version").fetchone()[0])


def _newer(found: int, known: int) -> SettingsError:
    message = (
        f"The database is of version {found}; this program knows up to {known}. Start the newer"
        " program again, or restore the backup made before the upgrade."
    )
    return SettingsError("database_newer", (Problem("database", 1, "database_newer", message),))
