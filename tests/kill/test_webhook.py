"""The same by webhook, where the answer 200 is the confirmation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.channels.telegram.conftest import free_port
from tests.kill.lives import ForkServer
from tests.kill.road import MOMENTS, ROAD, Act
from tests.kill.scene import AHEAD, Scene, scene_in


@pytest.fixture
async def hooked(forks: ForkServer, tmp_path: Path) -> AsyncIterator[Scene]:
    hook = f"http://127.0.0.1:{free_port()}/hook"
    async with scene_in(tmp_path, forks, hook) as one:
        yield one


@pytest.mark.parametrize("point", ["commit.before", "disk.after", "commit.after", "reply.after"])
@pytest.mark.parametrize("moment", ["words", "send"])
async def test_an_update_not_answered_with_200_comes_again(
    hooked: Scene, moment: str, point: str
) -> None:
    at = MOMENTS[moment]
    await hooked.lives.start()
    await hooked.reporter.walk(ROAD[:at])
    await hooked.die_doing(ROAD[at], point)
    await hooked.lives.start(ahead=AHEAD)
    await hooked.api.world.until(lambda: not hooked.api.world.waiting)
    await hooked.reporter.sees(ROAD[at].sees)
    await hooked.finish(at)


async def test_a_report_confirmed_and_not_shown_is_shown_at_the_next_word(hooked: Scene) -> None:
    at = MOMENTS["send"]
    await hooked.lives.start()
    await hooked.reporter.walk(ROAD[:at])
    await hooked.die_doing(ROAD[at], "reply.before")
    await hooked.lives.start(ahead=AHEAD)
    await hooked.api.world.until(lambda: not hooked.api.world.waiting)
    await hooked.reporter.act(Act(ROAD[at].sees, say="hello?"))
    await hooked.finish(at)
