"""Every version there ever was, with rows in it, opens in the newest program."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import open_store
from bot.adapters.sqlite.migrate import MIGRATIONS, migrate, migrations
from bot.adapters.sqlite.seals import Seals
from bot.core.errand import Remind
from bot.core.turn import ItemState
from bot.errors import SettingsError
from bot.ports import InboxEntry, ItemId, NewItem, PersonKey, StoredErrand, StoredSession
from tests.fakes.clock import FixedClock

ANN = PersonKey("ann")
NEWEST = len(migrations())
ITEM = NewItem(
    id=ItemId("one"),
    reference="R-one",
    route="wirral_intelligence",
    mailbox="wirral_police",
    message_id="<one@bot.example>",
    message=b"the mail",
    day="2026-11-21",
    training=True,
    anonymous=True,
)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    opened = sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None)
    yield opened
    opened.close()


def version(con: sqlite3.Connection) -> int:
    return int(con.execute("pragma user_version").fetchone()[0])


def at_version(con: sqlite3.Connection, number: int, folder: Path) -> None:
    """A database as the program of that version left it."""
    folder.mkdir()
    for file in migrations()[:number]:
        (folder / file.name).write_text(file.read_text())
    assert migrate(con, folder) == number


def fill_1(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """Rows as version 1 wrote them, with its own statements, which never change."""
    sealed = seals.item(ITEM)
    con.execute("insert into installation values (?)", (fingerprint,))
    session = seals.session(ANN, 3, b"session", b"chat")
    con.execute("insert into sessions values ('ann', 3, 29700000, ?)", (session,))
    entry = (seals.entry(ANN, 7, b"input"),)
    con.execute("insert into inbox values (12, 'ann', 7, '2026-11-21', ?)", entry)
    con.execute("insert into codes values (?, '2027-02-19', ?)", (b"tag", b"kept"))
    con.execute(
        "insert into outbox (id, state, reference, mailbox, message_id, route, day, training,"
        " anonymous, tries, due, leased, delivered, code)"
        " values ('one', 'saved', 'R-one', 'wirral_police', '<one@bot.example>',"
        " 'wirral_intelligence', '2026-11-21', 1, 1, 2, 0, 0, 0, 'mailbox_busy')"
    )
    con.execute("insert into outbox_contents values ('one', ?)", (sealed.content,))
    con.execute(
        "insert into outbox_keys (item, wrapped) values ('one', ?)", (seals.wrap(sealed, None),)
    )


def fill_2(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """As version 1, and an item that came back once before it was accepted."""
    fill_1(con, seals, fingerprint)
    con.execute(
        "insert into outbox (id, state, reference, mailbox, message_id, route, day, training,"
        " anonymous, tries, due, leased, delivered, code, returned)"
        " values ('two', 'handed_over', 'R-two', 'wirral_police',"
        " '<two@bot.example>', 'wirral_intelligence', '2026-11-21', 1, 1, 1, 0, 0, 29700000, '',"
        " 1)"
    )
    sealed = seals.item(replace(ITEM, id=ItemId("two"), reference="R-two"))
    wrapped = seals.wrap(sealed, None)
    con.execute("insert into outbox_contents values ('two', ?)", (sealed.content,))
    con.execute("insert into outbox_keys (item, wrapped) values ('two', ?)", (wrapped,))


def fill_3(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """As version 2, but for one mail's key, which is wrapped under a slot."""
    fill_2(con, seals, fingerprint)
    seals.slots.make()
    con.execute("delete from outbox_contents where item = 'one'")
    con.execute("delete from outbox_keys where item = 'one'")
    sealed = seals.item(ITEM)
    wrapped = seals.wrap(sealed, 7)
    con.execute("insert into outbox_contents values ('one', ?)", (sealed.content,))
    con.execute("insert into outbox_keys values ('one', ?, 7)", (wrapped,))


