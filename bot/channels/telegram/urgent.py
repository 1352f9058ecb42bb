"""999 as it is read: constant words, connections of their own, no store, no limit of ours."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Final

from bot.channels.telegram.calls import FOR_EVER, Calls, GaveUp, PersonGone
from bot.channels.telegram.chat_record import Learnt
from bot.channels.telegram.needs import Alarm
from bot.channels.telegram.pages import Page, urgent_page
from bot.channels.telegram.turns import Job
from bot.channels.telegram.updates import Crowd
from bot.core.emergency import HEADER
from bot.core.turn import ScreenKind

_NOT_HERE: Final = Page(
    f"{HEADER}\n\nThis bot only works in a private chat, so it is leaving.", kind=ScreenKind.NOTICE
)


class Urgent:
    """Answers what cannot wait, and leaves where the bot must not be."""

    def __init__(self, calls: Calls, learnt: Learnt, alarm: Alarm) -> None:
        self._calls = calls
        self._learnt = learnt
        self._alarm = alarm
        self._page = urgent_page()
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, job: Job) -> None:
        """Send the 999 message now; the job is safe once it is sent or cannot be."""
        self._start(self._answer(job))

    def leave(self, crowd: Crowd) -> None:
        """Say one short thing where possible, and go."""
        page = _NOT_HERE if crowd.speak else None
        self._start(self._calls.leave(crowd.chat, page))

    async def close(self, seconds: float) -> None:
        """Let what is on its way finish for so long, then cancel it."""
        running = set(self._tasks)
        if running:
            _, late = await asyncio.wait(running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    async def _answer(self, job: Job) -> None:
        known = [job.arrival.message]
        try:
            known.append(await self._calls.send(job.arrival.chat, self._page, tries=FOR_EVER))
        except PersonGone:
            pass  # nobody there; the next update says so by itself
        except GaveUp:
            self._alarm("urgent_not_shown")
        except Exception:  # noqa: BLE001 - the update must not come back for ever
            self._alarm("urgent_failed")
        self._learnt.learn(job.person, known)
        job.now_over()

    def _start(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
