"""The clock is wrong for a while, in both directions, and keys go away, under a real program."""

from __future__ import annotations

import pytest

from tests.faults.house import SEND, House, put_off
from tests.kill.road import Act

YEAR = 400 * 24 * 60  # minutes and more: past every promise of keeping
FOUR_DAYS = 4 * 24 * 60
HOURS = 5 * 60


@pytest.mark.parametrize("wrong", [YEAR, FOUR_DAYS, HOURS, -HOURS, -FOUR_DAYS, -YEAR])
async def test_a_mail_tried_under_a_wrong_clock_goes_once_the_clock_is_right(
    house: House, wrong: int
) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    tries = int(str(report.row()[1]))
    await house.later(wrong)
    if wrong > 0:  # backwards it may not be due yet
        await report.until(lambda: int(str(report.row()[1])) > tries and not report.row()[2])
    await report.is_kept()
    house.server.breaks()
    await house.later(150 - wrong)
    if wrong == HOURS:  # so little ahead cannot be told from a wait, and is waited out
        await house.later(wrong)
    await report.arrives()
    assert len(report.mails) == 1


@pytest.mark.parametrize("wrong", [YEAR, -YEAR])
async def test_a_mail_saved_and_tried_under_a_wrong_clock_goes_once_it_is_right(
    house: House, wrong: int
) -> None:
    await house.later(wrong)
    house.server.breaks("greeting", "4xx")
    report = await house.sent()
    await report.tried()
    house.server.breaks()
    await house.later(150 - wrong)
    await report.arrives()
    assert len(report.mails) == 1


async def test_a_year_skipped_at_a_start_destroys_no_mail_that_waits(house: House) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    await house.lives.kill()
    house.ahead += YEAR
    await house.start()
    await house.lives.until(lambda: "erase.after" in house.lives.passed)
    await report.is_kept()
    house.server.breaks()
    await house.later(150 - YEAR)
    await report.until(lambda: report.row()[0] == "handed_over")
    assert len(report.mails) == 1


async def test_a_mail_delivered_under_a_clock_a_year_ahead_is_destroyed_all_the_same(
    house: House,
) -> None:
    await house.later(YEAR)
    report = await house.sent()
    await report.until(lambda: report.row()[0] == "handed_over")
    await house.lives.kill()
    house.ahead = 0
    await house.start()
    await house.lives.until(lambda: "erase.after" in house.lives.passed)
    assert house.lives.rows("select * from outbox_contents") == []
    assert house.lives.rows("select * from outbox_keys") == []


async def test_keys_taken_away_and_brought_back_lose_nothing_and_nobody_is_told_a_lie(
    house: House,
) -> None:
    house.server.breaks("greeting", "4xx")
    waiting = await put_off(house)
    report = house.report()
    await report.reporter.walk(report.road[:SEND])
    away = house.keys.rename(house.keys.with_name("away"))
    house.server.breaks()
    await house.later(10)
    await report.reporter.act(Act("was not saved", press="Send it"))
    assert report.reporter.codes == set()
    await waiting.until(lambda: "slots_unavailable" in house.said())
    assert waiting.mails == []
    assert waiting.row()[0] == "saved"  # not parked: it needs nobody
    away.rename(house.keys)
    await report.reporter.walk(report.road[SEND:])
    await waiting.arrives()
    await report.until(lambda: len(report.mails) == 1)
    assert len(waiting.mails) == 1
