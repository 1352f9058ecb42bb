"""What must go, goes: sessions and codes past their time, session keys past their day, mail that
arrived. What has not been delivered is never erased here.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

from bot.core.catalogue import Catalogue
from bot.errors import BotError
from bot.ports import Clock, Counts, Outbox, SessionStore

DELIVERED_HOURS: Final = 71  # a relay, not an archive: gone within 72, and a sweep may be late
SWEEP_SECONDS: Final = 600.0
_DAY_HOURS: Final = 24


class SessionKeys(Protocol):
    """The part of the keyring that turns with the days."""

    def rotate(self, today: date, keep_days: int) -> int:
        """Have today's session key, destroy those more than `keep_days` old; how many went."""
        ...


class Today(Protocol):
    """The content as it stands today."""

    @property
    def today(self) -> str:
        """The day on which it was last looked which routes are closed, YYYY-MM-DD."""
        ...

    def find(self, edition: str) -> Catalogue:
        """The newest edition, when the name is empty."""
        ...


@dataclass(frozen=True, slots=True)
class Swept:
    """How much one sweep destroyed."""

    keys: int = 0
    sessions_and_codes: int = 0
    delivered: int = 0


class Retention:
    """Sweeps when it is told to; the composition root tells it, at the start and then hourly or
    more often. `draft_hours` is BOT_DRAFT_HOURS: how long a draft may rest.
    """

    def __init__(
        self,
        store: SessionStore,
        outbox: Outbox,
        keyring: SessionKeys,
        clock: Clock,
        draft_hours: int = 24,
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._keyring = keyring
        self._clock = clock
        self._keep_days = -(-draft_hours // _DAY_HOURS) + 1

    async def sweep(self) -> Swept:
        """Destroy what is past its time. Keys first: they need no database. Raises KeyringError
        or StoreUnavailable; the next sweep does what this one could not.
        """
        moment = self._clock.now()
        now, today = int(moment.timestamp()) // 60, moment.date()
        keys = self._keyring.rotate(today, self._keep_days)
        lapsed = await self._store.lapse(now, today.isoformat())
        delivered = await self._outbox.erase_delivered(now - DELIVERED_HOURS * 60)
        return Swept(keys, lapsed, delivered)

    async def counts(self) -> Counts:
        """What exists now, in counts only."""
        return await self._outbox.counts()


async def sweep_until(
    stop: asyncio.Event, retention: Retention, today: Today, alarm: Callable[[str], None]
) -> None:
    """Forget what is past its time, now and every ten minutes; once a day, tell the operator if a
    verification has lapsed and closed a route.
    """
    told = ""
    while not stop.is_set():
        try:
            await retention.sweep()
        except BotError as error:
            alarm(error.code)
        except Exception:  # noqa: BLE001 - one failed sweep must not end all later ones
            alarm("sweep_fault")
        if today.find("").closed and told != today.today:
            told = today.today
            alarm("route_closed")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), SWEEP_SECONDS)
