"""The registry is walked whole, and these tests can see a loss: with the bug put in on purpose,
the scenario that passes without it fails.
"""

from __future__ import annotations

import pytest

from tests.kill.points import REGISTRY
from tests.kill.road import MOMENTS
from tests.kill.scene import LOST, Scene
from tests.kill.test_delivery import CAME_BACK, DELIVERY, LATER, PARKED, PASS_ON, START
from tests.kill.test_errands import DOING, GONE, PUT_OFF, SENDING
from tests.kill.test_inbox import INBOX
from tests.kill.test_leaving import AFTER_CLEARING, BEFORE_CLEARING
from tests.kill.test_turns import TURN


def test_the_program_is_killed_at_every_point_of_the_registry() -> None:
    killed = {*TURN, *DELIVERY, *LATER, *PARKED, *PASS_ON, *CAME_BACK, *START, *INBOX}
    killed |= {*SENDING, *DOING, *PUT_OFF, *GONE}
    assert killed | {*BEFORE_CLEARING, *AFTER_CLEARING} == REGISTRY


@pytest.mark.parametrize("moment", ["words", "press", "send"])
async def test_confirming_before_the_commit_is_found_out(scene: Scene, moment: str) -> None:
    with pytest.raises(AssertionError, match=LOST):
        await scene.survives(MOMENTS[moment], "commit.before", confirm_first=True)
    assert not scene.api.world.waiting  # acknowledged, and on no disk
    assert scene.mailbox.arrived == []
