"""Work that waits together goes together: one hop to a connection's thread, one commit.

While a batch is on its way, newcomers gather for the next. Each piece of work is one plain
function. In the writer's batch each has a savepoint, so one that fails does not fail the others,
and nobody hears of success before the COMMIT.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

import aiosqlite

from bot.adapters.sqlite.connection import made_safe, on_thread
from bot.errors import StoreUnavailable

_AT_ONCE: Final = 128
_T = TypeVar("_T")
Work = Callable[[sqlite3.Connection], Any]


@dataclass(frozen=True, slots=True)
class Job:
    """A piece of work, who waits for it, and what the loop does once it is on the disk."""

    work: Work
    done: asyncio.Future[Any]
    then: Callable[[], None] | None = None
    erases: bool = False


Run = Callable[[sqlite3.Connection, list[Job]], list[Any]]


class Lane:
    """One connection and the work that waits for it."""

    def __init__(self, db: aiosqlite.Connection, run: Run) -> None:
        self._db = db
        self._run = run
        self._waiting: deque[Job] = deque()
        self._draining: asyncio.Task[None] | None = None
        self._closed = False

    async def do(
        self,
        work: Callable[[sqlite3.Connection], _T],
        then: Callable[[], None] | None = None,
        *,
        erases: bool = False,
    ) -> _T:
        """The work's result, once its batch is done; `then` runs just before, also when the
        caller has been cancelled meanwhile: work that was begun may have happened.
        """
        if self._closed:
            raise StoreUnavailable("database_closed")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[_T] = loop.create_future()
        self._waiting.append(Job(work, done, then, erases))
        if self._draining is None:
            self._draining = loop.create_task(self._drain())
        return await done

    async def close(self) -> None:
        """Finish what waits, then take nothing more."""
        self._closed = True
        if self._draining is not None:
            await self._draining

    async def _drain(self) -> None:
        batch: list[Job] = []
        try:
            while batch := self._next_batch():
                _deliver(batch, await self._outcomes(batch))
        finally:
            self._draining = None
            left = [*batch, *self._waiting]
            self._waiting.clear()
            _deliver(left, [StoreUnavailable("database_closed")] * len(left))

    async def _outcomes(self, batch: list[Job]) -> list[Any]:
        try:
            return await on_thread(self._db, lambda con: self._run(con, batch))
        except Exception as error:  # noqa: BLE001 - each of the batch must hear of it
            return [error] * len(batch)

    def _next_batch(self) -> list[Job]:
        batch: list[Job] = []
        while self._waiting and len(batch) < _AT_ONCE:
            job = self._waiting.popleft()
            if not job.done.cancelled():
                batch.append(job)
        return batch


def _deliver(batch: list[Job], outcomes: list[Any]) -> None:
    for job, outcome in zip(batch, outcomes, strict=True):
        failed = isinstance(outcome, BaseException)
        if job.then and not failed:
            job.then()
        if job.done.done():
            continue
        if failed:
            job.done.set_exception(made_safe(outcome))
        else:
            job.done.set_result(outcome)


def read_together(con: sqlite3.Connection, batch: list[Job]) -> list[Any]:
    """Each job's result or error."""
    return [_attempt(con, job.work) for job in batch]


class Committer:
    """Runs a batch as one transaction, and truncates the write-ahead log after an erasure."""

    def __init__(self, busy_ms: int) -> None:
        self._busy_ms = busy_ms
        self._truncate = True  # what a crash left behind goes with the first batch

    def __call__(self, con: sqlite3.Connection, batch: list[Job]) -> list[Any]:
        """Each job's result or error, after the COMMIT. Raises when nothing was committed."""
        con.execute("begin immediate")
        try:
            outcomes = [_attempt_saved(con, job.work) for job in batch]
            con.execute("commit")
        except BaseException:
            if con.in_transaction:
                con.execute("rollback")
            raise
        self._truncate |= any(job.erases for job in batch)
        if self._truncate:
            self._truncate = not _truncated(con, self._busy_ms)
        return outcomes


def _attempt(con: sqlite3.Connection, work: Work) -> Any:  # noqa: ANN401 - any job's result
    try:
        return work(con)
    except Exception as error:  # noqa: BLE001 - it belongs to the one who asked
        return error


def _attempt_saved(con: sqlite3.Connection, work: Work) -> Any:  # noqa: ANN401
    con.execute("savepoint job")
    outcome = _attempt(con, work)
    if isinstance(outcome, Exception):
        if not con.in_transaction:  # a full disk or a fault of it undid the whole batch
            raise outcome
        con.execute("rollback to job")
    con.execute("release job")
    return outcome


def _truncated(con: sqlite3.Connection, busy_ms: int) -> bool:
    """Move all into the database file and empty the log, so that what was erased is nowhere. A
    reader may be in the way (a backup): then not now, but with the next batch.
    """
    try:
        con.execute("pragma busy_timeout = 50")
        return bool(con.execute("pragma wal_checkpoint(truncate)").fetchone()[0] == 0)
    except sqlite3.Error:
        return False  # the commit before it stands all the same
    finally:
        con.execute(f"pragma busy_timeout = {int(busy_ms)}")
