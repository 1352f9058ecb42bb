"""The processes that are measured, and what the kernel says of them (Linux)."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.app import ROOT
from tests.botapi.server import TOKEN

_SECONDS = 120.0  # no answer of the server takes longer; the run ends instead
Child = asyncio.subprocess.Process


@asynccontextmanager
async def child(*arguments: str, **settings: str) -> AsyncIterator[Child]:
    """`python -m ...` with these settings as its only ones; ended on the way out."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    started = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        *arguments,
        env={**kept, "PYTHONPATH": str(ROOT), **settings},
        cwd=settings.get("BOT_DATA_DIR", str(ROOT)),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
        await started.wait()


@asynccontextmanager
async def servers(count: int) -> AsyncIterator[list[str]]:
    """The roots of so many local Bot API servers, in one process of their own."""
    async with child("bench.server", str(count)) as started:
        assert started.stdout is not None
        yield json.loads(await started.stdout.readline())


@asynccontextmanager
async def our_bot(root: str, folder: Path) -> AsyncIterator[Child]:
    """`python -m bot run` on the data and keys in this folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    async with child("bot", "run", **our_settings(root, folder)) as started:
        yield started


def our_settings(root: str, folder: Path) -> dict[str, str]:
    """The bot's settings for a run against this server."""
    return {
        "BOT_TOKEN": TOKEN,
        "BOT_API_URL": root,
        "BOT_DATA_DIR": str(folder / "data"),
        "BOT_KEY_DIR": str(folder / "keys"),
        "BOT_LOG_LEVEL": "ERROR",
    }


async def ask(root: str, bot: Child, what: str, **given: Any) -> Any:
    """Let the server do something with this bot, and give what it answers. A bot that has ended
    ends the run.
    """
    answer = asyncio.create_task(_post(f"{root}/bench/{what}", given))
    ended = asyncio.create_task(bot.wait())
    await asyncio.wait({answer, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not answer.done():
        answer.cancel()
        raise SystemExit("A bot has ended before its people were answered.")
    return answer.result()


async def _post(url: str, given: dict[str, Any]) -> Any:
    timeout = aiohttp.ClientTimeout(total=_SECONDS)
    async with (
        aiohttp.ClientSession(timeout=timeout, raise_for_status=True) as session,
        session.post(url, json=given) as answer,
    ):
        return await answer.json()


def cpu_seconds(process: Child) -> float:
    """CPU seconds of all threads of a process so far, by the kernel's clock of that process."""
    return time.clock_gettime((~process.pid << 3) | 2)


def memory_mib(process: Child) -> float:
    """Resident memory of a process."""
    lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
    resident = next(line for line in lines if line.startswith("VmRSS:"))
    return int(resident.split()[1]) / 1024
