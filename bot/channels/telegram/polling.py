"""Our own getUpdates loop. An update is confirmed only once it is safe (desk.py).

The offset stays at the oldest update that is not safe. Telegram then sends everything from there
again, which costs nothing: what is being worked on is known.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from typing import Any, Final, TypeVar

from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram import updates
from bot.channels.telegram.calls import pause
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.ended import BAD_TOKEN, SECOND_BOT, STOPPED, Ended
from bot.channels.telegram.faults import UnreadableAnswer, Wait
from bot.channels.telegram.needs import Alarm
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.turns import Job
from bot.channels.telegram.updates import Parsed
from bot.ports import Sleep

BATCH: Final = 100
POLL_SECONDS: Final = 50
_SLACK: Final = 10.0  # seconds an answer may be late
PATIENCE: Final = 1.0  # seconds the next reading waits for replies that are on their way

T = TypeVar("T")


class Polling:
    """Reads until stopped. `patience` is in seconds."""

    def __init__(
        self,
        request: AiohttpRequest,
        desk: Desk,
        sleep: Sleep,
        alarm: Alarm,
        patience: float = PATIENCE,
    ) -> None:
        self._request = request
        self._desk = desk
        self._sleep = sleep
        self._alarm = alarm
        self._patience = patience
        self._next = 0
        self._limit = BATCH
        self._failed = 0
        self._read_before: set[int] = set()
        self._stopping = False
        self._waiting: asyncio.Task[Any] | None = None

    def stop(self) -> None:
        """End the loop now; what was read goes on until it is safe."""
        self._stopping = True
        if self._waiting is not None:
            self._waiting.cancel()

    async def run(self) -> Ended:
        """Read and hand in, for as long as the program runs."""
        while not self._stopping:
            try:
                await self._round()
                self._failed = 0
            except Conflict:
                self._alarm("second_bot")
                return SECOND_BOT
            except InvalidToken:
                return BAD_TOKEN
            except asyncio.CancelledError:
                if not self._stopping:
                    raise
            except Exception as error:  # noqa: BLE001 - reading goes on, whatever happened
                await self._after(error)
        return STOPPED

    async def confirm(self) -> None:
        """Tell Telegram the last offset, so that a restart does not read safe updates again."""
        if self._next:
            with suppress(TelegramError):
                await self._read(0, 1)

    async def _round(self) -> None:
        await self._desk.resume()  # nothing, once it has been done
        held = bool(self._desk.unsafe)
        raw = await self._stoppable(self._read(0 if held else POLL_SECONDS, self._limit))
        self._limit = BATCH
        batch = [updates.read(one) for one in raw]
        fresh = self._fresh(batch)
        self._next = next((one.update + 1 for one in reversed(batch) if one.update), self._next)
        await self._settle(await self._desk.receive(fresh))
        if not fresh and (held or batch):
            await self._stand_still(full=len(batch) >= BATCH)

    def _fresh(self, batch: Sequence[Parsed]) -> list[Parsed]:
        """What was not read before: while the offset stands, Telegram sends the same again."""
        oldest = batch[0].update if batch else self._next
        self._read_before = {update for update in self._read_before if update >= oldest}
        fresh = [one for one in batch if one.update and one.update not in self._read_before]
        self._read_before.update(one.update for one in fresh)
        return fresh

    async def _settle(self, jobs: Sequence[Job]) -> None:
        """Give replies a moment, so that the usual order is commit, reply, confirm. What went
        through the inbox is not waited for.
        """
        ahead = [job.over for job in jobs if not job.safe.done()]
        if ahead:
            await self._stoppable(asyncio.wait(ahead, timeout=self._patience))

    async def _stand_still(self, *, full: bool) -> None:
        if full:
            self._desk.let_urgent_go()
        await self._stoppable(self._pause(self._patience))

    async def _read(self, seconds: int, limit: int) -> list[object]:
        offset = min(self._desk.unsafe, default=self._next)
        params: dict[str, Any] = {
            "timeout": seconds,
            "limit": limit,
            "allowed_updates": updates.ALLOWED,
        }
        if offset:
            params["offset"] = offset
        raw = await self._request.call("getUpdates", params, seconds + _SLACK)
        return raw if isinstance(raw, list) else []

    async def _after(self, error: Exception) -> None:
        if isinstance(error, UnreadableAnswer):
            if self._limit == 1 and error.update_id >= self._next:
                self._alarm("update_unparsable")
                self._desk.seen["unparsable"] += 1
                self._next = error.update_id + 1
                return
            self._limit = 1
        elif not isinstance(error, TelegramError):
            self._alarm("reading_failed")
        self._failed += 1
        seconds = error.seconds if isinstance(error, Wait) else pause(self._failed)
        with suppress(asyncio.CancelledError):
            await self._stoppable(self._pause(seconds))

    async def _pause(self, seconds: float) -> None:
        await self._sleep(seconds)

    async def _stoppable(self, work: Coroutine[Any, Any, T]) -> T:
        waiting = asyncio.create_task(work)
        self._waiting = waiting
        try:
            return await waiting
        finally:
            self._waiting = None
