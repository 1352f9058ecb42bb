from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.adapters.keyring import Keyring, open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.core.turn import ItemState
from bot.errors import StoreUnavailable
from bot.ports import Commit, ItemId, NewCode, NewItem, PersonKey
from bot.service.retention import Retention, Swept
from tests.fakes.clock import FixedClock
from tests.fakes.store import MemoryStore

ANN, ITEM = PersonKey("ann"), ItemId("one")


@dataclass
class House:
    clock: FixedClock
    keys: Path
    keyring: Keyring
    store: SqliteStore
    retention: Retention

    def key_days(self) -> list[str]:
        return sorted(p.stem.removeprefix("session-") for p in self.keys.glob("session-*"))


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    clock, keys = FixedClock(), tmp_path / "keys"
    keyring = open_keyring(keys)
    async with open_store(tmp_path / "data" / "bot.sqlite", keyring, clock) as store:
        yield House(clock, keys, keyring, store, Retention(store, store, keyring, clock))


def mail(*, anonymous: bool) -> NewItem:
    return NewItem(
        id=ITEM,
        reference="R-one",
        route="wirral_intelligence",
        mailbox="wirral_police",
        message_id="<one@bot.example>",
        message=b"mail",
        day="2026-11-21",
        training=True,
        anonymous=anonymous,
    )


async def test_a_sweep_of_nothing_makes_todays_key_and_erases_nothing(house: House) -> None:
    assert await house.retention.sweep() == Swept()
    assert house.key_days() == ["2026-11-21"]


async def test_drafts_go_at_their_time(house: House) -> None:
    await house.store.commit(Commit(ANN, 0, b"draft", lapses=house.clock.minutes + 30))
    house.clock.pass_(minutes=30)
    assert (await house.retention.sweep()).sessions_and_codes == 0
    house.clock.pass_(minutes=30)
    assert (await house.retention.sweep()).sessions_and_codes == 1
    assert await house.store.load(ANN) is None


async def test_codes_go_on_their_day(house: House) -> None:
    kept = NewCode(b"tag", b"sealed", "2026-11-22")
    await house.store.commit(Commit(ANN, 0, None, codes=(kept,)))
    assert (await house.retention.sweep()).sessions_and_codes == 0
    house.clock.pass_(days=1)
    assert (await house.retention.sweep()).sessions_and_codes == 1
    assert (await house.retention.counts()).codes == 0


async def test_a_draft_can_be_opened_for_all_of_its_hours_and_its_key_goes_after(
    house: House,
) -> None:
    house.clock.set(house.clock.now().replace(hour=23, minute=59))
    await house.store.commit(Commit(ANN, 0, b"draft", lapses=house.clock.minutes + 24 * 60))
    house.clock.pass_(hours=24)
    await house.retention.sweep()
    assert await house.store.load(ANN) is not None
    house.clock.pass_(days=1)
    assert (await house.retention.sweep()).keys == 0
    house.clock.pass_(days=1)
    assert (await house.retention.sweep()).keys == 1
    assert "2026-11-21" not in house.key_days()


@pytest.mark.parametrize(("hours", "days"), [(1, 2), (24, 2), (25, 3), (72, 4)])
async def test_keys_live_the_draft_hours_in_days_and_one_more(
    house: House, hours: int, days: int
) -> None:
    retention = Retention(house.store, house.store, house.keyring, house.clock, hours)
    await retention.sweep()
    house.clock.pass_(days=days)
    assert (await retention.sweep()).keys == 0
    house.clock.pass_(days=1)
    assert (await retention.sweep()).keys == 1


@pytest.mark.parametrize("anonymous", [True, False])
async def test_delivered_mail_goes_within_its_hours(house: House, *, anonymous: bool) -> None:
    await house.store.commit(Commit(ANN, 0, None, items=(mail(anonymous=anonymous),)))
    await house.store.delivered(ITEM, house.clock.minutes)
    house.clock.pass_(hours=46)
    assert (await house.retention.sweep()).delivered == 0
    house.clock.pass_(hours=25, minutes=50)  # ten minutes before the promise, a sweep's distance
    assert (await house.retention.sweep()).delivered == 1
    assert await house.store.states([ITEM]) == {ITEM: ItemState.HANDED_OVER}


async def test_undelivered_mail_is_never_erased(house: House) -> None:
    await house.store.commit(Commit(ANN, 0, None, items=(mail(anonymous=True),)))
    house.clock.pass_(days=400)
    assert (await house.retention.sweep()).delivered == 0
    (claimed,) = await house.store.claim(house.clock.minutes, 5, 10)
    assert claimed.message == b"mail"


async def test_inputs_whose_key_is_gone_go_too(house: House) -> None:
    await house.store.take_in([(ANN, 1, b"input")])
    house.clock.pass_(days=3)
    await house.retention.sweep()
    assert (await house.retention.counts()).inbox == 0


async def test_keys_are_destroyed_even_when_the_database_is_away(tmp_path: Path) -> None:
    clock, store = FixedClock(), MemoryStore(FixedClock())
    keyring = open_keyring(tmp_path / "keys")
    keyring.session_key(clock.now().date())
    clock.pass_(days=9)
    store.broken = "database_locked"
    with pytest.raises(StoreUnavailable):
        await Retention(store, store, keyring, clock).sweep()
    assert [p.stem for p in (tmp_path / "keys").glob("session-*")] == ["session-2026-11-30"]
