"""A small share of `make faults`, each time with another seed."""

from __future__ import annotations

import secrets
from pathlib import Path

from tests.faults.house import house_in
from tests.faults.kills import kill_at_random
from tests.kill.lives import ForkServer

KILLS = 40


async def test_a_program_killed_at_random_moments_under_load_loses_nothing(
    forks: ForkServer, tmp_path: Path
) -> None:
    async with house_in(tmp_path, forks) as house:
        seed = secrets.randbelow(1_000_000)  # printed, and shown when this fails
        figures = await kill_at_random(house, kills=KILLS, people=8, seed=seed)
    assert figures.kills == KILLS
    assert figures.acknowledged
    assert figures.arrived >= figures.acknowledged
    assert figures.urgent
