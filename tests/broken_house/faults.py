"""What can break under a running program, and how it is mended."""

from __future__ import annotations

import asyncio
import resource
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.adapters.sqlite.connection import on_thread
from bot.app import House
from tests.fakes.far_mailbox import FarMailbox

SECONDS: Final = 60.0


@dataclass(slots=True)
class Running:
    """A house at work, its files and far mailbox, and by how much its clock is moved."""

    house: House
    folder: Path
    mailbox: FarMailbox
    ahead: timedelta = timedelta(0)

    @property
    def database(self) -> Path:
        return self.folder / "data" / "bot.db"

    @property
    def keys(self) -> Path:
        return self.folder / "keys"

    async def sql(self, statement: str) -> list[Any]:
        """Run it on the program's own writing connection, in no transaction."""
        writing = self.house.store._writer._db
        return await on_thread(writing, lambda con: con.execute(statement).fetchall())

    async def forget_pages(self) -> None:
        """Let the program's connections read from the disk again what they know by heart."""
        self.house.store._recent.clear()
        for lane in (self.house.store._writer, self.house.store._reader):
            await on_thread(lane._db, lambda con: con.execute("pragma shrink_memory").fetchall())

    async def put_off(self) -> None:
        """Wait until the mail has been tried in vain and is due again."""
        async with asyncio.timeout(SECONDS):
            while not await self.sql("select 1 from outbox where due > 0"):
                await asyncio.sleep(0)


Fault: TypeAlias = Callable[[Running], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def locked(running: Running) -> AsyncIterator[None]:
    """Another program holds the database."""
    other = sqlite3.connect(running.database, isolation_level=None)
    other.execute("begin immediate")
    try:
        yield
    finally:
        other.close()


@asynccontextmanager
async def full(_running: Running) -> AsyncIterator[None]:
    """The disk takes not one byte more: no file of this process can be written."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@asynccontextmanager
async def read_only(running: Running) -> AsyncIterator[None]:
    """The database cannot be written."""
    await running.sql("pragma query_only = on")
    try:
        yield
    finally:
        await running.sql("pragma query_only = off")


@asynccontextmanager
async def corrupt(running: Running) -> AsyncIterator[None]:
    """Every byte of the database is overwritten, and then restored."""
    files = [running.database, Path(f"{running.database}-wal")]
    await running.sql("pragma wal_checkpoint(truncate)")
    whole = {file: file.read_bytes() for file in files}
    for file, content in whole.items():
        file.write_bytes(b"\xa5" * max(len(content), 4096))
    await running.forget_pages()
    try:
        yield
    finally:
        for file, content in whole.items():
            file.write_bytes(content)


@asynccontextmanager
async def keyless(running: Running) -> AsyncIterator[None]:
    """The key folder is gone, on the day for which there is no session key yet."""
    away = running.keys.with_name("keys-away")
    running.keys.rename(away)
    running.ahead += timedelta(days=1)
    try:
        yield
    finally:
        running.ahead -= timedelta(days=1)
        away.rename(running.keys)


@asynccontextmanager
async def mail_down(running: Running) -> AsyncIterator[None]:
    """The mail server refuses every mail for now."""
    running.mailbox.refuse(*["451 4.3.0 Not now"] * 50)
    try:
        yield
    finally:
        running.mailbox.refuse()


def together(*faults: Fault) -> Fault:
    """Several at once."""

    @asynccontextmanager
    async def all_of_them(running: Running) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for fault in faults:
                await stack.enter_async_context(fault(running))
            yield

    return all_of_them


MENDABLE: Final[dict[str, Fault]] = {  # while it runs
    "locked": locked,
    "full": full,
    "read_only": read_only,
    "keyless": keyless,
    "all_mendable": together(mail_down, keyless, locked, full),
}
UNSAVED: Final[dict[str, Fault]] = {
    **MENDABLE,
    "corrupt": corrupt,
    "everything": together(mail_down, corrupt, keyless, full),
}
FAULTS: Final[dict[str, Fault]] = {**UNSAVED, "mail_down": mail_down}
