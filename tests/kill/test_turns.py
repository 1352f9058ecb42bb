"""SIGKILL at every commit, reply and confirm of a turn: nobody notices."""

from __future__ import annotations

from typing import Final

import pytest

from tests.kill.road import MOMENTS, ROAD
from tests.kill.scene import Scene

TURN: Final = (
    "commit.before",
    "disk.after",
    "commit.after",
    "reply.before",
    "reply.after",
    "confirm.before",
)


@pytest.mark.parametrize("point", TURN)
@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_killed_turn_is_taken_once_and_shown(
    scene: Scene, moment: str, point: str
) -> None:
    await scene.survives(MOMENTS[moment], point)


@pytest.mark.parametrize("moment", MOMENTS)
async def test_a_process_killed_after_its_confirmation_has_lost_nothing(
    scene: Scene, moment: str
) -> None:
    at = MOMENTS[moment]
    await scene.lives.start()
    await scene.reporter.walk(ROAD[: at + 1])
    await scene.read_all()
    await scene.lives.kill()
    await scene.again()
    assert scene.shows(ROAD[at])
    await scene.finish(at)
