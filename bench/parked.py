"""`python -m bench.parked COUNT`: put so many resting sessions into the store that the settings
name, each in the middle of a report. And the memory and the start of a bot that has them.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from bench.children import ask, child, cpu_seconds, memory_mib, our_bot, our_settings, servers
from bench.conversations import off_licence
from bench.table import Figure, middle

_TOGETHER: Final = 500  # committed at once
_FIRST: Final = 20_000_000  # of the chats
_MOST_GROWTH: Final = 8.0  # MiB of memory, however many are parked


async def measured(folder: Path, starts: int, parked: tuple[int, ...]) -> AsyncIterator[Figure]:
    """From the start of a fresh process to its first reply; memory, with sessions parked."""
    async with servers(1) as (root,):
        firsts = [await _start(root, folder / f"fresh{n}", 1 + n) for n in range(starts)]
        seconds = middle(took for took, _, _ in firsts)
        yield Figure("start-up to first reply, empty installation", seconds, "s", 1)
        yield Figure("start-up to first reply, CPU", middle(cpu for _, cpu, _ in firsts), "s")
        bare = middle(memory for _, _, memory in firsts)
        yield Figure("memory of the bot, no session parked", bare, "MiB")
        for place, count in enumerate(parked):
            home = folder / f"parked{count}"
            (home / "data").mkdir(parents=True)
            async with child("bench.parked", str(count), **our_settings(root, home)) as parking:
                await parking.wait()
            took, _, memory = await _start(root, home, 1_000 + place)
            disk = sum(file.stat().st_size for file in (home / "data").glob("bot.db*")) / 2**20
            name = f"{count:,} sessions parked"
            yield Figure(f"memory of the bot, {name}", memory, "MiB")
            yield Figure(f"memory for {name}", memory - bare, "MiB", _MOST_GROWTH)
            yield Figure(f"disk for {name}", disk, "MiB")
            yield Figure(f"start-up to first reply, {name}", took, "s", 1)


async def _start(root: str, home: Path, chat: int) -> tuple[float, float, float]:
    """Seconds from the start of a new process to its first reply, the CPU seconds of them, and
    then its memory in MiB.
    """
    began = time.perf_counter()
    async with our_bot(root, home) as bot:
        await ask(root, bot, "play", lines=[("say", "/start")], people=1, first=chat)
        return time.perf_counter() - began, cpu_seconds(bot), memory_mib(bot)


async def _park(count: int) -> None:
    from bench.engine import steps_of
    from bot.app import content_of, stored
    from bot.core.turning import lapses_at
    from bot.ports import Commit, PersonKey
    from bot.settings import from_environment

    settings = from_environment(os.environ, None)
    catalogue = content_of(settings)
    session, _ = steps_of(catalogue, off_licence())[-1]
    assert session is not None
    async with stored(settings) as (store, keyring, clock):
        now = clock.now()
        body, lapses = session.dump(), lapses_at(catalogue, session, now)
        chat = bytes(13 + 4 * 2 * len(off_licence()))  # the channel's record, as large as usual

        def commit(person: PersonKey) -> Commit:
            return Commit(person, 0, body, chat, lapses)

        for start in range(0, count, _TOGETHER):
            numbers = range(start, min(count, start + _TOGETHER))
            people = [keyring.person_key(_FIRST + number) for number in numbers]
            await asyncio.gather(*(store.commit(commit(person)) for person in people))


if __name__ == "__main__":
    asyncio.run(_park(int(sys.argv[1])))
