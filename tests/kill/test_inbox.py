"""SIGKILL around the inbox: what is confirmed before its turn is on the disk, in its order."""

from __future__ import annotations

from typing import Final

import pytest

from tests.kill.road import MOMENTS, ROAD
from tests.kill.scene import Scene

WORDS: Final = MOMENTS["words"]
BOTH: Final = ROAD[WORDS : WORDS + 2]


INBOX: Final = (
    "take_in.before",
    "disk.after",
    "take_in.after",
    "commit.before",
    "commit.after",
    "reply.before",
    "reply.after",
    "confirm.before",
    "confirm.after",
)


@pytest.mark.parametrize("point", INBOX)
async def test_words_that_came_together_are_each_taken_once(scene: Scene, point: str) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD[:WORDS])
    await scene.lives.arm(point)
    for act in BOTH:
        scene.reporter.begin(act)
    await scene.lives.died()
    await scene.again()
    await scene.reporter.sees(BOTH[-1].sees)
    await scene.finish(WORDS + 1)
    assert scene.lives.rows("select * from inbox") == []