def fill_4(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """As version 3, and an item with a copy for a second mailbox."""
    fill_3(con, seals, fingerprint)
    con.execute(
        "insert into outbox (id, state, reference, mailbox, message_id, route, day, training,"
        " anonymous, due, passed)"
        " values ('three', 'problem', 'R-three', 'wirral_police', '<three@bot.example>',"
        " 'wirral_intelligence', '2026-11-21', 1, 1, 0, 1)"
    )
    con.execute("insert into outbox_others values ('three', 'wirral_police_second', x'01', x'02')")


def fill_5(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """As version 4, and a reminder that somebody asked for."""
    fill_4(con, seals, fingerprint)
    sealed = seals.errand(ANN, "later", b"address", Remind())
    con.execute("insert into errands values ('later', 'ann', 0, 39900000, ?)", (sealed,))


def fill_6(con: sqlite3.Connection, seals: Seals, fingerprint: str) -> None:
    """As version 5, and a test of the whole way."""
    fill_5(con, seals, fingerprint)
    con.execute(
        "insert into outbox (id, state, reference, mailbox, message_id, route, day, training,"
        " anonymous, due, canary)"
        " values ('four', 'handed_over', 'R-four', 'wirral_police', '<four@bot.example>',"
        " 'wirral_intelligence', '2026-11-21', 1, 1, 0, 1)"
    )


FILLED = {1: fill_1, 2: fill_2, 3: fill_3, 4: fill_4, 5: fill_5, 6: fill_6}


def test_every_version_has_rows_to_upgrade() -> None:
    assert [*FILLED] == [*range(1, NEWEST + 1)]
    assert [int(file.name[:4]) for file in migrations()] == [*range(1, NEWEST + 1)]
    assert all(file.suffix == ".sql" for file in MIGRATIONS.iterdir())


@pytest.mark.parametrize("number", [*FILLED])
async def test_a_filled_database_of_every_version_opens_with_nothing_lost(
    con: sqlite3.Connection, tmp_path: Path, number: int
) -> None:
    clock, keyring = FixedClock(), open_keyring(tmp_path / "keys")
    at_version(con, number, tmp_path / "older")
    FILLED[number](con, Seals(keyring, clock), keyring.fingerprint)
    con.close()
    async with open_store(tmp_path / "bot.sqlite", keyring, clock) as store:
        assert await store.load(ANN) == StoredSession(b"session", 3, b"chat")
        assert await store.waiting_inputs() == [InboxEntry(12, ANN, 7, b"input")]
        assert await store.open_code(b"tag") == b"kept"
        assert await store.states([ITEM.id]) == {ITEM.id: ItemState.SAVED}
        (claimed,) = await store.claim(clock.minutes, 5, 10)
        assert (claimed.message, claimed.tries) == (b"the mail", 3)
        later = await store.due_errands(clock.minutes, 10)
        kept = [StoredErrand("later", ANN, b"address", Remind())]
        assert later == (kept if number >= 5 else [])


def test_a_new_database_gets_every_step(con: sqlite3.Connection) -> None:
    assert migrate(con) == NEWEST
    assert version(con) == NEWEST


def test_migrating_again_changes_nothing(con: sqlite3.Connection) -> None:
    migrate(con)
    con.execute("insert into installation values ('here')")
    assert migrate(con) == NEWEST
    assert con.execute("select fingerprint from installation").fetchall() == [("here",)]


def test_a_database_newer_than_the_program_is_refused_untouched(con: sqlite3.Connection) -> None:
    migrate(con)
    con.execute(f"pragma user_version = {NEWEST + 1}")
    with pytest.raises(SettingsError) as caught:
        migrate(con)
    assert caught.value.problems[0].code == "database_newer"
    assert f"version {NEWEST + 1}" in str(caught.value)
    assert version(con) == NEWEST + 1


def two_steps(folder: Path, second: str) -> Path:
    folder.mkdir()
    (folder / "0001_one.sql").write_text("-- a; comment\ncreate table one (a text);\n")
    (folder / "0002_two.sql").write_text(second)
    (folder / "notes.txt").write_text("no migration")
    return folder


def test_steps_run_in_order_and_only_once(con: sqlite3.Connection, tmp_path: Path) -> None:
    folder = two_steps(
        tmp_path / "steps",
        "alter table one add column b text default 'x;y';\ninsert into one (a) values ('1');\n",
    )
    assert migrate(con, folder) == 2
    assert migrate(con, folder) == 2
    assert con.execute("select a, b from one").fetchall() == [("1", "x;y")]


def test_a_step_that_fails_leaves_the_version_before_it(
    con: sqlite3.Connection, tmp_path: Path
) -> None:
    folder = two_steps(
        tmp_path / "steps", "create table two (a text);\ninsert into gone values (1);"
    )
    with pytest.raises(sqlite3.OperationalError):
        migrate(con, folder)
    assert version(con) == 1
    assert not con.in_transaction
    assert con.execute("select name from sqlite_master").fetchall() == [("one",)]


def test_two_programs_starting_at_once_migrate_once(tmp_path: Path) -> None:
    outcomes: list[int] = []

    def start() -> None:
        con = sqlite3.connect(tmp_path / "bot.sqlite", isolation_level=None)
        outcomes.append(migrate(con))
        con.close()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes == [NEWEST] * 4
