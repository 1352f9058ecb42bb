from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters import system
from bot.adapters.system import RandomIds, SystemClock
from bot.core.receipts import make_code, read_code
from bot.errors import SettingsError


def test_the_clock_tells_london_time() -> None:
    now = SystemClock().now()
    assert str(now.tzinfo) == "Europe/London"
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_machine_without_time_zones_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_: str) -> None:
        raise zoneinfo.ZoneInfoNotFoundError

    monkeypatch.setattr(system, "ZoneInfo", unknown)
    with pytest.raises(SettingsError, match="tzdata"):
        SystemClock()


def test_ids_are_long_and_never_the_same() -> None:
    ids = RandomIds()
    assert len({ids.token() for _ in range(100)}) == 100
    assert all(len(ids.token()) == 32 for _ in range(5))
    assert len({ids.code_bits() for _ in range(100)}) == 100


def test_a_reference_is_never_taken_for_a_code() -> None:
    references = {RandomIds().reference() for _ in range(100)}
    assert len(references) == 100
    assert all(read_code(reference) is None for reference in references)
    assert read_code(make_code(RandomIds().code_bits())) is not None
