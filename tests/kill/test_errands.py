"""SIGKILL around everything that is done later in a chat: what was promised is kept."""

from __future__ import annotations

from typing import Final

import pytest

from bot.channels.transcript import Turned
from tests.e2e.test_files import wanting
from tests.kill.road import BEGIN, Act
from tests.kill.scene import Scene

WALK: Final = wanting().turns
SEND: Final = next(n for n, turned in enumerate(WALK) if turned.press == "Send it")
ERRANDS: Final = "select count(*) from errands"
A_DAY: Final = 26 * 60  # minutes: a document has left the chat by then
WATCHING: Final = [(1,)]  # while a copy of the mail is kept, it may come back
SENDING: Final = ("file.before", "file.after", "errand_kept.before", "errand_kept.after")
NOTED: Final = {"errand_kept.after"}
DOING: Final = (
    "errand_due.before",
    "errand_due.after",
    "clear.before",
    "clear.after",
    "errand_done.before",
    "errand_done.after",
)
PUT_OFF: Final = ("errand_later.before", "errand_later.after")
GONE: Final = ("errands_forgotten.before", "errands_forgotten.after")
BUSY: Final = "451 4.3.0 Busy"


def act(turned: Turned) -> Act:
    return Act(turned.sees, press=turned.press, say=turned.say)


async def at_sending(scene: Scene) -> None:
    """Everything is told and wished for, and nothing sent."""
    await scene.lives.start()
    await scene.reporter.walk([BEGIN, *map(act, WALK[:SEND])])


async def sent(scene: Scene, files: int = 2) -> None:
    await at_sending(scene)
    scene.reporter.begin(act(WALK[SEND]))
    await scene.lives.until(lambda: "errand_kept.after" in scene.lives.passed)
    assert len(scene.reporter.person.files) == files


@pytest.mark.parametrize("point", SENDING)
async def test_a_promise_made_in_a_turn_outlives_the_kill_after_it(
    scene: Scene, point: str
) -> None:
    """A document's own removal can be noted only once it was sent: that gap is admitted."""
    await at_sending(scene)
    await scene.die_doing(act(WALK[SEND]), point)
    await scene.again()
    await scene.handed_over()
    assert scene.lives.rows(ERRANDS) == [(2 if point in NOTED else 1,)]
    await scene.lives.kill()
    await scene.lives.start(ahead=A_DAY)
    await scene.lives.until(lambda: scene.lives.rows(ERRANDS) == WATCHING)
    left = len(scene.reporter.person.files)
    assert left == {"file.before": 0, "errand_kept.after": 0, "file.after": 1}.get(point, 2)


@pytest.mark.parametrize("point", DOING)
async def test_documents_leave_the_chat_whatever_is_killed(scene: Scene, point: str) -> None:
    await sent(scene)
    await scene.handed_over()
    await scene.lives.kill()
    await scene.lives.start(ahead=A_DAY, armed=point)
    await scene.lives.died()
    await scene.lives.start(ahead=A_DAY)
    await scene.lives.until(lambda: scene.lives.rows(ERRANDS) == WATCHING)
    assert scene.reporter.person.files == []


@pytest.mark.parametrize("point", PUT_OFF)
async def test_a_mail_that_still_waits_is_looked_at_again_after_the_kill(
    scene: Scene, point: str
) -> None:
    scene.mailbox.refuse(BUSY, BUSY)
    await sent(scene)
    await scene.lives.kill()
    await scene.lives.start(ahead=-60, armed=point)
    await scene.lives.kill()
    await scene.lives.start(ahead=2 * 60, armed=point)
    await scene.lives.died()
    assert scene.lives.rows(ERRANDS) == [(2,)]


@pytest.mark.parametrize("point", GONE)
async def test_somebody_who_blocked_the_bot_is_forgotten_whatever_is_killed(
    scene: Scene, point: str
) -> None:
    await sent(scene)
    await scene.handed_over()
    await scene.lives.kill()
    scene.reporter.person.chat.blocked = True
    await scene.lives.start(ahead=A_DAY, armed=point)
    await scene.lives.died()
    await scene.lives.start(ahead=A_DAY)
    await scene.lives.until(lambda: scene.lives.rows(ERRANDS) == [(0,)])
