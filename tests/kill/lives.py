"""The parent's side: starting lives, arming them, hearing how they end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final, Self

from tests.kill.house import Life

SECONDS: Final = 60.0  # longer than anything takes: only a fault waits so long
ROOT: Final = Path(__file__).resolve().parents[2]


class ForkServer:
    """The process that forks lives (`python -m tests.kill.house`); one for all tests."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.kill.house"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        assert self._program.stdin is not None
        assert self._program.stdout is not None
        self._orders, self._ends = self._program.stdin, self._program.stdout

    def fork(self, life: Life) -> None:
        self._orders.write(json.dumps(asdict(life)).encode() + b"\n")
        self._orders.flush()

    async def ended(self) -> int:
        """The exit code of the life that is running; -9 when it was killed."""
        return int(await asyncio.wait_for(asyncio.to_thread(self._ends.readline), SECONDS))

    def close(self) -> None:
        self._orders.close()
        self._program.wait(SECONDS)
        self._ends.close()


class Lives:
    """One installation, lived in again and again: `start`, `arm`, `died` or `kill`."""

    def __init__(self, forks: ForkServer, template: Life) -> None:
        self._forks = forks
        self._template = template
        self._changed = asyncio.Condition()
        self._pid = 0
        self._writer: asyncio.StreamWriter | None = None
        self._server: asyncio.Server | None = None
        self._alive = False
        self.passed: list[str] = []  # the points of the present life

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._hear, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._alive:
            await self.kill()
        assert self._server is not None
        self._server.close()
        await self._server.wait_closed()

    @property
    def pid(self) -> int:
        return self._pid

    @property
    def folder(self) -> Path:
        return Path(self._template.folder)

    @property
    def database(self) -> Path:
        return Path(self._template.folder) / "data" / "bot.db"

    async def start(self, **changes: object) -> None:
        """A new life, up and connected."""
        assert self._server is not None
        port = self._server.sockets[0].getsockname()[1]
        self._pid, self.passed, self._alive = 0, [], True
        self._forks.fork(Life(**{**asdict(self._template), "control": port, **changes}))
        await self.until(lambda: bool(self._pid))

    async def arm(self, point: str) -> None:
        """Let it die at this point from now on."""
        assert self._writer is not None
        self.passed.clear()
        self._writer.write(point.encode() + b"\n")
        await self.until(lambda: "armed" in self.passed)

    async def ahead(self, minutes: int) -> None:
        """Move its clock, while it lives, to so many minutes from the truth."""
        await self.arm(f"ahead {minutes}")

    async def died(self) -> None:
        """Wait until it has killed itself."""
        assert await self._forks.ended() == -signal.SIGKILL
        self._alive = False

    async def kill(self) -> None:
        """SIGKILL from outside."""
        self.strike()
        await self.died()

    def strike(self) -> None:
        """SIGKILL from outside, at once; `died` waits for the end."""
        with suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)

    async def until(self, test: Callable[[], bool]) -> None:
        """Return once `test` is true; it is asked again whenever a point has been passed."""
        async with asyncio.timeout(SECONDS), self._changed:
            await self._changed.wait_for(test)

    async def _hear(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        with suppress(ConnectionError):
            while line := (await reader.readline()).decode().strip():
                word, _, rest = line.partition(" ")
                if word == "up":
                    self._pid = int(rest)
                self.passed.append(word)
                async with self._changed:
                    self._changed.notify_all()
        writer.close()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What lies on the disk."""
        con = sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)
        try:
            return con.execute(query).fetchall()
        finally:
            con.close()
