from __future__ import annotations

import logging
from email import message_from_bytes
from email.policy import default

import pytest

from bot.adapters.alarm import Alarm
from bot.core.routing import Mode
from bot.errors import MailboxUnavailable
from tests.fakes.clock import CountingIds, FixedClock
from tests.fakes.mailer import RecordingMailer

OPERATOR, FROM = "operator@council.example", "bot@reports.example"


class Desk:
    """An alarm, the mailer it uses and its clock."""

    def __init__(self, mode: Mode = Mode.LIVE, mail_to: str = OPERATOR) -> None:
        self.mailer, self.clock = RecordingMailer(mode), FixedClock()
        self.alarm = Alarm(self.mailer, mail_to, FROM, mode, self.clock, CountingIds())

    async def ring(self, code: str) -> None:
        self.alarm(code)
        await self.alarm.settle()

    @property
    def bodies(self) -> list[str]:
        return [
            str(message_from_bytes(raw, policy=default).get_content()).replace("\r\n", "\n")
            for _, raw in self.mailer.sent
        ]


async def test_an_alarm_is_logged_and_mailed_and_holds_a_code_and_a_count(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    await desk.ring("parked_smtp_550")
    assert [record.getMessage() for record in caplog.records] == ["parked_smtp_550"]
    [(recipient, raw)] = desk.mailer.sent
    assert recipient == OPERATOR
    message = message_from_bytes(raw, policy=default)
    assert {name: str(message[name]) for name in ("From", "To", "Subject", "Date")} == {
        "From": FROM,
        "To": OPERATOR,
        "Subject": "Safeguarding bot: something needs you",
        "Date": "Sat, 21 Nov 2026 12:00:00 +0000",
    }
    assert message["Message-ID"] == f"<{1:032x}@reports.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert desk.bodies[0].startswith("Code: parked_smtp_550\nTimes since the last notice: 1\n\n")


async def test_the_same_code_is_mailed_once_an_hour_with_a_count() -> None:
    desk = Desk()
    await desk.ring("mailbox_closed")
    desk.clock.pass_(minutes=59)
    await desk.ring("mailbox_closed")
    await desk.ring("mailbox_closed")
    assert len(desk.bodies) == 1
    desk.clock.pass_(minutes=1)
    await desk.ring("mailbox_closed")
    assert [body.splitlines()[1][-1] for body in desk.bodies] == ["1", "3"]


async def test_another_code_does_not_wait() -> None:
    desk = Desk()
    await desk.ring("mailbox_closed")
    await desk.ring("parked_smtp_550")
    assert [body.splitlines()[0] for body in desk.bodies] == [
        "Code: mailbox_closed",
        "Code: parked_smtp_550",
    ]


@pytest.mark.parametrize(
    "desk", [Desk(Mode.TRAINING), Desk(mail_to="")], ids=["training", "no address"]
)
async def test_without_an_operator_to_mail_the_log_alone_says_it(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    await desk.ring("mailbox_closed")
    assert desk.mailer.sent == []
    assert caplog.record_tuples == [("bot.adapters.alarm", logging.ERROR, "mailbox_closed")]


async def test_a_notice_that_cannot_be_mailed_is_logged_and_tried_with_the_next_alarm(
    caplog: pytest.LogCaptureFixture,
) -> None:
    desk = Desk()
    desk.mailer.faults[OPERATOR] = MailboxUnavailable("no_connection")
    await desk.ring("late_no_connection")
    assert caplog.records[-1].getMessage() == "alarm_not_mailed_no_connection"
    assert OPERATOR not in caplog.text
    desk.mailer.faults.clear()
    await desk.ring("late_no_connection")
    assert [body.splitlines()[1] for body in desk.bodies] == ["Times since the last notice: 2"]
