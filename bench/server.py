"""`python -m bench.server`: a local Bot API server for each bot, in a process of its own, and the
people who talk to them.

Prints the servers' roots as one line of JSON. POST /bench/play lets people hold a conversation,
each waiting for the answer before the next words; /bench/flood queues inputs whose replies are
held back; /bench/release lets them go; /bench/urgent asks for 999 again and again.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any, Final

from aiohttp import web

from tests.botapi.person import Person
from tests.botapi.server import BotApi

FLOOD: Final = 9_000_000  # chats from here on belong to a flood
_PATIENCE: Final = 90.0  # seconds, after which a bot that does not answer ends the run
Lines = list[tuple[str, str]]


class Server(BotApi):
    """A server that counts replies, and can hold back those to a flood."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: dict[int, asyncio.Event] = {}
        self.world.on_shown = self._shown
        self.open = asyncio.Event()
        self.open.set()
        self.drowned = 0  # of the flood, answered
        for name in ("play", "flood", "release", "urgent"):
            self.app.router.add_post(f"/bench/{name}", self._control(getattr(self, name)))

    async def play(self, lines: Lines, people: int, first: int) -> dict[str, Any]:
        """People with chats from `first` on say and press all lines, each at their own speed."""
        began = time.perf_counter()
        took = await asyncio.gather(*(self._talk(first + n, lines) for n in range(people)))
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "took": [one for person in took for one in person]}

    async def flood(self, inputs: int) -> dict[str, Any]:
        """As many inputs, each of another person; answers once the bot has taken in all."""
        self.open.clear()
        began = time.perf_counter()
        for number in range(inputs):
            Person(self, FLOOD + number).post("/start")
        await self.world.until(lambda: not self.world.waiting, _PATIENCE)
        return {"seconds": time.perf_counter() - began}

    async def release(self) -> dict[str, Any]:
        """Let the replies to the flood go."""
        self.open.set()
        return {}

    async def urgent(self, times: int, first: int) -> dict[str, Any]:
        """One person asks for 999, over and over; how far the flood is answered meanwhile."""
        before = self.drowned
        lines = [("say", "999")] * times
        took = await self._talk(first, lines)
        return {"took": took, "answered": (before, self.drowned)}

    async def _talk(self, chat: int, lines: Lines) -> list[float]:
        person, took = Person(self, chat), []
        shown = self.shown[chat] = asyncio.Event()
        for kind, words in lines:
            shown.clear()
            began = time.perf_counter()
            if kind == "say":
                person.post(words)
            else:
                person.post_press(words)
            async with asyncio.timeout(_PATIENCE):
                await shown.wait()
            took.append(time.perf_counter() - began)
        return took

    def _shown(self, chat: int) -> None:
        if chat >= FLOOD:
            self.drowned += 1
        elif chat in self.shown:
            self.shown[chat].set()

    async def _run(self, method: str, params: dict[str, Any]) -> Any:
        if method == "sendMessage" and int(params["chat_id"]) >= FLOOD:
            await self.open.wait()
        return await super()._run(method, params)

    @staticmethod
    def _control(work: Any) -> Any:
        async def answer(request: web.Request) -> web.Response:
            return web.json_response(await work(**await request.json()))

        return answer


async def main(servers: int) -> None:
    """Serve until ended."""
    running = [Server() for _ in range(servers)]
    async with asyncio.TaskGroup() as group:
        for server in running:
            group.create_task(server.__aenter__())
    sys.stdout.write(json.dumps([server.root for server in running]) + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
