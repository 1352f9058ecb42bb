"""With the database, the keys and the mail broken, each alone and all together: 999 works, the
other answers are honest, nothing acknowledged is lost, and what is mended works again.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.core.emergency import DIAL_999, NOT_SAVED
from tests.broken_house.faults import FAULTS, MENDABLE, UNSAVED, Running, mail_down
from tests.broken_house.ways import Way, walk
from tests.fakes.far_mailbox import words
from tests.kill.road import CODE, MOMENTS, ROAD, WHAT, WHERE, Act

SEND = MOMENTS["send"]


def test_the_honest_answer_says_so_and_gives_the_numbers() -> None:
    assert "was not saved, and nobody has seen it" in NOT_SAVED
    for number in ("999", "101", "0808 800 5000", "0800 555 111"):
        assert number in NOT_SAVED


@pytest.mark.parametrize("fault", FAULTS)
async def test_999_is_answered(running: Running, way: Way, fault: str) -> None:
    await walk(way, ROAD[: MOMENTS["words"]])
    async with FAULTS[fault](running):
        for word in ("999", "Danger!", "emergency"):
            assert await way.do(Act("", say=word)) == DIAL_999
    assert await way.do(Act("", say="999")) == DIAL_999


@pytest.mark.parametrize("fault", FAULTS)
async def test_999_is_answered_to_a_stranger(running: Running, way: Way, fault: str) -> None:
    async with FAULTS[fault](running):
        assert await way.do(Act("", say="999")) == DIAL_999


@pytest.mark.parametrize("fault", UNSAVED)
async def test_what_could_not_be_saved_is_said_so(running: Running, way: Way, fault: str) -> None:
    await walk(way, ROAD[:SEND])
    async with UNSAVED[fault](running):
        for act in (ROAD[SEND], Act("", say="hello")):
            assert await way.do(act) == NOT_SAVED


@pytest.mark.parametrize("fault", MENDABLE)
@pytest.mark.parametrize("moment", ["begin", "words", "press", "send"])
async def test_what_could_not_be_saved_can_be_done_again_once_mended(
    running: Running, way: Way, moment: str, fault: str
) -> None:
    at = MOMENTS[moment]
    await walk(way, ROAD[:at])
    async with MENDABLE[fault](running):
        assert await way.do(ROAD[at]) == NOT_SAVED
    last = await walk(way, ROAD[at:])
    assert "It has not been handed over yet." in last
    mail = await running.mailbox.next_arrival()
    assert [words(mail).count(line) for line in (WHAT, WHERE)] == [1, 1]
    assert len(running.mailbox.arrived) == 1


async def test_a_report_sent_while_the_mail_is_down_is_saved_and_goes_later(
    running: Running, way: Way
) -> None:
    async with mail_down(running):
        code = CODE.search(await walk(way, ROAD[: SEND + 1]))
        assert code
        await walk(way, ROAD[SEND + 1 :])
        await running.put_off()
        told = await way.do(Act("", say=code[0]))
        assert "Merseyside Police:" in told
        assert "handed over." not in told.replace("not handed over.", "")
        assert running.mailbox.arrived == []
    running.ahead += timedelta(minutes=14)
    await running.house.courier.deliver_due()
    assert [words(mail).count(WHAT) for mail in running.mailbox.arrived] == [1]
    assert "Merseyside Police: handed over." in await way.do(Act("", say=code[0]))


@pytest.mark.parametrize("fault", ["locked", "full", "read_only"])
async def test_a_saved_report_outlives_a_store_that_breaks_before_it_has_gone(
    running: Running, way: Way, fault: str
) -> None:
    async with mail_down(running):
        await walk(way, ROAD)
        await running.put_off()
        async with FAULTS[fault](running):
            assert await way.do(Act("", say="answers")) == NOT_SAVED
    running.ahead += timedelta(minutes=14)
    await running.house.courier.deliver_due()
    assert [words(mail).count(WHAT) for mail in running.mailbox.arrived] == [1]
