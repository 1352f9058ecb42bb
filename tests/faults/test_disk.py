"""The disk fills up and the database is held or damaged, under a real program."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from bot.core.emergency import DIAL_999
from tests.faults.disk import Limit, LittleDisk, little_disk
from tests.faults.house import SEND, House, house_in, put_off
from tests.faults.promises import assert_one_message
from tests.kill.lives import ForkServer
from tests.kill.road import Act

UNSAVED = "was not saved"
DISKS: dict[str, Callable[[Path], AbstractContextManager[LittleDisk | Limit]]] = {
    "a disk of its own": little_disk,
    "a limit": lambda _: nullcontext(Limit()),
}


@pytest.fixture(params=DISKS)
async def filling(
    request: pytest.FixtureRequest, forks: ForkServer, tmp_path: Path
) -> AsyncIterator[tuple[House, LittleDisk | Limit]]:
    """A house whose data can be brought to fill their disk."""
    with DISKS[request.param](tmp_path / "house" / "data") as disk:
        async with house_in(tmp_path, forks) as house:
            await house.start()
            yield house, disk


async def test_a_report_that_a_full_disk_cannot_take_is_never_called_saved(
    filling: tuple[House, LittleDisk | Limit],
) -> None:
    house, disk = filling
    report = house.report()
    await report.reporter.walk(report.road[:SEND])
    disk.fill(house.lives.pid)
    await report.reporter.act(Act(UNSAVED, press="Send it"))
    await report.reporter.act(Act(DIAL_999, say="999"))
    assert report.reporter.codes == set()
    disk.free(house.lives.pid)
    await report.reporter.walk([Act("Please check what you have written", press="Carry on")])
    await report.reporter.walk(report.road[SEND:])
    report.item = str(house.lives.rows("select id from outbox")[0][0])
    await report.arrives()
    assert len(report.mails) == 1


async def test_a_saved_report_outlives_a_disk_that_fills_before_it_has_left(
    filling: tuple[House, LittleDisk | Limit],
) -> None:
    house, disk = filling
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    disk.fill(house.lives.pid)
    house.server.breaks()
    await house.later()
    await report.until(lambda: "database_" in house.said())
    await report.is_kept()
    disk.free(house.lives.pid)
    await house.later()
    await report.arrives()


async def test_a_mail_accepted_while_the_database_is_held_comes_again_as_the_same_mail(
    house: House,
) -> None:
    holds: list[sqlite3.Connection] = []

    def hold() -> None:
        if not holds:
            other = sqlite3.connect(house.lives.database, isolation_level=None, timeout=30)
            other.execute("begin immediate")
            holds.append(other)

    house.server.on_mail = hold
    report = await house.sent()
    await report.until(lambda: "database_locked" in house.said())
    assert UNSAVED in await report.told()
    holds[0].close()
    assert "We cannot say yet that it was handed over" in await report.told()
    await house.later()
    await report.arrives()
    assert len(report.mails) == 2


@pytest.mark.parametrize("table", ["outbox_contents:sealed", "outbox_keys:wrapped"])
async def test_a_mail_damaged_on_the_disk_goes_to_nobody_and_holds_up_no_other(
    house: House, table: str
) -> None:
    house.server.breaks("greeting", "4xx")
    report = await put_off(house)
    name, _, column = table.partition(":")
    await house.lives.kill()
    _flip_a_byte(house.lives.database, f"select {column} from {name}")  # noqa: S608
    house.server.breaks()
    house.ahead += 130
    await house.start()
    await report.until(lambda: report.row()[0] == "problem")
    assert "parked_unreadable" in house.said()
    told = await report.told()
    assert "there is a problem" in told
    assert "101" in told
    other = await house.sent()
    await other.arrives()
    assert report.mails == []
    assert_one_message(house.server.arrived)


def _flip_a_byte(database: Path, query: str) -> None:
    """In the middle of what this gives, in the file itself."""
    con = sqlite3.connect(database)
    con.execute("pragma wal_checkpoint(truncate)")
    ((found,),) = con.execute(query).fetchall()
    con.close()
    raw = bytearray(database.read_bytes())
    at = raw.index(found[20:60]) + 20
    raw[at] ^= 1
    database.write_bytes(raw)


async def test_a_locked_database_saves_nothing_says_so_and_goes_on_once_it_is_free(
    house: House,
) -> None:
    report = house.report()
    await report.reporter.walk(report.road[:SEND])
    other = sqlite3.connect(house.lives.database, isolation_level=None)
    other.execute("begin immediate")
    await report.reporter.act(Act(UNSAVED, press="Send it"))
    other.close()
    await report.reporter.walk(report.road[SEND:])
    report.item = str(house.lives.rows("select id from outbox")[0][0])
    await report.arrives()
    assert len(report.mails) == 1
