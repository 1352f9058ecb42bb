from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.adapters import codes
from bot.adapters.codes import SLOW, Cost, SlowCodes
from bot.core.receipts import make_code
from bot.errors import SealingError
from tests.fakes.codes import CHEAP

SALT = b"s" * 32
CODE = make_code(b"0123456789")
OTHER = make_code(b"9876543210")


@pytest.fixture
def slow() -> Iterator[SlowCodes]:
    made = SlowCodes(SALT, CHEAP)
    yield made
    made.close()


async def test_a_code_opens_what_was_kept_under_it(slow: SlowCodes) -> None:
    kept = await slow.keep(CODE, b"which items", "2027-02-19")
    tag, opener = await slow.open(CODE)
    assert kept.tag == tag
    assert kept.erase_on == "2027-02-19"
    assert opener(kept.sealed) == b"which items"


async def test_a_code_typed_in_any_way_gives_the_same_tag(slow: SlowCodes) -> None:
    tag, _ = await slow.open(CODE)
    assert (await slow.open(CODE.lower().replace("-", " ")))[0] == tag


async def test_another_code_has_another_tag_and_opens_nothing(slow: SlowCodes) -> None:
    kept = await slow.keep(CODE, b"which items", "2027-02-19")
    tag, opener = await slow.open(OTHER)
    assert tag != kept.tag
    with pytest.raises(SealingError):
        opener(kept.sealed)


async def test_neither_tag_nor_sealed_content_gives_the_code(slow: SlowCodes) -> None:
    kept = await slow.keep(CODE, CODE.encode(), "2027-02-19")
    assert CODE.encode() not in kept.tag + kept.sealed
    assert len(kept.tag) == 32


async def test_another_installation_gives_another_tag(slow: SlowCodes) -> None:
    elsewhere = SlowCodes(b"t" * 32, CHEAP)
    assert (await elsewhere.open(CODE))[0] != (await slow.open(CODE))[0]
    elsewhere.close()


def test_the_programs_own_cost_is_the_slow_one() -> None:
    assert Cost(memory=65536, passes=3, lanes=4) == SLOW
    assert SlowCodes(SALT)._cost is SLOW


class Counted:
    """Stands in for the hash: counts how many run, and at once."""

    def __init__(self, gate: threading.Event) -> None:
        self.gate = gate
        self.now = self.most = self.all = 0

    def __call__(self, **_: object) -> Counted:
        return self

    def derive(self, code: bytes) -> bytes:
        self.now += 1
        self.all += 1
        self.most = max(self.most, self.now)
        self.gate.wait(5)
        self.now -= 1
        return code.ljust(32)[:32]


async def test_one_hash_runs_at_a_time_even_when_the_asker_has_left(
    slow: SlowCodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    counted = Counted(gate)
    monkeypatch.setattr(codes, "Argon2id", counted)
    asking = [asyncio.create_task(slow.open(CODE)) for _ in range(4)]
    await asyncio.sleep(0)
    asking[0].cancel()
    asking[3].cancel()
    gate.set()
    await asyncio.gather(*asking, return_exceptions=True)
    await slow.open(CODE)
    assert counted.most == 1
    assert counted.all >= 3


async def test_right_wrong_and_malformed_codes_cost_the_same_work(
    slow: SlowCodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = threading.Event()
    gate.set()
    counted = Counted(gate)
    monkeypatch.setattr(codes, "Argon2id", counted)
    for asked in (CODE, OTHER, "no code at all", ""):
        before = counted.all
        await slow.open(asked)
        assert counted.all == before + 1
