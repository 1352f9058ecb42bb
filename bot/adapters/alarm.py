"""Tells the operator that something needs a person: a code in the log, and in live mode a mail.

An alarm holds a code and a count. It never says what was reported, by whom, or to whom.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from bot.core.mail import message_id
from bot.core.routing import Mode
from bot.errors import DeliveryError
from bot.ports import Clock, Ids, Mailer

QUIET_MINUTES: Final = 60  # between two mails about the same code
_log: Final = logging.getLogger(__name__)  # under "bot": codes only (logs.py)


class Alarm:
    """`alarm(code)` returns at once. `mail_to` empty, or training: the log alone.

    A notice that cannot be mailed is logged and tried again with the next alarm of its code.
    """

    def __init__(
        self, mailer: Mailer, mail_to: str, mail_from: str, mode: Mode, clock: Clock, ids: Ids
    ) -> None:
        self._mailer = mailer
        self._mail_to = mail_to if mode is Mode.LIVE else ""
        self._mail_from = mail_from
        self._clock = clock
        self._ids = ids
        self._unsaid: dict[str, int] = {}  # code -> alarms since the last mail about it
        self._mailed: dict[str, int] = {}  # code -> minute of the last mail
        self._posting: set[asyncio.Task[None]] = set()

    def __call__(self, code: str) -> None:
        """Log the code; mail it unless a mail about it went out in the last hour."""
        _log.error(code)
        if not self._mail_to:
            return
        self._unsaid[code] = self._unsaid.get(code, 0) + 1
        now = self._minutes()
        if now - self._mailed.get(code, now - QUIET_MINUTES) < QUIET_MINUTES:
            return
        self._mailed[code] = now
        task = asyncio.get_running_loop().create_task(self._post(code, self._unsaid.pop(code)))
        self._posting.add(task)
        task.add_done_callback(self._posting.discard)

    async def settle(self) -> None:
        """Wait until every notice on its way has gone or failed; for an orderly end."""
        await asyncio.gather(*self._posting)

    async def _post(self, code: str, times: int) -> None:
        try:
            await self._mailer.send(self._mail_to, self._notice(code, times))
        except DeliveryError as fault:
            _log.error(f"alarm_not_mailed_{fault.code}")
            self._mailed.pop(code, None)
            self._unsaid[code] = self._unsaid.get(code, 0) + times

    def _notice(self, code: str, times: int) -> bytes:
        message = EmailMessage(policy=SMTP)
        message["From"] = self._mail_from
        message["To"] = self._mail_to
        message["Subject"] = "Safeguarding bot: something needs you"
        # The day alone: a finer time could be laid beside the hour of an anonymous report.
        today = self._clock.now().date()
        message["Date"] = datetime(today.year, today.month, today.day, 12, tzinfo=UTC)
        message["Message-ID"] = message_id(self._ids.token(), self._mail_from)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(
            f"Code: {code}\n"
            f"Times since the last notice: {times}\n\n"
            "Please look at the bot: python -m bot outbox, then python -m bot doctor.\n"
            "This notice never says what was reported. "
            "There will be no other about this code for an hour.\n"
        )
        return message.as_bytes()

    def _minutes(self) -> int:
        return int(self._clock.now().timestamp() // 60)
