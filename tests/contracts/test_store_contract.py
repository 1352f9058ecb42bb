"""What every store must do; run against the real one and the one in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import open_store
from bot.core.standing import LATE_TRIES
from bot.core.turn import ItemState
from bot.errors import SessionConflict, StoreUnavailable
from bot.ports import (
    Commit,
    Counts,
    ItemId,
    Kept,
    NewCode,
    NewItem,
    OtherCopy,
    Outbox,
    PersonKey,
    SessionStore,
)
from tests.fakes.clock import FixedClock
from tests.fakes.store import MemoryStore

ANN, BEN = PersonKey("ann"), PersonKey("ben")
ONE, TWO = ItemId("one"), ItemId("two")
DAY = 24 * 60


class Store(SessionStore, Outbox, Protocol):
    """Both ports in one, as the program has them."""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture(params=["memory", "sqlite"])
async def store(
    request: pytest.FixtureRequest, tmp_path: Path, clock: FixedClock
) -> AsyncIterator[Store]:
    if request.param == "memory":
        yield MemoryStore(clock)
        return
    keyring = open_keyring(tmp_path / "keys")
    async with open_store(tmp_path / "data" / "bot.sqlite", keyring, clock) as real:
        yield real


def item(name: str = "one", **changes: object) -> NewItem:
    values: dict[str, object] = {
        "id": ItemId(name),
        "reference": f"R-{name}",
        "route": "wirral_intelligence",
        "mailbox": "wirral_police",
        "message_id": f"<{name}@bot.example>",
        "message": f"the mail {name}".encode(),
        "day": "2026-11-21",
        "training": True,
        "anonymous": True,
    }
    return NewItem(**{**values, **changes})  # type: ignore[arg-type]


async def saved(store: Store, *items: NewItem) -> None:
    await store.commit(Commit(PersonKey("giver"), 0, None, items=items))


# ---- sessions ----


async def test_nobody_has_a_session_at_first(store: Store) -> None:
    assert await store.load(ANN) is None


async def test_a_committed_session_comes_back_with_its_chat_record(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"first", b"chat", lapses=1))
    stored = await store.load(ANN)
    assert stored
    assert (stored.body, stored.version, stored.chat) == (b"first", 1, b"chat")


async def test_each_commit_moves_the_version_on(store: Store) -> None:
    for version in range(3):
        await store.commit(Commit(ANN, version, b"%d" % version))
    stored = await store.load(ANN)
    assert stored
    assert (stored.body, stored.version, stored.chat) == (b"2", 3, b"")


async def test_people_do_not_see_each_others_sessions(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"anns"))
    assert await store.load(BEN) is None


async def test_an_empty_session_is_not_no_session(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b""))
    stored = await store.load(ANN)
    assert stored
    assert stored.body == b""


@pytest.mark.parametrize("version", [0, 1, 3])
@pytest.mark.parametrize("body", [b"other", None])
async def test_another_version_is_a_conflict_and_changes_nothing(
    store: Store, version: int, body: bytes | None
) -> None:
    await store.commit(Commit(ANN, 0, b"one"))
    await store.commit(Commit(ANN, 1, b"two"))
    code = NewCode(b"tag", b"sealed", "2027-01-01")
    with pytest.raises(SessionConflict):
        await store.commit(Commit(ANN, version, body, items=(item(),), codes=(code,)))
    stored = await store.load(ANN)
    assert stored
    assert (stored.body, stored.version) == (b"two", 2)
    assert await store.open_code(b"tag") is None
    assert await store.states([ONE]) == {}


async def test_a_version_where_there_is_no_session_is_a_conflict(store: Store) -> None:
    with pytest.raises(SessionConflict):
        await store.commit(Commit(ANN, 1, b"late"))
    assert await store.load(ANN) is None


async def test_of_two_turns_on_one_session_one_wins(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"start"))
    turns = [store.commit(Commit(ANN, 1, b"a")), store.commit(Commit(ANN, 1, b"b"))]
    outcomes = await asyncio.gather(*turns, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == [
        "NoneType",
        "SessionConflict",
    ]
    stored = await store.load(ANN)
    assert stored
    assert stored.version == 2


async def test_no_session_erases_session_and_chat_record(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"body", b"chat"))
    await store.commit(Commit(ANN, 1, None))
    assert await store.load(ANN) is None
    assert (await store.counts()).sessions == 0


async def test_erasing_what_is_not_there_is_no_fault(store: Store) -> None:
    await store.commit(Commit(ANN, 0, None))
    assert await store.load(ANN) is None


async def test_after_erasure_a_person_begins_anew(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"old"))
    await store.commit(Commit(ANN, 1, None))
    await store.commit(Commit(ANN, 0, b"new"))
    stored = await store.load(ANN)
    assert stored
    assert (stored.body, stored.version) == (b"new", 1)


async def test_a_session_lapses_at_the_full_hour_after_its_time(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"body", lapses=61))
    await store.commit(Commit(BEN, 0, b"body", lapses=121))
    assert await store.lapse(119, "2026-11-21") == 0
    assert await store.load(ANN) is not None
    assert await store.lapse(120, "2026-11-21") == 1
    assert await store.load(ANN) is None
    assert await store.load(BEN) is not None


async def test_a_full_hour_is_not_rounded_further(store: Store) -> None:
    await store.commit(Commit(ANN, 0, b"body", lapses=120))
    assert await store.lapse(120, "2026-11-21") == 1


# ---- inbox ----


async def test_inputs_wait_in_their_order_until_a_turn_empties_them(store: Store) -> None:
    ids = await store.take_in([(ANN, 7, b"seven"), (BEN, 8, b"eight")])
    ids += await store.take_in([(ANN, 9, b"nine")])
    waiting = await store.waiting_inputs()
    assert [(e.id, e.person, e.update, e.body) for e in waiting] == [
        (ids[0], ANN, 7, b"seven"),
        (ids[1], BEN, 8, b"eight"),
        (ids[2], ANN, 9, b"nine"),
    ]
    await store.commit(Commit(ANN, 0, b"session", inbox=(ids[0],)))
    assert [entry.update for entry in await store.waiting_inputs()] == [8, 9]


async def test_an_update_is_taken_in_once(store: Store) -> None:
    first = await store.take_in([(ANN, 7, b"seven")])
    again = await store.take_in([(ANN, 7, b"seven again"), (BEN, 7, b"bens")])
    assert again[0] == first[0]
    assert [entry.body for entry in await store.waiting_inputs()] == [b"seven", b"bens"]


async def test_an_inbox_id_is_never_used_twice(store: Store) -> None:
    (first,) = await store.take_in([(ANN, 1, b"a")])
    await store.commit(Commit(ANN, 0, b"s", inbox=(first,)))
    (second,) = await store.take_in([(ANN, 2, b"b")])
    assert second != first


async def test_a_turn_empties_no_one_elses_inbox(store: Store) -> None:
    (bens,) = await store.take_in([(BEN, 1, b"bens")])
    await store.commit(Commit(ANN, 0, b"s", inbox=(bens, 999)))
    assert [entry.id for entry in await store.waiting_inputs()] == [bens]


async def test_a_conflict_leaves_the_inbox_as_it_was(store: Store) -> None:
    (entry,) = await store.take_in([(ANN, 1, b"a")])
    with pytest.raises(SessionConflict):
        await store.commit(Commit(ANN, 4, b"s", inbox=(entry,)))
    assert len(await store.waiting_inputs()) == 1


# ---- codes ----


async def test_a_code_opens_what_was_kept_until_it_is_dropped(store: Store) -> None:
    kept = NewCode(b"tag", b"sealed", "2027-02-19")
    await store.commit(Commit(ANN, 0, b"s", codes=(kept,)))
    assert await store.open_code(b"tag") == b"sealed"
    assert await store.open_code(b"gat") is None
    await store.commit(Commit(ANN, 1, b"s", drop_codes=(b"tag", b"unknown")))
    assert await store.open_code(b"tag") is None


async def test_keeping_a_code_again_replaces_content_and_day(store: Store) -> None:
    older = NewCode(b"tag", b"old", "2027-01-01")
    await store.commit(Commit(ANN, 0, b"s", codes=(older,), lapses=60))
    newer = NewCode(b"tag", b"new", "2027-03-01")
    await store.commit(Commit(ANN, 1, b"s", codes=(newer,), drop_codes=(b"tag",), lapses=60))
    assert await store.open_code(b"tag") == b"new"
    assert await store.lapse(0, "2027-02-01") == 0


async def test_a_code_is_erased_on_its_day(store: Store) -> None:
    kept = NewCode(b"tag", b"sealed", "2027-02-19")
    await store.commit(Commit(ANN, 0, None, codes=(kept,)))
    assert await store.lapse(0, "2027-02-18") == 0
    assert await store.lapse(0, "2027-02-19") == 1
    assert await store.open_code(b"tag") is None


async def test_codes_are_counted_by_the_day_on_which_they_go(store: Store) -> None:
    assert await store.codes_by_day() == {}
    kept = [("a", "2027-02-19"), ("b", "2026-11-23"), ("c", "2027-02-19")]
    codes = tuple(NewCode(tag.encode(), b"sealed", day) for tag, day in kept)
    await store.commit(Commit(ANN, 0, None, codes=codes))
    assert [*(await store.codes_by_day()).items()] == [("2026-11-23", 1), ("2027-02-19", 2)]


# ---- outbox ----


async def test_a_saved_item_is_due_at_once_and_comes_back_whole(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item(training=False))
    (claimed,) = await store.claim(clock.minutes, 5, 10)
    assert claimed.message == b"the mail one"
    assert (claimed.id, claimed.reference, claimed.tries) == (ONE, "R-one", 1)
    assert (claimed.route, claimed.mailbox) == ("wirral_intelligence", "wirral_police")
    assert (claimed.message_id, claimed.day) == ("<one@bot.example>", "2026-11-21")
    assert claimed.training is False


async def test_no_item_is_saved_without_its_session(store: Store) -> None:
    await saved(store, item())
    with pytest.raises(StoreUnavailable):
        await store.commit(Commit(ANN, 0, b"s", items=(item("two"), item("one"))))
    assert await store.load(ANN) is None
    assert await store.states([TWO]) == {}


async def test_a_leased_item_is_given_to_no_other_until_the_lease_ends(store: Store) -> None:
    await saved(store, item())
    assert len(await store.claim(100, 5, 10)) == 1
    assert await store.claim(104, 5, 10) == []
    (again,) = await store.claim(105, 5, 10)
    assert again.tries == 2


async def test_two_couriers_at_once_never_get_the_same_item(store: Store) -> None:
    await saved(store, *(item(f"i{n}") for n in range(6)))
    claims = await asyncio.gather(*(store.claim(100, 5, 4) for _ in range(3)))
    assert sorted(one.id for claim in claims for one in claim) == [f"i{n}" for n in range(6)]


async def test_at_most_the_limit_is_claimed_longest_due_first(store: Store) -> None:
    await saved(store, item("a"), item("b"), item("c"))
    await store.later(ItemId("a"), 90, "mailbox_busy")
    claimed = await store.claim(100, 5, 2)
    assert [one.id for one in claimed] == ["b", "c"]


async def test_a_held_anonymous_item_waits_in_steps_of_ten_minutes(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item(hold_minutes=5))
    due = clock.minutes + 5
    step = -(-due // 10) * 10
    assert await store.claim(step - 1, 5, 10) == []
    assert len(await store.claim(step, 5, 10)) == 1


async def test_a_held_named_item_waits_just_so_long(store: Store, clock: FixedClock) -> None:
    await saved(store, item(hold_minutes=5, anonymous=False))
    assert await store.claim(clock.minutes + 4, 5, 10) == []
    assert len(await store.claim(clock.minutes + 5, 5, 10)) == 1


async def test_an_anonymous_item_put_off_comes_back_in_steps_of_ten_minutes(store: Store) -> None:
    await saved(store, item())
    await store.claim(100, 5, 10)
    await store.later(ONE, 121, "mailbox_busy")
    assert await store.claim(129, 5, 10) == []
    assert (await store.claim(130, 5, 10))[0].tries == 2


async def test_a_named_item_put_off_comes_back_at_its_time(store: Store) -> None:
    await saved(store, item(anonymous=False))
    await store.claim(100, 5, 10)
    await store.later(ONE, 125, "mailbox_busy")
    assert await store.claim(124, 5, 10) == []
    assert (await store.claim(125, 5, 10))[0].tries == 2
    assert await store.states([ONE]) == {ONE: ItemState.LEAVING}


async def test_a_parked_item_is_a_problem_until_an_operator_retries_it(store: Store) -> None:
    await saved(store, item(), item("two"))
    await store.claim(100, 5, 10)
    await store.parked(ONE, "mailbox_refused")
    await store.parked(TWO, "mailbox_refused")
    assert await store.claim(10_000, 5, 10) == []
    assert await store.states([ONE]) == {ONE: ItemState.PROBLEM}
    assert await store.retry_parked("R-nobody", 10_000) == 0
    assert await store.retry_parked("R-one", 10_000) == 1
    assert [one.id for one in await store.claim(10_000, 5, 10)] == [ONE]


async def test_a_delivered_item_is_handed_over_and_never_claimed_again(store: Store) -> None:
    await saved(store, item())
    await store.claim(100, 5, 10)
    await store.delivered(ONE, 101)
    assert await store.states([ONE, TWO]) == {ONE: ItemState.HANDED_OVER}
    await store.later(ONE, 102, "late")
    await store.parked(ONE, "late")
    assert await store.retry_parked("R-one", 102) == 0
    assert await store.claim(10_000, 5, 10) == []


async def test_what_a_wrong_clock_put_off_or_leased_is_due_once_the_clock_is_right(
    store: Store,
) -> None:
    year = 400 * DAY
    await saved(store, item())
    await store.claim(100 + year, 5, 10)
    assert [one.id for one in await store.claim(100, 5, 10)] == [ONE]
    await store.later(ONE, 100 + year + 2, "smtp_451")
    assert [one.id for one in await store.claim(101, 5, 10)] == [ONE]
    await store.later(ONE, 101 + 120, "smtp_451")
    assert await store.claim(101, 5, 10) == []


async def test_what_a_wrong_clock_delivered_is_destroyed_once_the_clock_is_right(
    store: Store,
) -> None:
    await saved(store, item())
    await store.delivered(ONE, 400 * DAY)
    assert await store.erase_delivered(10 * DAY) == 1


async def test_delivered_content_is_destroyed_after_its_time_and_the_state_stays(
    store: Store,
) -> None:
    await saved(store, item(anonymous=False), item("two", anonymous=False))
    await store.delivered(ONE, 3 * DAY)
    assert await store.erase_delivered(3 * DAY) == 0
    assert await store.erase_delivered(3 * DAY + 1) == 1
    assert await store.erase_delivered(9_999_999) == 0
    assert await store.states([ONE, TWO]) == {ONE: ItemState.HANDED_OVER, TWO: ItemState.SAVED}


@pytest.mark.parametrize("anonymous", [True, False])
async def test_of_a_delivery_only_the_day_is_kept(store: Store, *, anonymous: bool) -> None:
    await saved(store, item(anonymous=anonymous))
    await store.delivered(ONE, 10 * DAY + 700)
    assert await store.erase_delivered(10 * DAY) == 0
    assert await store.erase_delivered(10 * DAY + 1) == 1


async def test_undelivered_items_are_never_erased(store: Store) -> None:
    await saved(store, item(), item("two"))
    await store.parked(TWO, "mailbox_refused")
    assert await store.erase_delivered(9_999_999_999) == 0
    await store.lapse(9_999_999_999, "2036-11-21")
    assert len(await store.claim(9_999_999_999, 5, 10)) == 1
    assert await store.states([TWO]) == {TWO: ItemState.PROBLEM}


async def test_the_bare_state_goes_when_no_receipt_can_ask_for_it(store: Store) -> None:
    await saved(store, item())
    await store.delivered(ONE, 5000)
    await store.erase_delivered(9000)
    await store.lapse(0, "2027-05-20")  # 180 days later
    assert ONE in await store.states([ONE])
    await store.lapse(0, "2027-05-21")
    assert await store.states([ONE]) == {}


async def test_no_item_is_forgotten_before_its_content_is_destroyed(store: Store) -> None:
    await saved(store, item())
    await store.delivered(ONE, 5000)
    await store.lapse(0, "2036-11-21")
    assert await store.states([ONE]) == {ONE: ItemState.HANDED_OVER}
    assert await store.erase_delivered(9000) == 1


async def test_what_has_not_left_can_be_withdrawn(store: Store) -> None:
    await saved(store, item(), item("two"))
    await store.parked(TWO, "mailbox_refused")
    back = dict.fromkeys((ONE, TWO), ItemState.WITHDRAWN)
    assert await store.withdraw([ONE, TWO, ItemId("unknown")]) == back
    assert await store.states([ONE, TWO]) == back
    assert await store.withdraw([ONE, TWO]) == back
    assert await store.claim(10_000, 5, 10) == []
    assert await store.retry_parked("R-two", 10_000) == 0


async def test_what_a_courier_holds_cannot_be_withdrawn(store: Store) -> None:
    await saved(store, item())
    await store.claim(100, 5, 10)
    assert await store.withdraw([ONE]) == {ONE: ItemState.LEAVING}
    assert await store.states([ONE]) == {ONE: ItemState.LEAVING}
    await store.later(ONE, 101, "mailbox_busy")
    assert await store.withdraw([ONE]) == {ONE: ItemState.WITHDRAWN}


async def test_a_lease_that_is_over_still_means_that_it_may_have_left(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item())
    await store.claim(clock.minutes, 5, 10)
    clock.pass_(minutes=6)
    assert await store.withdraw([ONE]) == {ONE: ItemState.LEAVING}
    assert [one.id for one in await store.claim(clock.minutes, 5, 10)] == [ONE]


async def test_what_was_handed_over_cannot_be_withdrawn(store: Store) -> None:
    await saved(store, item())
    await store.delivered(ONE, 100)
    assert await store.withdraw([ONE]) == {ONE: ItemState.HANDED_OVER}
    assert await store.erase_delivered(9_999_999) == 1


async def test_what_came_back_says_so_and_goes_again_as_it_was(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item(), item("two", reference="R-one", mailbox="another"))
    first = (await store.claim(clock.minutes, 5, 1))[0]
    await store.delivered(ONE, clock.minutes)
    waits = Kept(TWO, ItemState.SAVED, "another")
    assert await store.kept("R-one") == [waits, Kept(ONE, ItemState.HANDED_OVER, "wirral_police")]
    assert await store.returns([ONE, TWO, ItemId("unknown")]) == {ONE: 0, TWO: 0}
    assert await store.came_back(ONE)
    assert await store.kept("R-one") == [waits, Kept(ONE, ItemState.SAVED, "wirral_police")]
    assert await store.states([ONE]) == {ONE: ItemState.CAME_BACK}
    assert await store.erase_delivered(9_999_999_999) == 0
    claimed = await store.claim(clock.minutes, 5, 10)
    again = next(one for one in claimed if one.id == ONE)
    assert (again.message, again.message_id) == (first.message, first.message_id)
    assert again.tries == 1
    await store.delivered(ONE, clock.minutes)
    assert await store.states([ONE]) == {ONE: ItemState.HANDED_AGAIN}
    assert await store.returns([ONE, TWO]) == {ONE: 1, TWO: 0}
    assert await store.erase_delivered(9_999_999_999) == 1
    assert await store.returns([ONE, TWO]) == {TWO: 0}
    assert await store.states([ONE]) == {ONE: ItemState.HANDED_AGAIN}


async def test_what_came_back_may_have_been_read_and_cannot_be_withdrawn(store: Store) -> None:
    await saved(store, item())
    await store.delivered(ONE, 100)
    await store.came_back(ONE)
    assert await store.withdraw([ONE]) == {ONE: ItemState.CAME_BACK}
    await store.parked(ONE, "smtp_550")
    assert await store.withdraw([ONE]) == {ONE: ItemState.PROBLEM}


async def test_only_what_was_handed_over_and_is_still_kept_can_come_back(store: Store) -> None:
    await saved(store, item(), item("two"), item("three"))
    assert not await store.came_back(ONE)
    await store.delivered(TWO, 100)
    await store.erase_delivered(9_999_999)
    assert await store.kept("R-two") == []
    assert await store.kept("") == []
    assert not await store.came_back(TWO)
    assert not await store.came_back(ItemId("unknown"))
    assert (await store.counts()).items == {"saved": 2, "handed_over": 1}


def two_copies(name: str = "one", **changes: object) -> NewItem:
    other = OtherCopy("wirral_police_second", b"the same mail, sealed to the second")
    return item(name, other=other, **changes)


async def test_an_item_passed_on_goes_to_its_other_mailbox_under_its_message_id(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, two_copies())
    (first,) = await store.claim(clock.minutes, 5, 10)
    assert (first.mailbox, first.other, first.passed) == (
        "wirral_police",
        "wirral_police_second",
        False,
    )
    assert await store.pass_on(ONE, "smtp_451")
    assert await store.states([ONE]) == {ONE: ItemState.LATE}
    (second,) = await store.claim(clock.minutes, 5, 10)
    assert (second.mailbox, second.other, second.passed) == (
        "wirral_police_second",
        "wirral_police",
        True,
    )
    assert second.message == b"the same mail, sealed to the second"
    assert (second.message_id, second.reference, second.tries) == (first.message_id, "R-one", 1)
    assert await store.pass_on(ONE, "smtp_451")
    assert (await store.claim(clock.minutes, 5, 10))[0].message == first.message


async def test_an_item_without_another_copy_cannot_be_passed_on(store: Store) -> None:
    await saved(store, item(), two_copies("two"))
    assert not await store.pass_on(ONE, "smtp_451")
    assert not await store.pass_on(ItemId("unknown"), "smtp_451")
    await store.delivered(TWO, 100)
    assert not await store.pass_on(TWO, "smtp_451")
    assert await store.kept("R-two") == [
        Kept(TWO, ItemState.HANDED_OVER, "wirral_police", "wirral_police_second")
    ]
    assert await store.states([ONE]) == {ONE: ItemState.SAVED}


async def test_what_came_back_goes_to_the_other_mailbox_if_told_so(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, two_copies())
    await store.delivered(ONE, clock.minutes)
    assert await store.came_back(ONE, to_other=True)
    (again,) = await store.claim(clock.minutes, 5, 10)
    assert (again.mailbox, again.other) == ("wirral_police_second", "wirral_police")
    assert again.message_id == "<one@bot.example>"
    assert await store.withdraw([ONE]) == {ONE: ItemState.LEAVING}


async def test_what_was_passed_on_has_not_been_accepted_and_can_be_withdrawn(
    store: Store,
) -> None:
    await saved(store, two_copies())
    await store.pass_on(ONE, "smtp_451")
    assert await store.withdraw([ONE]) == {ONE: ItemState.WITHDRAWN}
    assert not await store.pass_on(ONE, "smtp_451")


async def test_a_withdrawn_item_is_not_delivered_after_all(store: Store) -> None:
    await saved(store, item())
    await store.withdraw([ONE])
    await store.delivered(ONE, 100)
    assert await store.states([ONE]) == {ONE: ItemState.WITHDRAWN}


async def test_an_item_that_could_not_be_delivered_for_long_is_late(store: Store) -> None:
    await saved(store, item(anonymous=False))
    for tries in range(1, LATE_TRIES + 1):
        await store.claim(100 * tries, 5, 10)
        await store.later(ONE, 100 * tries + 1, "mailbox_busy")
        state = ItemState.LATE if tries == LATE_TRIES else ItemState.SAVED
        assert await store.states([ONE]) == {ONE: state}
    await store.claim(100_000, 5, 10)
    assert await store.states([ONE]) == {ONE: ItemState.LEAVING}
    assert (await store.counts()).items == {"saved": 1}  # the outbox itself knows no lateness
    await store.delivered(ONE, 100_000)
    assert await store.states([ONE]) == {ONE: ItemState.HANDED_OVER}


async def test_an_item_that_must_not_go_now_is_late_at_once(store: Store) -> None:
    await saved(store, item())
    await store.later(ONE, 100, "mailbox_closed")
    assert await store.states([ONE]) == {ONE: ItemState.LATE}
    assert await store.withdraw([ONE]) == {ONE: ItemState.WITHDRAWN}


async def test_an_item_that_nobody_tried_is_late_after_two_days(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item())
    clock.pass_(days=1)
    assert await store.states([ONE]) == {ONE: ItemState.SAVED}
    clock.pass_(days=1)
    assert await store.states([ONE]) == {ONE: ItemState.LATE}


async def test_what_is_kept_is_counted_by_its_age_until_it_is_destroyed(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item(), item("two", day="2026-11-19"), item("three", day="2026-11-19"))
    await store.take_in([(ANN, 1, b"input")])
    await store.delivered(ItemId("two"), clock.minutes)
    assert (await store.counts()).kept == {
        "handed_over": {0: 1},  # since then, whenever it was saved
        "inbox": {0: 1},
        "saved": {0: 1, 2: 1},
    }
    await store.erase_delivered(9_999_999_999)
    assert "handed_over" not in (await store.counts()).kept


async def test_a_test_of_the_way_is_counted_apart_and_forgotten_whatever_became_of_it(
    store: Store, clock: FixedClock
) -> None:
    names = [ItemId(name) for name in ("waits", "arrived", "parked")]
    await saved(store, *(item(name, canary=True, day="2026-11-19") for name in names), item())
    await store.delivered(names[1], clock.minutes)
    await store.parked(names[2], "smtp_550")
    counts = await store.counts()
    assert (counts.items, counts.canaries) == ({"saved": 1}, 3)
    assert counts.oldest_waiting_day == item().day
    assert counts.kept == {"saved": {0: 1}}
    await store.forget_canaries([*names, ONE, ItemId("unknown")])
    assert await store.states([*names, ONE]) == {ONE: ItemState.SAVED}
    assert [one.id for one in await store.claim(clock.minutes, 5, 10)] == [ONE]
    assert (await store.counts()).canaries == 0


async def test_a_test_that_its_program_left_is_forgotten_another_day(
    store: Store, clock: FixedClock
) -> None:
    await saved(store, item("one", canary=True), item("two"))
    await store.lapse(clock.minutes, "2026-11-22")
    assert (await store.counts()).canaries == 1, "somebody may be waiting for it past midnight"
    await store.lapse(clock.minutes, "2026-11-23")
    assert await store.states([ONE, TWO]) == {TWO: ItemState.SAVED}


async def test_of_drafts_and_codes_it_is_counted_when_they_go(store: Store) -> None:
    days = ("2027-02-19", "2026-11-22", "2027-02-19")
    codes = tuple(NewCode(bytes([n]), b"sealed", day) for n, day in enumerate(days))
    noon = int(datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()) // 60
    await store.commit(Commit(ANN, 0, b"s", lapses=noon, codes=codes))
    await store.commit(Commit(BEN, 0, b"s", lapses=noon + 12 * 60))
    assert (await store.counts()).until == {
        "codes": {"2026-11-22": 1, "2027-02-19": 2},
        "sessions": {"2026-11-22": 1, "2026-11-23": 1},
    }


async def test_counts_say_what_exists_and_no_more(store: Store) -> None:
    assert await store.counts() == Counts()
    kept = NewCode(b"tag", b"sealed", "2027-02-19")
    items = (item(day="2026-11-20"), item("two"), item("three", day="2026-11-19"), item("four"))
    await store.commit(Commit(ANN, 0, b"s", codes=(kept,), items=items))
    await store.take_in([(ANN, 1, b"a"), (BEN, 1, b"b")])
    await store.delivered(ItemId("three"), 100)
    await store.parked(ItemId("four"), "mailbox_refused")
    counts = await store.counts()
    assert (counts.sessions, counts.inbox, counts.codes) == (1, 2, 1)
    assert counts.items == {"saved": 2, "handed_over": 1, "problem": 1}
    assert counts.oldest_waiting_day == "2026-11-20"
