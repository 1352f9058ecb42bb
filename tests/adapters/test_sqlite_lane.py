"""Work that waits together goes in one commit, and each piece succeeds or fails alone."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.adapters.keyring import Keyring, open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.adapters.sqlite.lane import Lane
from bot.errors import SessionConflict, StoreUnavailable
from bot.ports import Commit, PersonKey, StoredSession
from tests.fakes.clock import FixedClock

ANN, BEN = PersonKey("ann"), PersonKey("ben")


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


class Hold:
    """Work that keeps the writer's thread until it is let go."""

    def __init__(self, lane: Lane) -> None:
        self.begun, self.go = threading.Event(), threading.Event()
        self.task = asyncio.create_task(lane.do(self._work))

    def _work(self, _: sqlite3.Connection) -> None:
        self.begun.set()
        assert self.go.wait(5)

    async def until_begun(self) -> None:
        assert await asyncio.to_thread(self.begun.wait, 5)

    async def let_go(self) -> None:
        self.go.set()
        await self.task


async def in_transaction(store: SqliteStore) -> bool:
    return await store._writer._db._execute(  # type: ignore[no-untyped-call, no-any-return]
        lambda: store._writer._db.in_transaction
    )


async def test_turns_that_wait_together_share_one_commit(store: SqliteStore) -> None:
    seen: list[str] = []
    await store._writer.do(lambda con: con.set_trace_callback(seen.append))
    hold = Hold(store._writer)
    await hold.until_begun()
    seen.clear()
    turns = [store.commit(Commit(PersonKey(f"p{n}"), 0, b"s")) for n in range(20)]
    waiting = asyncio.gather(*turns)
    await asyncio.sleep(0)
    await hold.let_go()
    await waiting
    assert [word for word in seen if word in {"begin immediate", "commit"}] == [
        "commit",  # of the one that held the thread
        "begin immediate",
        "commit",
    ]
    assert (await store.counts()).sessions == 20


