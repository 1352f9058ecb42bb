"""Slowing down, never refusing: a child's report must get through a flood, and 999 is not ours
to slow (channels answer it before any of this).
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from bot.ports import Clock, PersonKey, Sleep

INPUTS: Final = (40, 60)  # so many inputs a minute at full speed
REPORTS: Final = (3, 3600)  # so many reports an hour at once; later ones wait and are marked
WRONG_CODES: Final = (5, 3600)  # so many wrong codes an hour before tries slow down
WRONG_CODES_ALL: Final = (60, 3600)  # of everybody together
HOLD_MINUTES: Final = 10
MOST: Final = 10_000  # people remembered; the longest silent are forgotten first
SLOWEST: Final = 8.0


class _Bucket:
    """Tokens that fill up again evenly; below zero it says by how much."""

    __slots__ = ("at", "tokens")

    def __init__(self, size: float, at: float) -> None:
        self.tokens = size
        self.at = at

    def take(self, limit: tuple[int, int], now: float) -> float:
        """Take one; how many are missing afterwards (0 when none)."""
        size, seconds = limit
        passed = max(0.0, now - self.at)  # a clock that was put back owes nobody anything
        self.tokens = min(size, self.tokens + passed * size / seconds) - 1
        self.tokens = max(self.tokens, -float(size))
        self.at = now
        return max(0.0, -self.tokens)


class Limits:
    """Token buckets in memory, by person key; a restart forgets them, which harms nobody."""

    def __init__(self, clock: Clock, sleep: Sleep) -> None:
        self._clock = clock
        self._sleep = sleep
        self._buckets: OrderedDict[tuple[str, PersonKey], _Bucket] = OrderedDict()

    def _missing(self, what: str, person: PersonKey, limit: tuple[int, int]) -> float:
        now = self._clock.now().timestamp()
        key = (what, person)
        bucket = self._buckets.pop(key, None) or _Bucket(limit[0], now)
        self._buckets[key] = bucket
        if len(self._buckets) > MOST:
            self._buckets.popitem(last=False)
        return bucket.take(limit, now)

    async def slow_inputs(self, person: PersonKey) -> None:
        """Wait a little when one person sends very fast; others are not held up."""
        missing = self._missing("input", person, INPUTS)
        if missing:
            await self._sleep(min(SLOWEST, missing / 4))

    def hold_report(self, person: PersonKey) -> int:
        """Minutes a report waits before it is first handed over; 0 for all but a burst."""
        missing = self._missing("report", person, REPORTS)
        return int(HOLD_MINUTES * -(-missing // 1)) if missing else 0

    async def slow_code(self, person: PersonKey) -> None:
        """The wait before a code is looked at; the same whether it will be right or wrong."""
        await self._sleep(min(SLOWEST, self._owed(person)))

    def wrong_code(self, person: PersonKey) -> None:
        """Remember that a code opened nothing."""
        self._missing("code", person, WRONG_CODES)
        self._missing("codes", PersonKey(""), WRONG_CODES_ALL)

    def _owed(self, person: PersonKey) -> float:
        own = self._buckets.get(("code", person))
        everyone = self._buckets.get(("codes", PersonKey("")))
        owed = 0.0
        for bucket in (own, everyone):
            if bucket is not None and bucket.tokens < 1:
                owed += 1 - bucket.tokens
        return owed
