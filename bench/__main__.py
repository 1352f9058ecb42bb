"""`python -m bench [--quick]`: every figure in one run, on this machine, over loopback.

Medians of interleaved rounds, each of a fixed number of turns. Nothing fails because an aim is
missed: the table says so. `--quick` tries the bench itself; its figures mean nothing.
"""

from __future__ import annotations

import argparse
import asyncio
import platform
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from bench import engine, flood, looking, papers, parked, sending, turns
from bench.table import Figure, head, show


@dataclass(frozen=True)
class Size:
    """How much is done."""

    rounds: int = 5
    engine_rounds: int = 21
    people: int = 50
    starts: int = 3
    parked: tuple[int, ...] = (10_000, 100_000)
    flood: int = 10_000
    urgent: int = 200
    papers: int = 20
    sent: int = 48


QUICK = Size(1, 1, 2, 1, (50, 500), 100, 5, 2, 2)


async def main(size: Size) -> None:
    """Measure everything and print the table."""
    began = time.perf_counter()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    head("The engine, CPU")
    for figure in engine.measured(size.engine_rounds):
        show(figure)
    head("Looking guidance up, CPU")
    for figure in looking.measured(size.rounds):
        show(figure)
    with tempfile.TemporaryDirectory(prefix="bot-bench-") as folder:
        root = Path(folder)
        await _part(
            "A turn through Telegram", turns.measured(root / "t", size.rounds, size.people)
        )
        await _part(
            "A submission's paper and seal", papers.measured(root / "s", size.rounds, size.papers)
        )
        await _part("From Send to the mailbox", sending.measured(root / "m", size.sent))
        await _part("Start-up and memory", parked.measured(root / "p", size.starts, size.parked))
        await _part("999 in a flood", flood.measured(root / "f", size.flood, size.urgent))
    print(f"\n{time.perf_counter() - began:.0f} seconds in all.")


async def _part(title: str, figures: AsyncIterator[Figure]) -> None:
    head(title)
    async for figure in figures:
        show(figure)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.split("\n")[0])
    parser.add_argument("--quick", action="store_true", help="a few of each: does the bench work")
    sys.exit(asyncio.run(main(QUICK if parser.parse_args().quick else Size())))
