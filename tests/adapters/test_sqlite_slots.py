"""Erased is erased from every copy: what the database held then opens with no lasting key."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters import slots
from bot.adapters.keyring import Keyring, open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.adapters.sqlite.lane import Committer
from bot.core.turn import ItemState
from bot.errors import StoreUnavailable
from bot.ports import Commit, ItemId, NewItem, PersonKey
from tests.adapters.test_sqlite_privacy import ITEM
from tests.fakes.clock import FixedClock

ONE, TWO = ITEM, replace(ITEM, id=ItemId("two"), reference="R-two", message=b"the other mail")
FAR = 30_000_000


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return open_keyring(tmp_path / "keys")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "bot.sqlite"


@pytest.fixture
async def store(path: Path, keyring: Keyring) -> AsyncIterator[SqliteStore]:
    async with open_store(path, keyring, FixedClock()) as opened:
        await save(opened, ONE, TWO)
        yield opened


async def save(store: SqliteStore, *items: NewItem) -> None:
    for item in items:
        await store.commit(Commit(PersonKey(f"by {item.id}"), 0, None, items=(item,)))


def copied(path: Path, copy: Path) -> Path:
    """A whole copy of a database that is in use, as SQLite's own tool makes it."""
    with sqlite3.connect(path) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return copy


async def opening(path: Path, keyring: Keyring) -> dict[str, bytes]:
    """What a database gives with these keys; empty is what does not open."""
    async with open_store(path, keyring, FixedClock()) as store:
        return {one.id: one.message for one in await store.claim(FAR, 5, 99)}


async def test_a_delivered_mail_opens_from_no_copy_once_it_was_erased(
    store: SqliteStore, path: Path, keyring: Keyring, tmp_path: Path
) -> None:
    copy = copied(path, tmp_path / "copy.sqlite")
    assert await opening(copied(path, tmp_path / "now.sqlite"), keyring) == {
        "one": ONE.message,
        "two": TWO.message,
    }
    await store.delivered(ONE.id, 1000)
    await store.erase_delivered(FAR)
    assert await opening(copy, open_keyring(tmp_path / "keys")) == {
        "one": b"",
        "two": TWO.message,
    }


async def test_a_mail_taken_back_opens_from_no_copy(
    store: SqliteStore, path: Path, keyring: Keyring, tmp_path: Path
) -> None:
    copy = copied(path, tmp_path / "copy.sqlite")
    assert await store.withdraw([ONE.id]) == {ONE.id: ItemState.WITHDRAWN}
    assert await opening(copy, keyring) == {"one": b"", "two": TWO.message}


async def test_a_mail_taken_back_while_the_slots_are_away_is_finished_by_a_later_sweep(
    store: SqliteStore, path: Path, keyring: Keyring, tmp_path: Path
) -> None:
    copy = copied(path, tmp_path / "copy.sqlite")
    file = tmp_path / "keys" / slots.FILE
    away = file.rename(tmp_path / "away")
    assert await store.withdraw([ONE.id]) == {ONE.id: ItemState.WITHDRAWN}
    with pytest.raises(StoreUnavailable, match="slots_unavailable"):
        await store.erase_delivered(0)
    away.rename(file)
    assert await store.erase_delivered(0) == 0
    assert (await opening(copy, keyring))["one"] == b""


async def test_an_erasure_that_could_not_be_committed_leaves_a_mail_that_opens(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> object:
        fault = sqlite3.OperationalError("full")
        fault.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise fault

    with monkeypatch.context() as broken:
        broken.setattr(Committer, "__call__", full)
        with pytest.raises(StoreUnavailable, match="database_full"):
            await store.withdraw([ONE.id])
    assert {one.message for one in await store.claim(FAR, 5, 9)} == {ONE.message, TWO.message}


async def test_nothing_is_saved_while_the_slots_are_away_and_all_is_when_they_are_back(
    store: SqliteStore, tmp_path: Path
) -> None:
    three = replace(ONE, id=ItemId("three"))
    file = tmp_path / "keys" / slots.FILE
    away = file.rename(tmp_path / "away")
    with pytest.raises(StoreUnavailable, match="slots_unavailable"):
        await save(store, three)
    with pytest.raises(StoreUnavailable, match="slots_unavailable"):
        await store.claim(FAR, 5, 9)
    assert await store.states([three.id]) == {}
    away.rename(file)
    await save(store, three)
    assert {one.message for one in await store.claim(FAR, 5, 9)} == {ONE.message, TWO.message}


async def test_slots_that_were_lost_are_made_anew_and_what_they_kept_does_not_open(
    path: Path, keyring: Keyring, tmp_path: Path
) -> None:
    async with open_store(path, keyring, FixedClock()) as store:
        await save(store, ONE)
    (tmp_path / "keys" / slots.FILE).unlink()
    async with open_store(path, keyring, FixedClock()) as store:
        await save(store, TWO)
    assert await opening(path, keyring) == {"one": b"", "two": TWO.message}


async def test_a_slot_is_free_again_after_an_erasure_and_there_is_always_room(
    path: Path, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slots, "AT_FIRST", 4)
    items = [replace(ONE, id=ItemId(str(n)), message=b"x") for n in range(9)]
    async with open_store(path, keyring, FixedClock()) as store:
        for item in items[:2]:
            await save(store, item)
        assert keyring.slots.room() == 4
        await store.withdraw([item.id for item in items[:2]])
        await save(store, *items[2:4])
        assert keyring.slots.room() == 4
        await save(store, *items[4:])
        assert keyring.slots.room() == 16
        assert len([one for one in await store.claim(FAR, 5, 99) if one.message]) == 7


async def test_which_slot_a_mail_has_tells_no_order(path: Path, keyring: Keyring) -> None:
    items = [replace(ONE, id=ItemId(f"{n:02}"), message=b"x") for n in range(12)]
    async with open_store(path, keyring, FixedClock()) as store:
        await save(store, *items)
        found = await store._reader.do(
            lambda con: con.execute("select slot from outbox_keys order by item").fetchall()
        )
    assert found != sorted(found)
    assert found != sorted(found, reverse=True)
