"""What every store of errands must do; run against the real one and the one in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import open_store
from bot.core.errand import Errand, Planned, Remind, Remove, TellIfLate
from bot.errors import SessionConflict
from bot.ports import Commit, ErrandStore, NewErrand, Outbox, PersonKey, SessionStore, StoredErrand
from tests.fakes.clock import FixedClock
from tests.fakes.store import MemoryStore

ANN, BEN = PersonKey("ann"), PersonKey("ben")
ROUND = 10 * 60 * 24  # a full hour


class Store(SessionStore, Outbox, ErrandStore, Protocol):
    """All ports in one, as the program has them."""


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    clock = FixedClock()
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    keyring = open_keyring(tmp_path / "keys")
    async with open_store(tmp_path / "data" / "bot.sqlite", keyring, clock) as real:
        yield real


def errand(
    id_: str, errand: Errand | None = None, due: int = ROUND, expires: int = ROUND + 600
) -> NewErrand:
    return NewErrand(id_, b"chat " + id_.encode(), Planned(errand or Remind(), due, expires))


async def due(store: Store, now: int = ROUND) -> list[str]:
    return [one.id for one in await store.due_errands(now, 10)]


async def test_an_errand_comes_back_as_it_was_kept_once_it_is_due(store: Store) -> None:
    kept = TellIfLate("desk", ("one", "two"))
    await store.keep_errands(ANN, [errand("a", kept)])
    assert await store.due_errands(ROUND - 1, 10) == []
    assert await store.due_errands(ROUND, 10) == [StoredErrand("a", ANN, b"chat a", kept)]
    assert await due(store) == ["a"]  # until it is done


async def test_the_earliest_errands_come_first_and_no_more_than_asked_for(store: Store) -> None:
    errands = [errand(id_, due=ROUND - wait) for id_, wait in (("a", 0), ("b", 120), ("c", 60))]
    await store.keep_errands(ANN, errands)
    assert [one.id for one in await store.due_errands(ROUND, 2)] == ["b", "c"]


async def test_no_finer_time_than_the_hour_is_kept(store: Store) -> None:
    await store.keep_errands(ANN, [errand("a", due=ROUND + 1)])
    assert await due(store, ROUND + 59) == []
    assert await due(store, ROUND + 60) == ["a"]


async def test_what_is_done_is_forgotten(store: Store) -> None:
    await store.keep_errands(ANN, [errand("a"), errand("b", Remove((5, 6)))])
    await store.errand_done("a")
    assert await due(store) == ["b"]
    assert (await store.counts()).errands == 1


async def test_an_errand_put_off_comes_later_as_it_was_left(store: Store) -> None:
    watch = TellIfLate("desk", ("one",))
    await store.keep_errands(ANN, [errand("a", watch), errand("b", due=ROUND + 600)])
    (one,) = await store.due_errands(ROUND, 10)
    left = replace(one, errand=replace(watch, late=True, returns=2))
    await store.errand_later(left, ROUND + 30)
    assert await due(store, ROUND + 59) == []
    assert await store.due_errands(ROUND + 60, 10) == [left]
    await store.errand_later(replace(one, id="gone"), ROUND)
    assert (await store.counts()).errands == 2


async def test_an_errand_past_its_time_is_neither_done_nor_kept(store: Store) -> None:
    await store.keep_errands(ANN, [errand("a", expires=ROUND + 60), errand("b")])
    assert await due(store, ROUND + 60) == ["b"]
    await store.lapse(ROUND + 60, "2026-11-21")
    assert (await store.counts()).errands == 1


async def test_a_person_is_forgotten_without_the_others(store: Store) -> None:
    await store.keep_errands(ANN, [errand("a"), errand("b")])
    await store.keep_errands(BEN, [errand("c")])
    await store.forget_errands(ANN)
    assert await due(store) == ["c"]


async def test_a_turn_keeps_and_forgets_errands_in_its_commit(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"one", errands=(errand("a"),)))
    await store.commit(Commit(ANN, 1, b"two", forget_errands=True, errands=(errand("b"),)))
    assert await due(store) == ["b"]
    await store.commit(Commit(ANN, 2, None))
    assert await due(store) == ["b"]


async def test_whoever_leaves_is_forgotten_but_their_documents_still_go_and_at_once(
    store: Store,
) -> None:
    files, tomorrow = Remove((5, 6)), ROUND + 24 * 60
    planned = [errand("a"), errand("b", files, tomorrow, tomorrow), errand("c", due=tomorrow)]
    await store.commit(Commit(ANN, 0, b"one", errands=tuple(planned)))
    await store.keep_errands(BEN, [errand("d", files, tomorrow, tomorrow)])
    await store.commit(Commit(ANN, 1, None, forget_errands=True))
    assert await store.due_errands(ROUND, 10) == [StoredErrand("b", ANN, b"chat b", files)]
    assert (await store.counts()).errands == 2


async def test_a_turn_that_is_not_committed_keeps_no_errand(store: Store) -> None:
    await store.keep_errands(ANN, [errand("a")])
    with pytest.raises(SessionConflict):
        await store.commit(Commit(ANN, 7, b"one", forget_errands=True, errands=(errand("b"),)))
    assert await due(store) == ["a"]
