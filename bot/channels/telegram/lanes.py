"""Order per person, and at most so many people at once.

Work for one person runs in the order it was handed in. Work that waits for Telegram's sake, or
takes longer than a second, gives its place away, so nobody else waits with it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.ports import PersonKey, Sleep

Work: TypeAlias = Callable[[], Awaitable[None]]  # never raises


class Lanes:
    """At most `width` people's work holds a place at a time, and at most `most` runs at all; the
    rest waits, first come first served.
    """

    def __init__(
        self, width: int, sleep: Sleep, *, most: int = 1_000, patience: float = 1.0
    ) -> None:
        self._width = width
        self._most = most
        self._patience = patience
        self._sleep = sleep
        self._lanes: dict[PersonKey, deque[Work]] = {}
        self._ready: deque[PersonKey] = deque()
        self._placed: set[asyncio.Task[None]] = set()
        self._open = True
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def free(self) -> int:
        """How many more people could be served at once."""
        return 0 if self._ready else max(0, self._width - len(self._placed))

    def idle(self, person: PersonKey) -> bool:
        """Whether nothing of this person's runs or waits."""
        return person not in self._lanes

    def add(self, person: PersonKey, work: Work) -> None:
        """Run this after whatever else this person has waiting."""
        lane = self._lanes.get(person)
        if lane is not None:
            lane.append(work)
            return
        self._lanes[person] = deque((work,))
        self._ready.append(person)
        self._start()

    async def wait(self, seconds: float) -> None:
        """For work that must wait: give the place away, sleep, and go on."""
        self._give_away(asyncio.current_task())
        await self._sleep(seconds)

    async def close(self, seconds: float) -> None:
        """Start nothing more; let what runs finish for so long, then cancel it."""
        self._open = False
        running = set(self._tasks)
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    def _start(self) -> None:
        while self._open and self._ready and self.has_place:
            task = asyncio.create_task(self._run(self._ready.popleft()))
            self._tasks.add(task)
            self._placed.add(task)
            task.add_done_callback(self._tasks.discard)

    @property
    def has_place(self) -> bool:
        """Whether one more could start now."""
        return len(self._placed) < self._width and len(self._tasks) < self._most

    def _give_away(self, task: asyncio.Task[None] | None) -> None:
        if task is not None:
            self._placed.discard(task)
        self._start()

    async def _run(self, person: PersonKey) -> None:
        lane = self._lanes[person]
        task = asyncio.current_task()
        slow = asyncio.get_running_loop().call_later(self._patience, self._give_away, task)
        try:
            await lane.popleft()()
        finally:
            slow.cancel()
            if lane:
                self._ready.append(person)  # behind the others: nobody's flood holds a place
            else:
                del self._lanes[person]
            self._give_away(task)
