"""999 while everybody else waits: inputs of thousands of people are taken in, and not answered."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

from bench.children import ask, our_bot, servers
from bench.table import Figure, percentile

_ASKING: Final = 1


async def measured(folder: Path, inputs: int, times: int) -> AsyncIterator[Figure]:
    """999, first while all of the flood waits, then while the bot works through it."""
    async with servers(1) as (root,), our_bot(root, folder) as bot:
        taken = await ask(root, bot, "flood", inputs=inputs)
        still = await ask(root, bot, "urgent", times=times, first=_ASKING)
        await ask(root, bot, "release")
        busy = await ask(root, bot, "urgent", times=times, first=_ASKING)
    yield Figure(f"{inputs:,} inputs of other people taken in", taken["seconds"], "s")
    rows = (("all wait", still), ("they are worked through", busy))
    for when, asked in rows:
        left = [inputs - answered for answered in asked["answered"]]
        note = f"{times} times, {left[0]:,} to {left[1]:,} unanswered"
        for name, share, aim in (("p50", 0.50, None), ("p99", 0.99, 1_000.0)):
            value = 1e3 * percentile(asked["took"], share)
            yield Figure(f"999 {name}, while {when}", value, "ms", aim, note)
