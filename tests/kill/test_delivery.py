"""SIGKILL around every step of a delivery and of forgetting it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.kill.road import MOMENTS, ROAD, Act
from tests.kill.scene import HANDED_OVER, Scene

SEND: Final = MOMENTS["send"]
FOUR_DAYS: Final = 4 * 24 * 60  # minutes; delivered mails are erased after 72 hours
DELIVERY: Final = {  # point -> how many copies reach the mailbox, all under one Message-ID
    "claim.before": 1,
    "claim.after": 1,
    "mail.before": 1,
    "mail.after": 2,
    "delivered.before": 2,
    "delivered.after": 1,
}
CONTENTS: Final = """
select (select count(*) from sessions) + (select count(*) from inbox)
     + (select count(*) from outbox_others)
     + (select count(*) from outbox_contents) + (select count(*) from outbox_keys)
"""
START: Final = (
    "rotate.before",
    "rotate.after",
    "lapse.before",
    "lapse.after",
    "erase.before",
    "erase.after",
    "resume.before",
    "resume.after",
)
LATER: Final = ("later.before", "later.after")
NOBODY: Final = "550 5.1.1 No such mailbox"
STATE: Final = "select state from outbox"
PARKED: Final = ("parked.before", "parked.after")
CAME_BACK: Final = {"came_back.before": 1, "came_back.after": 2}  # copies that have come then
PASS_ON: Final = ("pass_on.before", "pass_on.after")
SECOND: Final = """\
mailboxes:
  wirral_police_intelligence:
    second: {address: deputy@police.example, state: unverified}
"""
WHERE: Final = "select mailbox, state, passed from outbox"


@pytest.mark.parametrize(("point", "copies"), DELIVERY.items())
async def test_a_killed_delivery_comes_again_under_its_own_message_id(
    scene: Scene, point: str, copies: int
) -> None:
    await scene.survives(SEND, point)
    assert len(scene.mailbox.arrived) == copies


async def test_a_mail_accepted_as_the_process_died_comes_again_under_its_own_message_id(
    scene: Scene,
) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD[:SEND])
    scene.mailbox.on_mail = scene.lives.strike
    scene.reporter.begin(ROAD[SEND])
    await scene.lives.died()
    scene.mailbox.on_mail = None
    await scene.again()
    await scene.finish(SEND)
    assert len(scene.mailbox.arrived) == 2


@pytest.mark.parametrize("point", START)
async def test_a_start_that_is_killed_is_finished_by_the_next(scene: Scene, point: str) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD)
    await scene.handed_over()
    await scene.lives.kill()
    await scene.lives.start(ahead=FOUR_DAYS, armed=point)
    await scene.lives.died()
    await scene.lives.start(ahead=FOUR_DAYS)
    await scene.lives.until(lambda: "erase.after" in scene.lives.passed)
    assert scene.lives.rows("select state from outbox") == HANDED_OVER
    assert scene.lives.rows(CONTENTS) == [(0,)]
    scene.keeps_promises()


@pytest.mark.parametrize("point", LATER)
async def test_a_mail_put_off_by_a_busy_server_goes_after_the_kill(
    scene: Scene, point: str
) -> None:
    scene.mailbox.refuse("451 4.3.0 Busy")
    await scene.survives(SEND, point)
    assert len(scene.mailbox.arrived) == 1


@pytest.mark.parametrize("point", PARKED)
async def test_a_refused_mail_is_kept_for_the_operator_after_the_kill(
    scene: Scene, point: str
) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD[:SEND])
    scene.mailbox.refuse(NOBODY, NOBODY)
    await scene.die_doing(ROAD[SEND], point)
    await scene.again()
    await scene.lives.until(lambda: scene.lives.rows(STATE) == [("problem",)])
    await scene.reporter.walk(ROAD[SEND + 1 :])
    (code,) = scene.reporter.codes
    await scene.reporter.act(Act("there is a problem", say=code))
    assert scene.lives.rows("select count(*) from outbox_contents") == [(1,)]
    assert scene.mailbox.arrived == []


@pytest.mark.parametrize("point", PASS_ON)
async def test_a_mail_passed_to_the_second_mailbox_arrives_once_whatever_is_killed(
    scene: Scene, tmp_path: Path, point: str
) -> None:
    boxes = tmp_path / "boxes.yaml"
    boxes.write_text(SECOND, "utf-8")
    await scene.lives.start(mailboxes=str(boxes))
    await scene.reporter.walk(ROAD[:SEND])
    scene.mailbox.refuse(NOBODY)
    await scene.die_doing(ROAD[SEND], point)
    after = point == "pass_on.after"
    first, second = "wirral_police_intelligence", "wirral_police_intelligence_second"
    assert scene.lives.rows(WHERE) == [(second if after else first, "saved", int(after))]
    scene.mailbox.refuse(*(() if after else (NOBODY,)))
    await scene.again(mailboxes=str(boxes))
    await scene.finish(SEND)
    assert scene.lives.rows(WHERE) == [(second, "handed_over", 1)]
    assert [mail.recipients for mail in scene.mailbox.arrived] == [(f"{second}@training.invalid",)]


@pytest.mark.parametrize(("point", "copies"), CAME_BACK.items())
async def test_a_mail_that_came_back_goes_again_as_it_was_or_stays_handed_over(
    scene: Scene, point: str, copies: int
) -> None:
    await scene.lives.start()
    await scene.reporter.walk(ROAD)
    await scene.handed_over()
    await scene.lives.kill()
    ((reference,),) = scene.lives.rows("select reference from outbox")
    await scene.lives.start(bounced=reference, armed=point)
    await scene.lives.died()
    returned = copies - 1
    state = "saved" if returned else "handed_over"
    assert scene.lives.rows("select state, returned from outbox") == [(state, returned)]
    await scene.again()
    await scene.handed_over()
    scene.keeps_promises()
    assert len(scene.mailbox.arrived) == copies
