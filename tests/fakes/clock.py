"""A clock that stands still until it is moved, and ids that count."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LONDON: Final = ZoneInfo("Europe/London")
START: Final = datetime(2026, 11, 21, 14, 7, tzinfo=LONDON)


class FixedClock:
    """`ports.Clock`; moved by `set` and `pass_`."""

    def __init__(self, moment: datetime = START) -> None:
        self._moment = moment

    def now(self) -> datetime:
        return self._moment

    @property
    def minutes(self) -> int:
        """Minutes since 1970, UTC."""
        return int(self._moment.timestamp() // 60)

    def set(self, moment: datetime) -> None:
        self._moment = moment

    def pass_(self, **span: float) -> None:
        """`clock.pass_(hours=2)`: real hours, also across a change of the clocks."""
        moment = self._moment.astimezone(ZoneInfo("UTC")) + timedelta(**span)
        self._moment = moment.astimezone(LONDON)


class CountingIds:
    """`ports.Ids`: the same row of ids in every run."""

    def __init__(self) -> None:
        self._count = 0

    def token(self) -> str:
        return f"{self._next():032x}"

    def reference(self) -> str:
        return f"R-0000-0000-{self._next():04d}"

    def code_bits(self) -> bytes:
        return self._next().to_bytes(10)

    def _next(self) -> int:
        self._count += 1
        return self._count
