"""`python -m tests.faults [--kills N] [--people N] [--seed N]`: kill the program at random."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.house import house_in
from tests.faults.kills import kill_at_random
from tests.kill.lives import ForkServer


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _main(kills: int, people: int, seed: int) -> None:
    forks, began = ForkServer(), time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            async with house_in(Path(folder), forks) as house:
                figures = await kill_at_random(
                    house, kills=kills, people=people, seed=seed, say=_say
                )
    finally:
        forks.close()
    for line in figures.lines():
        _say(line)
    _say(f"seconds: {time.monotonic() - began:.0f}")
    _say("Nothing acknowledged was lost, nothing came under two Message-IDs, nothing was plain.")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--people", type=int, default=12)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    given = parser.parse_args()
    asyncio.run(_main(given.kills, given.people, given.seed))
