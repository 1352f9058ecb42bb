"""One connection: opened with the store's promises, its errors made safe, always closed."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

import aiosqlite

from bot.errors import BotError, StoreUnavailable

BUSY_MS: Final = 5000
_T = TypeVar("_T")
_PROMISES: Final = (  # pragma, and what it must answer
    ("page_size = 8192", None),  # of a new file: a usual session fits without an overflow page
    ("journal_mode = wal", "wal"),
    ("synchronous = full", None),
    ("secure_delete = on", 1),  # erased is overwritten, not only unlinked
    ("temp_store = memory", None),  # no temporary file ever holds a row
    ("trusted_schema = off", None),
)
_CODES: Final = {
    sqlite3.SQLITE_BUSY: "database_locked",
    sqlite3.SQLITE_LOCKED: "database_locked",
    sqlite3.SQLITE_FULL: "database_full",
    sqlite3.SQLITE_CORRUPT: "database_corrupt",
    sqlite3.SQLITE_NOTADB: "database_corrupt",
    sqlite3.SQLITE_READONLY: "database_read_only",
    sqlite3.SQLITE_IOERR: "database_io",
    sqlite3.SQLITE_CANTOPEN: "database_cannot_open",
}


def promise(con: sqlite3.Connection, busy_ms: int) -> None:
    """Set what every connection must hold to. Raises StoreUnavailable when it cannot."""
    con.execute(f"pragma busy_timeout = {int(busy_ms)}")
    for pragma, expected in _PROMISES:
        answer = con.execute(f"pragma {pragma}").fetchone()
        if expected is not None and (answer is None or answer[0] != expected):
            raise StoreUnavailable("database_without_" + pragma.split()[0])


def made_safe(error: BaseException) -> BaseException:
    """The error to raise instead: of sqlite's only a safe code remains, never its words."""
    match error:
        case BotError():
            return error
        case sqlite3.Error():
            number = getattr(error, "sqlite_errorcode", 0) & 0xFF  # without the extended part
            return StoreUnavailable(_CODES.get(number, "database_error"))
        case OSError():
            return StoreUnavailable("database_cannot_open")
        case _:
            return error


async def on_thread(db: aiosqlite.Connection, work: Callable[[sqlite3.Connection], _T]) -> _T:
    """Run a plain function on the connection's own thread, in one hop. The one place that uses
    aiosqlite's `_execute`: each hop costs more than SQLite itself.
    """
    try:
        result: _T = await db._execute(lambda: work(db._conn))  # type: ignore[no-untyped-call] # noqa: SLF001
    except ValueError:
        raise StoreUnavailable("database_closed") from None
    return result


@asynccontextmanager
async def connected(
    path: Path, busy_ms: int, *, writes: bool
) -> AsyncIterator[aiosqlite.Connection]:
    """An open connection that keeps its promises; closed on the way out, whatever happens.
    Raises StoreUnavailable when it cannot be had.
    """
    _make_private(path)
    db = aiosqlite.connect(path, isolation_level=None, cached_statements=256)
    try:
        try:
            await _opened(db)
            await on_thread(db, lambda con: promise(con, busy_ms))
            if not writes:
                await on_thread(db, lambda con: con.execute("pragma query_only = on"))
        except (sqlite3.Error, OSError) as error:
            raise made_safe(error) from None
        yield db
    finally:
        await db.close()  # its thread is no daemon: left open, it would keep the program alive


async def _opened(db: aiosqlite.Connection) -> None:
    """Open it, or wait for its thread to end: after a failed opening aiosqlite does not, and the
    thread would answer a loop that may be closed by then.
    """
    try:
        await db
    except BaseException:
        await asyncio.to_thread(db._thread.join)  # noqa: SLF001
        raise


def _make_private(path: Path) -> None:
    """Database and folder belong to the owner alone; SQLite gives -wal and -shm the same mode.

    A database that is there is not opened: closing a file drops every lock that this program
    holds on it, those of SQLite too. Any other program, such as a backup, would then take itself
    for the last one and remove the write-ahead log with what was committed to it.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError:
        raise StoreUnavailable("database_cannot_open") from None
    if not (path.is_file() and os.access(path, os.R_OK | os.W_OK)):
        raise StoreUnavailable("database_cannot_open")
