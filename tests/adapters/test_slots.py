from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.slots import AT_FIRST, FILE, Slots
from bot.errors import SealingError, StoreUnavailable


@pytest.fixture
def slots(tmp_path: Path) -> Slots:
    made = Slots(tmp_path)
    made.make()
    return made


def test_every_slot_holds_a_secret_of_its_own_before_anything_takes_it(slots: Slots) -> None:
    assert slots.room() == AT_FIRST
    assert len({slots.secret(slot) for slot in range(AT_FIRST)}) == AT_FIRST


def test_the_file_is_the_owners_alone(slots: Slots, tmp_path: Path) -> None:
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_making_it_again_changes_nothing(slots: Slots, tmp_path: Path) -> None:
    before = (tmp_path / FILE).read_bytes()
    Slots(tmp_path).make()
    assert (tmp_path / FILE).read_bytes() == before


def test_a_slot_that_is_filled_anew_is_gone_from_the_file_and_no_other_is(
    slots: Slots, tmp_path: Path
) -> None:
    before = [slots.secret(slot) for slot in range(AT_FIRST)]
    slots.refill([3, 17])
    after = [slots.secret(slot) for slot in range(AT_FIRST)]
    assert [n for n in range(AT_FIRST) if before[n] != after[n]] == [3, 17]
    raw = (tmp_path / FILE).read_bytes()
    assert before[3] not in raw
    assert before[17] not in raw


def test_growing_keeps_what_there_is(slots: Slots) -> None:
    before = [slots.secret(slot) for slot in (0, AT_FIRST - 1)]
    slots.grow()
    assert slots.room() == 2 * AT_FIRST
    assert [slots.secret(slot) for slot in (0, AT_FIRST - 1)] == before
    assert slots.secret(2 * AT_FIRST - 1) not in before


def test_a_slot_that_is_not_there_opens_nothing_and_is_not_made(slots: Slots) -> None:
    with pytest.raises(SealingError, match="no_slot"):
        slots.secret(AT_FIRST)
    slots.refill([AT_FIRST + 5])
    assert slots.room() == AT_FIRST


def test_a_file_that_is_away_is_a_fault_and_is_never_replaced_by_use(
    slots: Slots, tmp_path: Path
) -> None:
    (tmp_path / FILE).rename(tmp_path / "away")
    for use in (slots.room, slots.grow, lambda: slots.secret(1), lambda: slots.refill([1])):
        with pytest.raises(StoreUnavailable, match="slots_unavailable"):
            use()
    assert [path.name for path in tmp_path.iterdir()] == ["away"]


def test_a_folder_that_cannot_take_the_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="slots_unavailable"):
        Slots(tmp_path / "no folder").make()


def test_two_programs_that_make_it_at_once_have_one_file(
    slots: Slots, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (tmp_path / FILE).read_bytes()
    monkeypatch.setattr(Path, "exists", lambda _: False)  # the other was quicker
    Slots(tmp_path).make()
    assert (tmp_path / FILE).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
