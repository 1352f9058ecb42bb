"""SIGKILL while somebody leaves: what was asked to go, goes."""

from __future__ import annotations

import pytest

from tests.kill.road import MOMENTS, ROAD, Act
from tests.kill.scene import Scene

LEAVE = Act("Goodbye.", say="exit")
BEFORE_CLEARING = ("commit.before", "disk.after", "commit.after", "clear.before")
AFTER_CLEARING = ("clear.after", "reply.before", "reply.after", "confirm.before")


@pytest.mark.parametrize("point", BEFORE_CLEARING + AFTER_CLEARING)
async def test_a_quick_exit_erases_the_session_whatever_is_killed(
    scene: Scene, point: str
) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD[: MOMENTS["press"]])
    await scene.die_doing(LEAVE, point)
    await scene.again()
    assert scene.lives.rows("select * from sessions") == []
    assert scene.shows(LEAVE)
    if point in AFTER_CLEARING:
        assert set(scene.reporter.person.chat_texts) == {"Goodbye."}
