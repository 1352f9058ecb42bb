"""The courier: takes what is due from the outbox to the mailboxes, and never loses one quietly.

At least once: a mail may arrive twice under one Message-ID, never under two. An item claimed and
not finished (a crash, a cancelled task) is due again when its lease ends. A mail whose mailbox
refuses it, or has been down for too long, goes to the desk's second mailbox, if it has one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Final, assert_never

from bot.core.routing import SECOND_AFTER, Mailbox, Mode
from bot.core.standing import LATE_TRIES
from bot.errors import BotError, MailboxRefused, MailboxUnavailable
from bot.ports import Clock, Mailer, Outbox, OutboxItem, Sleep
from bot.service.rulings import (
    GIVE_UP_DAYS,
    Hold,
    Never,
    Send,
    Verdict,
    tried_for,
    verdict,
    wait_after,
)
from bot.service.waiting import first_of

LEASE_MINUTES: Final = 5  # longer than a mailer's deadline for one mail
POLL_SECONDS: Final = 30.0
HOLD_MINUTES: Final = 15  # between two looks at an item that must not go


class Courier:
    """Delivers outbox items one after another. `alarm` gets codes only, never content."""

    def __init__(
        self,
        outbox: Outbox,
        mailer: Mailer,
        mailboxes: Mapping[str, Mailbox],
        mode: Mode,
        clock: Clock,
        alarm: Callable[[str], None],
    ) -> None:
        self._outbox = outbox
        self._mailer = mailer
        self._mailboxes = mailboxes
        self._mode = mode
        self._clock = clock
        self._alarm = alarm

    async def run(self, stop: asyncio.Event, wake: asyncio.Event, sleep: Sleep) -> None:
        """Deliver until `stop` is set: at once, whenever `wake` is set, and every POLL_SECONDS.

        A fault of the store or of a part never ends it; it alarms and tries again later.
        """
        while not stop.is_set():
            wake.clear()
            try:
                while not stop.is_set() and await self._deliver_next() is not None:
                    pass
            except BotError as error:
                self._alarm(error.code)
            except Exception:  # noqa: BLE001 - whatever it was, the other reports must still go
                self._alarm("courier_fault")
            await first_of(stop.wait(), wake.wait(), sleep(POLL_SECONDS))

    async def deliver_due(self) -> int:
        """Try everything that is due now, once; how many mailboxes accepted their mail."""
        handed_over = 0
        while (accepted := await self._deliver_next()) is not None:
            handed_over += accepted
        return handed_over

    async def _deliver_next(self) -> bool | None:
        """Whether the next due item was accepted; None when nothing is due.

        One claim at a time, so that a lease never runs out while others are being sent.
        """
        claimed = await self._outbox.claim(self._minutes(), LEASE_MINUTES, 1)
        if not claimed:
            return None
        item = claimed[0]
        ruling = self._ruling(item)
        match ruling:
            case Send():
                return await self._send(item, ruling.recipient)
            case Hold() if await self._passed_on(item, ruling.code):
                pass
            case Hold():
                self._alarm(ruling.code)
                await self._outbox.later(item.id, self._minutes() + HOLD_MINUTES, ruling.code)
            case Never():
                await self._park(item, ruling.code)
            case _:
                assert_never(ruling)
        return False

    async def _send(self, item: OutboxItem, recipient: str) -> bool:
        try:
            await self._mailer.send(recipient, item.message)
        except MailboxRefused as refused:  # for good: the other mailbox is asked at once, once
            if item.passed or not await self._passed_on(item, refused.code):
                await self._park(item, refused.code)
        except MailboxUnavailable as fault:
            await self._postpone(item, fault.code)
        except Exception:  # noqa: BLE001 - a mail nobody can send must not stop those behind it
            await self._postpone(item, "mailer_fault")
        else:
            await self._outbox.delivered(item.id, self._minutes())
            return True
        return False

    async def _postpone(self, item: OutboxItem, code: str) -> None:
        days = (self._clock.now().date() - date.fromisoformat(item.day)).days
        wait = wait_after(item.tries, days)
        if wait is None or (item.passed and days > GIVE_UP_DAYS):
            await self._park(item, code)
            return
        if item.other:
            left = self._patience(item.mailbox) - tried_for(item.tries)
            if left <= 0 and await self._passed_on(item, code):
                return
            wait = min(wait, left) if left > 0 else wait
        await self._outbox.later(item.id, self._minutes() + wait, code)
        if item.tries >= LATE_TRIES:
            self._alarm(f"late_{code}")

    async def _passed_on(self, item: OutboxItem, code: str) -> bool:
        """Whether it goes to the other mailbox of its desk from now on, because it may."""
        if not item.other or not isinstance(self._ruling(replace(item, mailbox=item.other)), Send):
            return False
        self._alarm(f"second_{code}")
        return await self._outbox.pass_on(item.id, code)

    def _ruling(self, item: OutboxItem) -> Verdict:
        return verdict(item, self._mailboxes, self._mode, self._clock.now().date())

    def _patience(self, mailbox: str) -> int:
        """For how many minutes this mailbox may be down before the other is tried."""
        known = self._mailboxes.get(mailbox)
        return known.second_after if known else SECOND_AFTER

    async def _park(self, item: OutboxItem, code: str) -> None:
        self._alarm(f"parked_{code}")  # first, so that it is heard even if the store fails now
        await self._outbox.parked(item.id, code)

    def _minutes(self) -> int:
        return int(self._clock.now().timestamp() // 60)
