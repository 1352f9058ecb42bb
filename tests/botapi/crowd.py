"""Many people at once, each waiting for an answer before the next word: for measuring."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.botapi.person import Person
from tests.botapi.server import BotApi


async def crowd(
    api: BotApi, people: int, turns: int, *, press: bool = False, text: str = "hello"
) -> dict[str, Any]:
    """`turns` turns in all, by `people` people; seconds, and latencies in milliseconds."""
    replied: dict[int, asyncio.Event] = {}
    api.world.on_shown = lambda chat: replied[chat].set() if chat in replied else None
    took: list[float] = []

    async def one(person: Person, rounds: int) -> None:
        event = replied[person.chat.id] = asyncio.Event()
        person.post("/start")
        await event.wait()
        for _ in range(rounds):
            event.clear()
            began = time.perf_counter()
            if press:
                last = person.messages[-1]
                person.post_callback(last, last.keyboard[0][0]["callback_data"])
            else:
                person.post(text)
                if len(person.chat.messages) > 20:
                    person.chat.messages.clear()
            await event.wait()
            took.append(time.perf_counter() - began)

    began = time.perf_counter()
    crowd_of = [Person(api, 6_000_000 + i) for i in range(people)]
    await asyncio.gather(*(one(person, turns // people) for person in crowd_of))
    took.sort()
    return {
        "turns": len(took) + people,
        "seconds": time.perf_counter() - began,
        "p50_ms": 1e3 * took[len(took) // 2],
        "p99_ms": 1e3 * took[int(len(took) * 0.99)],
    }
