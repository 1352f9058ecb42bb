"""What lies on the disk: nothing that anybody wrote, and after erasure not even its seal."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.keyring import Keyring, open_keyring
from bot.adapters.sqlite import SqliteStore, open_store, sql
from bot.adapters.sqlite.connection import promise
from bot.core.errand import Planned, Remind
from bot.errors import KeyringError, SessionConflict, StoreUnavailable
from bot.ports import Commit, InboxEntry, ItemId, NewCode, NewErrand, NewItem, OtherCopy, PersonKey
from tests.fakes.clock import FixedClock

ANN = PersonKey("ann")
MARK = "MARKERSTRING"
ITEM = NewItem(
    id=ItemId("one"),
    reference="R-one",
    route="wirral_intelligence",
    mailbox="wirral_police",
    message_id="<one@bot.example>",
    message=f"{MARK} in the mail".encode() * 900,
    day="2026-11-21",
    training=True,
    anonymous=True,
    other=OtherCopy("wirral_police_second", f"{MARK} for the second".encode() * 900),
)


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return open_keyring(tmp_path / "keys")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
async def store(path: Path, keyring: Keyring, clock: FixedClock) -> AsyncIterator[SqliteStore]:
    async with open_store(path, keyring, clock) as opened:
        yield opened


def on_disk(path: Path, found: bytes) -> list[str]:
    """The names of the files beside the database that hold these bytes."""
    return sorted(file.name for file in path.parent.iterdir() if found in file.read_bytes())


def column(path: Path, query: str) -> bytes:
    con = sqlite3.connect(path)
    try:
        (value,) = con.execute(query).fetchone()
    finally:
        con.close()
    assert isinstance(value, bytes)
    return value


def change(path: Path, statement: str) -> None:
    con = sqlite3.connect(path, isolation_level=None)
    try:
        assert con.execute(statement).rowcount == 1
    finally:
        con.close()


async def write_everything(store: SqliteStore) -> None:
    body = f"{MARK} in the session".encode() * 40
    kept = NewCode(b"t" * 32, b"sealed elsewhere", "2027-02-19")
    await store.commit(Commit(ANN, 0, body, f"{MARK} chat".encode(), items=(ITEM,), codes=(kept,)))
    await store.take_in([(ANN, 7, f"{MARK} in an input".encode())])


async def test_the_search_finds_what_is_there(store: SqliteStore, path: Path) -> None:
    await write_everything(store)
    assert on_disk(path, b"wirral_intelligence") != []


async def test_nothing_that_was_written_is_on_the_disk(store: SqliteStore, path: Path) -> None:
    await write_everything(store)
    await store.claim(30_000_000, 5, 10)
    await store.waiting_inputs()
    assert [file.name for file in path.parent.iterdir()] != []
    assert on_disk(path, MARK.encode()) == []


async def test_nothing_is_on_the_disk_after_closing(
    path: Path, keyring: Keyring, clock: FixedClock
) -> None:
    async with open_store(path, keyring, clock) as store:
        await write_everything(store)
    assert [file.name for file in path.parent.iterdir()] == ["bot.sqlite"]
    assert on_disk(path, MARK.encode()) == []


async def test_the_database_is_the_owners_alone(store: SqliteStore, path: Path) -> None:
    await write_everything(store)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


async def test_an_erased_session_is_gone_from_every_file(store: SqliteStore, path: Path) -> None:
    await write_everything(store)
    sealed = column(path, "select sealed from sessions")[20:60]
    assert on_disk(path, sealed) != []
    await store.commit(Commit(ANN, 1, None))
    assert on_disk(path, sealed) == []


LATER = NewErrand("later", f"{MARK} address".encode(), Planned(Remind(), 30_000_001, 31_000_001))


async def test_an_errand_on_the_disk_shows_no_chat_and_no_kind(
    store: SqliteStore, path: Path
) -> None:
    await store.commit(Commit(ANN, 0, b"session", errands=(LATER,)))
    assert on_disk(path, MARK.encode()) == []
    assert on_disk(path, b"remind") == []
    con = sqlite3.connect(path)
    assert con.execute("select due % 60, expires % 60 from errands").fetchall() == [(0, 0)]
    con.close()


@pytest.mark.parametrize("way", ["done", "forgotten", "lapsed", "by a turn"])
async def test_an_errand_that_is_over_is_gone_from_every_file(
    store: SqliteStore, path: Path, way: str
) -> None:
    await store.keep_errands(ANN, [LATER])
    sealed = column(path, "select sealed from errands")[20:60]
    assert on_disk(path, sealed) != []
    match way:
        case "done":
            await store.errand_done("later")
        case "forgotten":
            await store.forget_errands(ANN)
        case "lapsed":
            await store.lapse(32_000_000, "2026-11-21")
        case _:
            await store.commit(Commit(ANN, 0, None, forget_errands=True))
    assert on_disk(path, sealed) == []


async def test_an_errand_moved_to_another_person_does_not_open(
    store: SqliteStore, path: Path
) -> None:
    await store.keep_errands(ANN, [LATER])
    change(path, "update errands set person = 'ben'")
    assert await store.due_errands(30_100_000, 10) == []
    assert (await store.counts()).errands == 0


async def test_a_withdrawn_mail_and_its_key_are_gone_from_every_file(
    store: SqliteStore, path: Path
) -> None:
    await write_everything(store)
    wrapped = column(path, "select wrapped from outbox_keys")[20:60]
    content = column(path, "select sealed from outbox_contents")[9000:9040]
    assert on_disk(path, wrapped) != []
    assert on_disk(path, content) != []
    other = column(path, "select wrapped from outbox_others")[20:60]
    assert on_disk(path, other) != []
    await store.withdraw([ITEM.id])
    assert on_disk(path, other) == []
    assert on_disk(path, wrapped) == []
    assert on_disk(path, content) == []
    assert on_disk(path, b"R-one") == []


async def test_a_delivered_mail_leaves_only_its_bare_state(store: SqliteStore, path: Path) -> None:
    await write_everything(store)
    wrapped = column(path, "select wrapped from outbox_keys")[20:60]
    other = column(path, "select wrapped from outbox_others")[20:60]
    await store.pass_on(ITEM.id, "smtp_451")
    await store.delivered(ITEM.id, 1000)
    await store.erase_delivered(9_999_999)
    for gone in (wrapped, other, b"R-one", b"wirral_police", b"one@bot.example"):
        assert on_disk(path, gone) == []


async def test_dropped_codes_and_lapsed_rows_are_gone_from_every_file(
    store: SqliteStore, path: Path
) -> None:
    await write_everything(store)
    sealed = column(path, "select sealed from sessions")[20:60]
    await store.commit(Commit(PersonKey("ben"), 0, b"s", drop_codes=(b"t" * 32,)))
    assert on_disk(path, b"t" * 32) == []
    await store.lapse(9_999_999_999, "2026-11-21")
    assert on_disk(path, sealed) == []


async def test_erasure_behind_a_readers_back_is_finished_with_a_later_commit(
    store: SqliteStore, path: Path
) -> None:
    await write_everything(store)
    sealed = column(path, "select sealed from sessions")[20:60]
    backup = sqlite3.connect(path, isolation_level=None)
    backup.execute("begin")
    backup.execute("select count(*) from sessions").fetchone()
    await store.commit(Commit(ANN, 1, None))
    assert await store.load(ANN) is None
    backup.close()
    await store.take_in([(ANN, 8, b"next")])
    assert on_disk(path, sealed) == []


async def test_a_stolen_database_gives_no_hour_of_an_anonymous_mail(
    store: SqliteStore, path: Path, clock: FixedClock
) -> None:
    await write_everything(store)
    await store.claim(clock.minutes, 5, 10)
    await store.delivered(ITEM.id, clock.minutes)
    con = sqlite3.connect(path)
    numbers = con.execute("select due, leased, delivered from outbox").fetchone()
    con.close()
    assert all(number % (24 * 60) == 0 for number in numbers)


async def test_drafts_cannot_be_opened_once_their_key_is_destroyed(
    path: Path, keyring: Keyring, clock: FixedClock, tmp_path: Path
) -> None:
    async with open_store(path, keyring, clock) as store:
        await write_everything(store)
    keyring.rotate(clock.now().date() + timedelta(days=3), 2)
    async with open_store(path, open_keyring(tmp_path / "keys"), clock) as store:
        assert await store.load(ANN) is None
        assert await store.waiting_inputs() == []
        await store.commit(Commit(ANN, 0, b"anew"))
        stored = await store.load(ANN)
    assert stored
    assert (stored.body, stored.version) == (b"anew", 1)


async def test_a_turn_on_a_draft_that_was_lost_meanwhile_is_a_conflict(
    store: SqliteStore, keyring: Keyring, clock: FixedClock
) -> None:
    await write_everything(store)
    keyring.rotate(clock.now().date() + timedelta(days=3), 2)
    with pytest.raises(SessionConflict):
        await store.commit(Commit(ANN, 5, b"late"))
    assert await store.load(ANN) is None
    assert (await store.counts()).sessions == 1


async def test_a_person_whose_draft_is_lost_can_leave(
    path: Path, keyring: Keyring, clock: FixedClock
) -> None:
    async with open_store(path, keyring, clock) as store:
        await write_everything(store)
        keyring.rotate(clock.now().date() + timedelta(days=3), 2)
        store._recent.clear()
        await store.commit(Commit(ANN, 0, None))
        assert (await store.counts()).sessions == 0


@pytest.mark.parametrize(
    "tampering",
    [
        "update sessions set person = 'ben'",
        "update sessions set version = version + 1",
        "update sessions set sealed = zeroblob(600)",
        "update sessions set sealed = x''",
    ],
)
async def test_a_session_that_was_tampered_with_is_gone(
    path: Path, keyring: Keyring, clock: FixedClock, tampering: str
) -> None:
    async with open_store(path, keyring, clock) as store:
        await write_everything(store)
    change(path, tampering)
    async with open_store(path, keyring, clock) as store:
        assert await store.load(PersonKey("ben")) is None
        assert await store.load(ANN) is None


async def test_an_input_moved_to_another_person_does_not_open(
    store: SqliteStore, path: Path
) -> None:
    await write_everything(store)
    change(path, "update inbox set person = 'ben'")
    assert await store.waiting_inputs() == []
    change(path, "update inbox set person = 'ann'")
    assert await store.waiting_inputs() == [InboxEntry(1, ANN, 7, f"{MARK} in an input".encode())]


@pytest.mark.parametrize(
    "tampering",
    [
        "update outbox set training = 0",
        "update outbox set mailbox = 'somebody_else'",
        "update outbox set route = 'elsewhere'",
        "update outbox set reference = 'R-two'",
        "update outbox set message_id = '<two@bot.example>'",
        "delete from outbox_keys",
        "delete from outbox_contents",
        "update outbox_keys set wrapped = zeroblob(80)",
        "update outbox_keys set slot = slot + 1",
        "update outbox_keys set slot = null",
        "update outbox_keys set slot = 9999999",
    ],
)
async def test_a_mail_that_was_tampered_with_does_not_open_and_holds_up_no_other(
    store: SqliteStore, path: Path, tampering: str
) -> None:
    await store.commit(Commit(ANN, 0, b"s", items=(ITEM,)))
    change(path, tampering)
    other = replace(ITEM, id=ItemId("two"), message=b"other")
    await store.commit(Commit(ANN, 1, b"s", items=(other,)))
    claimed = {one.id: one.message for one in await store.claim(30_000_000, 5, 10)}
    assert claimed == {ITEM.id: b"", "two": b"other"}  # the courier parks what does not open


async def test_a_database_with_other_keys_is_refused(
    path: Path, keyring: Keyring, clock: FixedClock, tmp_path: Path
) -> None:
    async with open_store(path, keyring, clock) as store:
        await write_everything(store)
    with pytest.raises(KeyringError) as caught:
        async with open_store(path, open_keyring(tmp_path / "others"), clock):
            pass
    assert caught.value.problems[0].code == "keys_of_another_database"
    async with open_store(path, keyring, clock) as store:
        assert await store.load(ANN) is not None


async def test_every_connection_overwrites_what_is_deleted(store: SqliteStore) -> None:
    asked: Callable[[sqlite3.Connection], int] = lambda con: con.execute(  # noqa: E731
        "pragma secure_delete"
    ).fetchone()[0]
    for lane in (store._writer, store._reader):
        assert await lane.do(asked) == 1


class Answering:
    """A connection whose library was built otherwise."""

    def __init__(self, pragma: str, answer: object) -> None:
        self.pragma, self.answer, self.last = pragma, answer, ""

    def execute(self, statement: str) -> Answering:
        self.last = statement
        return self

    def fetchone(self) -> tuple[object, ...]:
        if self.pragma in self.last:
            return (self.answer,)
        return ("wal" if "journal_mode" in self.last else 1,)


@pytest.mark.parametrize(
    ("pragma", "answer"), [("secure_delete", 0), ("secure_delete", 2), ("journal_mode", "delete")]
)
def test_a_library_that_does_not_keep_the_promises_is_refused(pragma: str, answer: object) -> None:
    with pytest.raises(StoreUnavailable, match=f"database_without_{pragma}"):
        promise(Answering(pragma, answer), 5000)  # type: ignore[arg-type]


async def test_every_commit_waits_for_the_disk(store: SqliteStore) -> None:
    asked: Callable[[sqlite3.Connection], int] = lambda con: con.execute(  # noqa: E731
        "pragma synchronous"
    ).fetchone()[0]
    assert await store._writer.do(asked) == 2


async def test_the_reader_cannot_write(store: SqliteStore) -> None:
    with pytest.raises(StoreUnavailable, match="database_read_only"):
        await store._reader.do(lambda con: con.execute(sql.LAPSE_INBOX, ("2026",)))