async def test_one_that_fails_does_not_fail_the_others(store: SqliteStore) -> None:
    await store.commit(Commit(ANN, 0, b"anns"))
    hold = Hold(store._writer)
    await hold.until_begun()
    waiting = asyncio.gather(
        store.commit(Commit(BEN, 0, b"bens")),
        store.commit(Commit(ANN, 7, b"stale")),
        store._writer.do(lambda con: con.execute("insert into sessions values (1)")),
        store._writer.do(lambda _: 1 // 0),
        store.commit(Commit(ANN, 1, b"anns next")),
        return_exceptions=True,
    )
    await asyncio.sleep(0)
    await hold.let_go()
    kinds = [type(outcome) for outcome in await waiting]
    none = type(None)
    assert kinds == [none, SessionConflict, StoreUnavailable, ZeroDivisionError, none]
    store._recent.clear()
    assert await store.load(ANN) == StoredSession(b"anns next", 2)
    assert await store.load(BEN) == StoredSession(b"bens", 1)


async def test_what_failed_half_way_left_nothing(store: SqliteStore) -> None:
    def half(con: sqlite3.Connection) -> None:
        con.execute("insert into sessions values ('half', 1, 0, x'00')")
        raise LookupError

    hold = Hold(store._writer)
    await hold.until_begun()
    waiting = asyncio.gather(
        store._writer.do(half), store.commit(Commit(BEN, 0, b"s")), return_exceptions=True
    )
    await asyncio.sleep(0)
    await hold.let_go()
    assert isinstance((await waiting)[0], LookupError)
    assert (await store.counts()).sessions == 1


async def test_nobody_hears_of_success_before_the_commit(store: SqliteStore, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    await store.commit(Commit(ANN, 0, b"s"))
    assert other.execute("select count(*) from sessions").fetchone() == (1,)
    other.close()


async def test_a_failed_commit_fails_all_of_the_batch_and_leaves_no_transaction(
    store: SqliteStore,
) -> None:
    def undo_all(con: sqlite3.Connection) -> None:
        con.execute("rollback")
        con.execute("select nothing from nowhere")

    hold = Hold(store._writer)
    await hold.until_begun()
    waiting = asyncio.gather(
        store.commit(Commit(ANN, 0, b"s")), store._writer.do(undo_all), return_exceptions=True
    )
    await asyncio.sleep(0)
    await hold.let_go()
    assert [type(outcome) for outcome in await waiting] == [StoreUnavailable] * 2
    assert not await in_transaction(store)
    assert await store.load(ANN) is None
    await store.commit(Commit(ANN, 0, b"again"))


async def test_a_commit_that_the_disk_refuses_is_undone(store: SqliteStore) -> None:
    def no_commit(action: int, word: str | None, *_: object) -> int:
        refused = action == sqlite3.SQLITE_TRANSACTION and word == "COMMIT"
        return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK

    hold = Hold(store._writer)
    await hold.until_begun()
    setting = store._writer._db.set_authorizer(no_commit)
    turn = asyncio.create_task(store.commit(Commit(ANN, 0, b"s")))
    await asyncio.sleep(0)
    hold.go.set()
    await setting
    with pytest.raises(StoreUnavailable):
        await turn
    assert not await in_transaction(store)
    await store._writer._db._execute(store._writer._db._conn.set_authorizer, None)  # type: ignore[no-untyped-call]
    assert await store.load(ANN) is None
    await store.commit(Commit(ANN, 0, b"again"))


async def test_closing_waits_for_what_was_asked_before(store: SqliteStore) -> None:
    hold = Hold(store._writer)
    await hold.until_begun()
    asked = asyncio.create_task(store.commit(Commit(ANN, 0, b"s")))
    await asyncio.sleep(0)
    closing = asyncio.create_task(store._writer.close())
    await asyncio.sleep(0)
    assert not closing.done()
    hold.go.set()
    await closing
    await asked
    assert await store.load(ANN) == StoredSession(b"s", 1)


async def test_a_cancelled_piece_of_work_leaves_no_open_transaction(store: SqliteStore) -> None:
    hold = Hold(store._writer)
    await hold.until_begun()
    hold.task.cancel()
    await asyncio.wait([hold.task])
    turn = asyncio.create_task(store.commit(Commit(ANN, 0, b"next")))
    await asyncio.sleep(0)
    hold.go.set()
    await turn
    assert not await in_transaction(store)
    assert await store.load(ANN) == StoredSession(b"next", 1)


async def test_a_turn_cancelled_while_it_is_on_its_way_is_remembered_as_it_is_on_the_disk(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.commit(Commit(ANN, 0, b"one"))
    begun, go = threading.Event(), threading.Event()

    def cannot_be_opened(*_: object) -> None:
        begun.set()
        go.wait(5)

    monkeypatch.setattr(store._seals, "open_session", cannot_be_opened)
    turn = asyncio.create_task(store.commit(Commit(ANN, 0, b"two")))
    assert await asyncio.to_thread(begun.wait, 5)
    turn.cancel()
    await asyncio.wait([turn])
    go.set()
    await store.take_in([(BEN, 1, b"after")])
    monkeypatch.undo()
    remembered = await store.load(ANN)
    store._recent.clear()
    assert remembered == await store.load(ANN) == StoredSession(b"two", 1)


async def test_a_turn_cancelled_before_its_batch_never_happens(store: SqliteStore) -> None:
    hold = Hold(store._writer)
    await hold.until_begun()
    turn = asyncio.create_task(store.commit(Commit(ANN, 0, b"s")))
    await asyncio.sleep(0)
    turn.cancel()
    await asyncio.wait([turn])
    await hold.let_go()
    await store.take_in([(BEN, 1, b"after")])
    assert await store.load(ANN) is None


async def test_a_session_moved_by_another_program_is_a_conflict_and_then_seen(
    store: SqliteStore, path: Path, keyring: Keyring
) -> None:
    await store.commit(Commit(ANN, 0, b"mine"))
    async with open_store(path, keyring, FixedClock()) as other:
        await other.commit(Commit(ANN, 1, b"theirs"))
        with pytest.raises(SessionConflict):
            await store.commit(Commit(ANN, 1, b"mine again"))
        assert await store.load(ANN) == StoredSession(b"theirs", 2)


async def test_sessions_long_unseen_are_read_from_the_disk_again(store: SqliteStore) -> None:
    people = [PersonKey(f"p{n}") for n in range(300)]
    await asyncio.gather(*(store.commit(Commit(p, 0, p.encode(), b"c")) for p in people))
    assert len(store._recent._sessions) == 256
    loaded = await asyncio.gather(*(store.load(person) for person in people))
    assert loaded == [StoredSession(person.encode(), 1, b"c") for person in people]


async def test_many_people_at_once_lose_nothing(store: SqliteStore) -> None:
    async def walk(person: PersonKey) -> None:
        for turn in range(10):
            stored = await store.load(person)
            await store.commit(Commit(person, stored.version if stored else 0, b"%d" % turn))

    people = [PersonKey(f"p{n}") for n in range(40)]
    await asyncio.gather(*(walk(person) for person in people))
    store._recent.clear()
    for person in people:
        assert await store.load(person) == StoredSession(b"9", 10)


async def test_a_lane_that_is_torn_down_tells_all_who_wait(store: SqliteStore) -> None:
    hold = Hold(store._writer)
    await hold.until_begun()
    waiting = asyncio.create_task(store.commit(Commit(ANN, 0, b"s")))
    await asyncio.sleep(0)
    draining = store._writer._draining
    assert draining
    draining.cancel()
    await asyncio.wait([draining])
    hold.go.set()
    with pytest.raises(StoreUnavailable, match="database_closed"):
        await waiting
    with pytest.raises(StoreUnavailable, match="database_closed"):
        await hold.task
