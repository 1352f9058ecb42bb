"""Whatever happens to the database, callers get StoreUnavailable with a safe code, and the
program can still end.
"""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.envelope import Key
from bot.adapters.keyring import Keyring, open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.adapters.sqlite.connection import made_safe
from bot.errors import KeyringError, SealingError, StoreUnavailable
from bot.ports import Commit, PersonKey
from tests.fakes.clock import FixedClock

ANN, BEN = PersonKey("ann"), PersonKey("ben")
WORDS = b"words of a person"


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return open_keyring(tmp_path / "keys")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
async def store(path: Path, keyring: Keyring) -> AsyncIterator[SqliteStore]:
    async with open_store(path, keyring, FixedClock(), busy_ms=20) as opened:
        yield opened


async def run_sql(store: SqliteStore, statement: str) -> None:
    await store._writer.do(lambda con: con.execute(statement).fetchone())


async def test_a_locked_database_is_unavailable_and_then_works_again(
    store: SqliteStore, path: Path
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with pytest.raises(StoreUnavailable) as caught:
        await store.commit(Commit(ANN, 0, WORDS))
    assert caught.value.code == "database_locked"
    assert await store.load(ANN) is None
    other.close()
    await store.commit(Commit(ANN, 0, WORDS))
    assert await store.load(ANN) is not None


async def test_a_full_disk_is_unavailable_loses_nothing_and_can_be_read(
    store: SqliteStore,
) -> None:
    await store.commit(Commit(ANN, 0, b"before"))
    await run_sql(store, "pragma max_page_count = 1")
    with pytest.raises(StoreUnavailable) as caught:
        await store.commit(Commit(ANN, 1, b"x" * 50_000))
    assert caught.value.code == "database_full"
    stored = await store.load(ANN)
    assert stored
    assert stored.body == b"before"
    await run_sql(store, "pragma max_page_count = 100000")
    await store.commit(Commit(ANN, 1, b"after" * 10_000))


async def test_a_read_only_database_is_unavailable(store: SqliteStore) -> None:
    await store.commit(Commit(ANN, 0, b"before"))
    await run_sql(store, "pragma query_only = on")
    with pytest.raises(StoreUnavailable) as caught:
        await store.commit(Commit(ANN, 1, WORDS))
    assert caught.value.code == "database_read_only"
    assert await store.load(ANN) is not None


async def test_a_file_that_is_no_database_is_refused(path: Path, keyring: Keyring) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is not a database" * 200)
    with pytest.raises(StoreUnavailable) as caught:
        async with open_store(path, keyring, FixedClock()):
            pass
    assert caught.value.code == "database_corrupt"


async def test_a_damaged_database_is_unavailable(path: Path, keyring: Keyring) -> None:
    async with open_store(path, keyring, FixedClock()) as store:
        for number in range(200):
            await store.commit(Commit(PersonKey(f"p{number:03}"), 0, b"x" * 800))
    content = bytearray(path.read_bytes())
    content[60_000:] = b"\xa5" * (len(content) - 60_000)
    path.write_bytes(content)
    async with open_store(path, keyring, FixedClock()) as store:
        loads = [store.load(PersonKey(f"p{number:03}")) for number in range(200)]
        with pytest.raises(StoreUnavailable) as caught:
            await asyncio.gather(*loads)
    assert caught.value.code == "database_corrupt"


async def test_a_database_that_cannot_be_opened_is_unavailable(
    tmp_path: Path, keyring: Keyring
) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file" / "bot.sqlite", tmp_path):
        with pytest.raises(StoreUnavailable) as caught:
            async with open_store(path, keyring, FixedClock()):
                pass
        assert caught.value.code == "database_cannot_open"


async def test_a_failed_opening_leaves_no_thread_that_would_answer_a_closed_loop(
    path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = threading.Event()

    def late(*_: object, **__: object) -> sqlite3.Connection:
        waited.set()
        raise sqlite3.OperationalError

    monkeypatch.setattr(sqlite3, "connect", late)
    with pytest.raises(StoreUnavailable):
        async with open_store(path, keyring, FixedClock()):
            pass
    assert waited.is_set()
    assert [t for t in threading.enumerate() if "_connection_worker_thread" in t.name] == []


async def test_a_closed_store_is_unavailable(path: Path, keyring: Keyring) -> None:
    async with open_store(path, keyring, FixedClock()) as store:
        pass
    with pytest.raises(StoreUnavailable):
        await store.load(ANN)
    with pytest.raises(StoreUnavailable):
        await store.commit(Commit(ANN, 0, WORDS))


async def test_no_thread_is_left_whatever_happens(path: Path, keyring: Keyring) -> None:
    before = threading.active_count()
    async with open_store(path, keyring, FixedClock()) as store:
        await store.commit(Commit(ANN, 0, WORDS))
    with pytest.raises(RuntimeError):
        async with open_store(path, keyring, FixedClock()) as store:
            raise RuntimeError
    task = asyncio.create_task(hold_open(path, keyring, opened := asyncio.Event()))
    await opened.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    for thread in threading.enumerate()[before:]:
        thread.join(5)
    assert threading.active_count() == before


async def hold_open(path: Path, keyring: Keyring, opened: asyncio.Event) -> None:
    async with open_store(path, keyring, FixedClock()):
        opened.set()
        await asyncio.Event().wait()


async def test_what_was_asked_before_closing_is_done(path: Path, keyring: Keyring) -> None:
    async with open_store(path, keyring, FixedClock()) as store:
        asked = asyncio.create_task(store.commit(Commit(ANN, 0, WORDS)))
        await asyncio.sleep(0)
    await asked
    async with open_store(path, keyring, FixedClock()) as store:
        assert await store.load(ANN) is not None


async def test_a_key_that_cannot_be_had_stores_nothing(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(*_: object) -> Key:
        raise SealingError("session_key_not_written")

    monkeypatch.setattr(Keyring, "session_key", none)
    with pytest.raises(StoreUnavailable, match="session_key_not_written"):
        await store.commit(Commit(ANN, 0, WORDS))
    assert await store.load(ANN) is None


async def test_a_damaged_session_key_makes_a_load_unavailable_not_empty(
    path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_store(path, keyring, FixedClock()) as store:
        await store.commit(Commit(ANN, 0, WORDS))

    def damaged(*_: object) -> Key:
        raise KeyringError("keyring", ())

    monkeypatch.setattr(Keyring, "opening_key", damaged)
    async with open_store(path, keyring, FixedClock()) as store:
        with pytest.raises(StoreUnavailable, match="keyring"):
            await store.load(ANN)


async def test_an_error_tells_nothing_but_its_code(store: SqliteStore) -> None:
    await run_sql(
        store,
        "create temp trigger no before insert on sessions begin"
        " select raise(abort, 'words of a person'); end",
    )
    with pytest.raises(StoreUnavailable) as caught:
        await store.commit(Commit(ANN, 0, WORDS))
    assert str(caught.value) == "database_error"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "database_locked"),
        (sqlite3.SQLITE_IOERR_FSYNC, "database_io"),
        (sqlite3.SQLITE_NOTADB, "database_corrupt"),
        (sqlite3.SQLITE_CONSTRAINT, "database_error"),
    ],
)
def test_each_fault_has_its_safe_code(number: int, code: str) -> None:
    fault = sqlite3.OperationalError("words of a person")
    fault.sqlite_errorcode = number
    safe = made_safe(fault)
    assert isinstance(safe, StoreUnavailable)
    assert safe.code == code
    own = ValueError("a fault of the program")
    assert made_safe(own) is own


@pytest.mark.parametrize("other", ["select count(*) from sessions", "pragma quick_check"])
async def test_a_program_that_looks_in_and_leaves_takes_no_commit_with_it(
    store: SqliteStore, path: Path, keyring: Keyring, other: str
) -> None:
    """A backup or an operator's command, while the bot runs: a process of its own."""
    await store.commit(Commit(ANN, 0, WORDS))
    look = "import sqlite3, sys; con = sqlite3.connect(sys.argv[1]); "
    look += "con.execute(sys.argv[2]).fetchall(); con.close()"
    command = [sys.executable, "-c", look, str(path), other]
    done = await asyncio.create_subprocess_exec(*command)
    assert await done.wait() == 0
    await store.commit(Commit(BEN, 0, WORDS))
    count = "import sqlite3, sys; print(*sqlite3.connect(sys.argv[1]).execute(sys.argv[2]))"
    command = [sys.executable, "-c", count, str(path), "select count(*) from sessions"]
    told = subprocess.run(command, capture_output=True, check=True)
    assert told.stdout == b"(2,)\n"
