"""A mail that was changed on the disk goes to nobody: it is parked, the operator hears of it, and
those behind it leave.
"""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import open_store
from bot.core.routing import Mode
from bot.core.turn import ItemState
from bot.ports import Commit, PersonKey
from bot.service.delivery import Courier
from tests.fakes.clock import FixedClock
from tests.fakes.mailer import RecordingMailer
from tests.service.test_delivery import COUNCIL, POLICE, item

THIRD = "wirral_third"
MAILS = {  # different words, one size bucket
    POLICE: replace(
        item(POLICE),
        reference="R-police",
        route="one",
        message_id="<1@x>",
        message=b"Subject: place\r\n\r\nx\r\n",
    ),
    COUNCIL: replace(
        item(COUNCIL),
        reference="R-council",
        route="two",
        message_id="<2@x>",
        message=b"Subject: child\r\n\r\nx\r\n",
    ),
    THIRD: replace(item(THIRD), message=b"Subject: third\r\n\r\nx\r\n"),
}
COLUMNS = {  # what is exchanged -> table, its id, column
    "contents": ("outbox_contents", "item", "sealed"),
    "keys": ("outbox_keys", "item", "wrapped"),
    "mailboxes": ("outbox", "id", "mailbox"),
    "routes": ("outbox", "id", "route"),
    "references": ("outbox", "id", "reference"),
    "message ids": ("outbox", "id", "message_id"),
}


def swap(path: Path, what: str) -> None:
    """Exchange one column of two mails, as somebody with the database in hand could."""
    table, number, column = COLUMNS[what]
    con = sqlite3.connect(path)
    select = f"select {column} from {table} where {number} = ?"  # noqa: S608 - names from above
    update = f"update {table} set {column} = ? where {number} = ?"  # noqa: S608
    ids = [MAILS[box].id for box in (POLICE, COUNCIL)]
    values = [con.execute(select, (one,)).fetchone()[0] for one in ids]
    assert values[0] != values[1]
    for value, one in zip(reversed(values), ids, strict=True):
        con.execute(update, (value, one))
    con.commit()
    con.close()


async def delivering(path: Path, keys: Path, what: str) -> tuple[RecordingMailer, list[str]]:
    """Save three mails, exchange something of two, deliver; gives what was sent and the alarms."""
    clock, alarms = FixedClock(), list[str]()
    mailer = RecordingMailer(Mode.TRAINING)
    async with open_store(path, open_keyring(keys), clock) as store:
        for mail in MAILS.values():
            await store.commit(Commit(PersonKey(mail.mailbox), 0, None, items=(mail,)))
        if what:
            swap(path, what)
        courier = Courier(store, mailer, {}, Mode.TRAINING, clock, alarms.append)
        await courier.deliver_due()
        states = await store.states([mail.id for mail in MAILS.values()])
        parked = {one for one, state in states.items() if state is ItemState.PROBLEM}
        assert parked == ({MAILS[POLICE].id, MAILS[COUNCIL].id} if what else set())
        assert await store.retry_parked("R-police", clock.minutes) == int(bool(what))
        await courier.deliver_due()  # an operator who insists sends it nowhere either
    return mailer, alarms


async def test_mails_that_nobody_touched_all_leave(tmp_path: Path) -> None:
    mailer, alarms = await delivering(tmp_path / "data" / "bot.db", tmp_path / "keys", "")
    assert len(mailer.sent) == len(MAILS)
    assert alarms == []


@pytest.mark.parametrize("what", COLUMNS)
async def test_two_mails_exchanged_on_the_disk_go_to_nobody_and_are_alarmed(
    tmp_path: Path, what: str
) -> None:
    mailer, alarms = await delivering(tmp_path / "data" / "bot.db", tmp_path / "keys", what)
    assert mailer.sent == [(f"{THIRD}@training.invalid", MAILS[THIRD].message)]
    assert set(alarms) == {"parked_unreadable"}
    assert len(alarms) >= 2
