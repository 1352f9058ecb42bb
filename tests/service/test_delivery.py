from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.smtp import Relay, SmtpMailer
from bot.core.routing import Mailbox, MailboxState, Mode
from bot.core.turn import ItemState
from bot.errors import MailboxRefused, MailboxUnavailable
from bot.ports import ItemId, Mailer, NewItem, OtherCopy, OutboxItem
from bot.service.delivery import Courier
from bot.service.rulings import tried_for, wait_after
from tests.adapters.faulty import Breaking, Refusing
from tests.fakes.clock import FixedClock
from tests.fakes.mailer import RecordingMailer
from tests.fakes.store import MemoryStore, Row

POLICE, COUNCIL = "wirral_police_intelligence", "wirral_social_care"  # claimed in this order
TO_POLICE, TO_COUNCIL = f"{POLICE}@training.invalid", f"{COUNCIL}@training.invalid"
VERIFIED = Mailbox(
    id=POLICE,
    name="Police",
    address="desk@police.example",
    state=MailboxState.VERIFIED,
    verified_by="A. Officer",
    verified_on=date(2026, 1, 1),
    until=date(2026, 12, 31),
    tls_only_agreed_by="A. Officer",
)
SECOND = f"{POLICE}_second"
TO_SECOND = f"{SECOND}@training.invalid"
SEALED_TO_SECOND = b"Message-ID: <1@reports.example>\r\nSubject: CSE Intelligence\r\n\r\ny\r\n"
DOWN = MailboxUnavailable("smtp_451")
NO = MailboxRefused("smtp_550")


def item(mailbox: str = POLICE, *, training: bool = True, second: str = "") -> NewItem:
    return NewItem(
        id=ItemId(f"item_{mailbox}"),
        reference="K7QF-2M9D",
        route="wirral_intelligence",
        mailbox=mailbox,
        message_id="<1@reports.example>",
        message=b"Message-ID: <1@reports.example>\r\nSubject: CSE Intelligence\r\n\r\nx\r\n",
        day="2026-11-21",
        training=training,
        anonymous=False,  # so that waits are kept to the minute
        other=OtherCopy(second, SEALED_TO_SECOND) if second else None,
    )


class FragileStore(MemoryStore):
    """A store whose fault may be of a kind that nobody foresaw."""

    fault: Exception | None = None

    async def claim(self, now_minutes: int, lease_minutes: int, limit: int) -> list[OutboxItem]:
        if self.fault is not None:
            raise self.fault
        return await super().claim(now_minutes, lease_minutes, limit)


class Round:
    """A courier over an outbox in memory, a clock that stands still, and alarms that are kept."""

    def __init__(
        self,
        *items: NewItem,
        mode: Mode = Mode.TRAINING,
        mailer: Mailer | None = None,
        mailbox: Mailbox = VERIFIED,
        second: Mailbox | None = None,
    ) -> None:
        self.clock = FixedClock()
        self.outbox = FragileStore(self.clock)
        self.add(*items)
        self.mailer = RecordingMailer(mode)
        self.alarms: list[str] = []
        self.courier = Courier(
            self.outbox,
            mailer or self.mailer,
            {box.id: box for box in (mailbox, second) if box},
            mode,
            self.clock,
            self.alarms.append,
        )

    def add(self, *items: NewItem) -> None:
        self.outbox.rows |= {item.id: Row(item, due=0) for item in items}

    def outcome(self, mailbox: str = POLICE) -> tuple[ItemState, str, int]:
        """State, code, and in how many minutes it is due."""
        row = self.outbox.rows[ItemId(f"item_{mailbox}")]
        return row.state, row.code, max(row.due - self.clock.minutes, 0)

    async def said(self, mailbox: str = POLICE) -> ItemState:
        """What a receipt says of it."""
        (state,) = (await self.outbox.states([ItemId(f"item_{mailbox}")])).values()
        return state


async def test_a_training_item_goes_to_the_training_address_of_its_mailbox() -> None:
    round_ = Round(item())
    assert await round_.courier.deliver_due() == 1
    assert round_.mailer.sent == [(TO_POLICE, item().message)]
    assert round_.outcome() == (ItemState.HANDED_OVER, "", 0)
    assert round_.alarms == []


async def test_a_live_item_goes_to_the_verified_address() -> None:
    round_ = Round(item(training=False), mode=Mode.LIVE)
    assert await round_.courier.deliver_due() == 1
    assert [recipient for recipient, _ in round_.mailer.sent] == ["desk@police.example"]


@pytest.mark.parametrize(
    "mailbox",
    [
        replace(VERIFIED, state=MailboxState.UNVERIFIED),
        replace(VERIFIED, state=MailboxState.RETIRED),
        replace(VERIFIED, until=date(2026, 11, 20)),
        replace(VERIFIED, address="desk@wirral.pnn.police.uk"),
        replace(VERIFIED, address=""),
        replace(VERIFIED, personal=True),
        replace(VERIFIED, tls_only_agreed_by=""),
    ],
)
async def test_a_closed_mailbox_gets_nothing_and_the_operator_hears(mailbox: Mailbox) -> None:
    round_ = Round(item(training=False), mode=Mode.LIVE, mailbox=mailbox)
    assert await round_.courier.deliver_due() == 0
    assert round_.mailer.sent == []
    assert round_.outcome() == (ItemState.SAVED, "mailbox_closed", 15)
    assert round_.alarms == ["mailbox_closed"]
    assert await round_.said() is ItemState.LATE


async def test_a_verification_that_ends_today_still_holds_today() -> None:
    last_day = replace(VERIFIED, until=date(2026, 11, 21))
    round_ = Round(item(training=False), mode=Mode.LIVE, mailbox=last_day)
    assert await round_.courier.deliver_due() == 1
    round_ = Round(item(training=False), mode=Mode.LIVE, mailbox=last_day)
    round_.clock.pass_(days=1)
    assert await round_.courier.deliver_due() == 0


async def test_a_mailbox_nobody_knows_any_more_gets_nothing() -> None:
    round_ = Round(item(COUNCIL, training=False), mode=Mode.LIVE)
    assert await round_.courier.deliver_due() == 0
    assert round_.outcome(COUNCIL) == (ItemState.SAVED, "mailbox_unknown", 15)
    assert round_.alarms == ["mailbox_unknown"]
    assert await round_.said(COUNCIL) is ItemState.LATE


async def test_a_training_item_never_leaves_in_live_mode() -> None:
    round_ = Round(item(), mode=Mode.LIVE)
    assert await round_.courier.deliver_due() == 0
    assert round_.mailer.sent == []
    assert round_.outcome() == (ItemState.PROBLEM, "training_item", 0)
    assert round_.alarms == ["parked_training_item"]


async def test_a_live_item_never_leaves_in_training_mode() -> None:
    round_ = Round(item(training=False))
    assert await round_.courier.deliver_due() == 0
    assert round_.mailer.sent == []
    assert round_.outcome() == (ItemState.SAVED, "live_item_in_training", 15)
    assert round_.alarms == ["live_item_in_training"]
    assert await round_.said() is ItemState.LATE


async def test_one_mailbox_down_does_not_hold_up_the_other() -> None:
    round_ = Round(item(POLICE), item(COUNCIL))
    round_.mailer.faults[TO_POLICE] = DOWN
    assert await round_.courier.deliver_due() == 1
    assert round_.outcome(POLICE) == (ItemState.SAVED, "smtp_451", 1)
    assert round_.outcome(COUNCIL) == (ItemState.HANDED_OVER, "", 0)
    del round_.mailer.faults[TO_POLICE]
    assert await round_.courier.deliver_due() == 0, "it is not due yet"
    round_.clock.pass_(minutes=1)
    assert await round_.courier.deliver_due() == 1
    assert [recipient for recipient, _ in round_.mailer.sent] == [TO_COUNCIL, TO_POLICE]


async def test_a_refused_item_is_parked_and_the_operator_hears() -> None:
    round_ = Round(item(POLICE), item(COUNCIL))
    round_.mailer.faults[TO_POLICE] = NO
    assert await round_.courier.deliver_due() == 1
    assert round_.outcome(POLICE) == (ItemState.PROBLEM, "smtp_550", 0)
    assert round_.alarms == ["parked_smtp_550"]


async def test_a_mail_that_came_back_goes_again_under_its_own_message_id() -> None:
    round_ = Round(item())
    assert await round_.courier.deliver_due() == 1
    assert await round_.outbox.came_back(item().id)
    assert await round_.said() is ItemState.CAME_BACK
    assert await round_.courier.deliver_due() == 1
    assert round_.mailer.sent == [(TO_POLICE, item().message)] * 2
    assert await round_.said() is ItemState.HANDED_AGAIN


async def test_a_fault_nobody_foresaw_waits_like_any_other() -> None:
    round_ = Round(item(POLICE), item(COUNCIL))
    round_.mailer.faults[TO_POLICE] = LookupError("what a person wrote")
    assert await round_.courier.deliver_due() == 1
    assert round_.outcome(POLICE) == (ItemState.SAVED, "mailer_fault", 1)


async def test_the_waits_grow_and_after_five_days_the_item_is_parked() -> None:
    round_ = Round(item())
    round_.mailer.faults[TO_POLICE] = DOWN
    waits: list[int] = []
    while round_.outcome()[0] is ItemState.SAVED:
        assert await round_.courier.deliver_due() == 0
        wait = round_.outcome()[2]
        waits.append(wait)
        round_.clock.pass_(minutes=wait)
    assert waits[:8] == [1, 2, 5, 15, 30, 60, 120, 120]
    assert set(waits[6:-1]) == {120}
    assert waits[-1] == 0
    assert 5 * 24 * 60 <= sum(waits) <= 6 * 24 * 60
    assert round_.outcome() == (ItemState.PROBLEM, "smtp_451", 0)
    assert round_.alarms[0] == "late_smtp_451"
    assert round_.alarms[-1] == "parked_smtp_451"
    assert len(round_.alarms) == len(waits) - 3, "silent for the first three tries, 8 minutes"


@pytest.mark.parametrize(
    ("tries", "days", "wait"),
    [(0, 0, 1), (1, 0, 1), (2, 0, 2), (6, 99, 60), (7, 0, 120), (99, 5, 120), (7, 6, None)],
)
def test_when_to_try_again(tries: int, days: int, wait: int | None) -> None:
    assert wait_after(tries, days) == wait


async def test_a_claimed_item_that_was_not_finished_is_due_again_after_its_lease() -> None:
    reached = asyncio.Event()

    class Slow(RecordingMailer):
        async def send(self, recipient: str, message: bytes) -> None:
            if not reached.is_set():
                reached.set()
                await asyncio.Event().wait()
            await super().send(recipient, message)

    slow = Slow()
    round_ = Round(item(), mailer=slow)
    delivering = asyncio.create_task(round_.courier.deliver_due())
    await reached.wait()
    delivering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await delivering
    assert round_.outcome() == (ItemState.SAVED, "", 0)
    assert await round_.courier.deliver_due() == 0, "the lease still holds"
    round_.clock.pass_(minutes=5)
    assert await round_.courier.deliver_due() == 1
    assert slow.sent == [(TO_POLICE, item().message)]


async def test_a_mail_whose_acceptance_was_lost_is_repeated_under_the_same_message_id(
    tmp_path: Path,
) -> None:
    async with Breaking(tmp_path) as box:
        mailer = SmtpMailer(
            Relay(box.host, box.port, "bot@reports.example", ca_file=str(box.ca_file)),
            Mode.TRAINING,
        )
        round_ = Round(item(), mailer=mailer)
        assert await round_.courier.deliver_due() == 0
        assert round_.outcome() == (ItemState.SAVED, "connection_lost", 1)
        round_.clock.pass_(minutes=1)
        assert await round_.courier.deliver_due() == 1
        await mailer.close()
    assert [mail.message["Message-ID"] for mail in box.arrived] == ["<1@reports.example>"] * 2


async def test_a_pair_of_real_mailboxes_one_up_and_one_refusing(tmp_path: Path) -> None:
    async with Refusing(tmp_path, "550 5.1.1 no", only=TO_POLICE) as box:
        mailer = SmtpMailer(
            Relay(box.host, box.port, "bot@reports.example", ca_file=str(box.ca_file)),
            Mode.TRAINING,
        )
        round_ = Round(item(POLICE), item(COUNCIL), mailer=mailer)
        assert await round_.courier.deliver_due() == 1
        await mailer.close()
    assert [mail.recipients for mail in box.arrived] == [(TO_COUNCIL,)]
    assert round_.outcome(POLICE) == (ItemState.PROBLEM, "smtp_550", 0)


async def test_a_mailbox_down_for_an_hour_loses_its_mail_to_the_second() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults[TO_POLICE] = DOWN
    waits: list[int] = []
    while not round_.mailer.sent:
        await round_.courier.deliver_due()
        waits.append(round_.outcome()[2])
        round_.clock.pass_(minutes=waits[-1])
    assert waits == [1, 2, 5, 15, 30, 7, 0], "sixty minutes, to the minute"
    assert round_.mailer.sent == [(TO_SECOND, SEALED_TO_SECOND)]
    assert round_.outcome()[0] is ItemState.HANDED_OVER
    assert round_.alarms[-1] == "second_smtp_451"
    assert await round_.courier.deliver_due() == 0


async def test_a_mailbox_may_say_for_how_long_it_may_be_down() -> None:
    round_ = Round(item(second=SECOND), mailbox=replace(VERIFIED, second_after=5))
    round_.mailer.faults[TO_POLICE] = DOWN
    passed = 0
    while not round_.mailer.sent:
        await round_.courier.deliver_due()
        passed += round_.outcome()[2]
        round_.clock.pass_(minutes=round_.outcome()[2])
    assert passed == 5
    assert round_.alarms == ["second_smtp_451"]


async def test_a_mailbox_that_comes_back_in_time_keeps_its_mail() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults[TO_POLICE] = DOWN
    for _ in range(5):
        await round_.courier.deliver_due()
        round_.clock.pass_(minutes=round_.outcome()[2])
    del round_.mailer.faults[TO_POLICE]
    assert await round_.courier.deliver_due() == 1
    assert [to for to, _ in round_.mailer.sent] == [TO_POLICE]


async def test_a_mailbox_that_refuses_loses_its_mail_at_once() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults[TO_POLICE] = NO
    assert await round_.courier.deliver_due() == 1
    assert round_.mailer.sent == [(TO_SECOND, SEALED_TO_SECOND)]
    assert round_.alarms == ["second_smtp_550"]
    assert await round_.said() is ItemState.HANDED_OVER


async def test_a_mail_that_both_mailboxes_refuse_is_parked() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults |= {TO_POLICE: NO, TO_SECOND: MailboxRefused("smtp_552")}
    assert await round_.courier.deliver_due() == 0
    assert round_.outcome() == (ItemState.PROBLEM, "smtp_552", 0)
    assert round_.alarms == ["second_smtp_550", "parked_smtp_552"]


async def test_two_mailboxes_that_are_down_are_tried_in_turn_for_five_days_then_parked() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults |= {TO_POLICE: DOWN, TO_SECOND: DOWN}
    minutes = 0
    while round_.outcome()[0] is ItemState.SAVED:
        await round_.courier.deliver_due()
        minutes += round_.outcome()[2]
        round_.clock.pass_(minutes=round_.outcome()[2])
    assert 5 * 24 * 60 <= minutes <= 6 * 24 * 60
    assert round_.alarms[-1] == "parked_smtp_451"
    assert round_.alarms.count("second_smtp_451") > 50, "each hour another"
    assert await round_.outbox.retry_parked("K7QF-2M9D", round_.clock.minutes) == 1
    round_.mailer.faults.clear()
    assert await round_.courier.deliver_due() == 1


async def test_late_is_what_a_receipt_says_once_the_second_mailbox_is_tried() -> None:
    round_ = Round(item(second=SECOND))
    round_.mailer.faults |= {TO_POLICE: NO, TO_SECOND: DOWN}
    await round_.courier.deliver_due()
    assert round_.outcome() == (ItemState.SAVED, "smtp_451", 1)
    assert await round_.said() is ItemState.LATE


OPEN = replace(VERIFIED, id=SECOND, address="deputy@police.example")


async def test_a_second_mailbox_takes_over_from_one_that_may_not_be_used() -> None:
    closed = replace(VERIFIED, until=date(2026, 11, 20))
    live = item(training=False, second=SECOND)
    round_ = Round(live, mode=Mode.LIVE, mailbox=closed, second=OPEN)
    assert await round_.courier.deliver_due() == 1
    assert [to for to, _ in round_.mailer.sent] == ["deputy@police.example"]
    assert round_.alarms == ["second_mailbox_closed"]


@pytest.mark.parametrize(
    "second",
    [
        None,
        replace(OPEN, state=MailboxState.UNVERIFIED),
        replace(OPEN, until=date(2026, 11, 20)),
        replace(OPEN, address="desk@wirral.pnn.police.uk"),
        replace(OPEN, personal=True),
    ],
)
async def test_live_mail_never_goes_to_a_second_mailbox_that_is_not_verified(
    second: Mailbox | None,
) -> None:
    live = item(training=False, second=SECOND)
    round_ = Round(live, mode=Mode.LIVE, second=second)
    round_.mailer.faults["desk@police.example"] = NO
    assert await round_.courier.deliver_due() == 0
    assert round_.mailer.sent == []
    assert round_.outcome() == (ItemState.PROBLEM, "smtp_550", 0)
    round_ = Round(live, mode=Mode.LIVE, second=second)
    round_.mailer.faults["desk@police.example"] = DOWN
    for _ in range(9):
        assert await round_.courier.deliver_due() == 0
        round_.clock.pass_(minutes=round_.outcome()[2])
    assert "second_smtp_451" not in round_.alarms


async def test_a_live_item_stays_where_it_is_in_training_whatever_second_it_has() -> None:
    round_ = Round(item(training=False, second=SECOND))
    assert await round_.courier.deliver_due() == 0
    assert round_.outcome() == (ItemState.SAVED, "live_item_in_training", 15)


@pytest.mark.parametrize(("tries", "minutes"), [(0, 0), (1, 0), (2, 1), (7, 113), (8, 233)])
def test_for_how_long_a_mailbox_has_been_tried(tries: int, minutes: int) -> None:
    assert tried_for(tries) == minutes


class Night:
    """`run` with a sleep that ends when the test says so."""

    def __init__(self, round_: Round) -> None:
        self.stop, self.wake = asyncio.Event(), asyncio.Event()
        self.slept: list[float] = []
        self.asleep, self.morning = asyncio.Event(), asyncio.Event()
        self.task = asyncio.create_task(round_.courier.run(self.stop, self.wake, self._sleep))

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.asleep.set()
        await self.morning.wait()
        self.morning.clear()

    async def rest(self) -> None:
        """Until the courier sleeps again."""
        await self.asleep.wait()
        self.asleep.clear()

    async def end(self) -> None:
        self.stop.set()
        await self.task


async def test_the_courier_delivers_at_once_when_woken_and_after_each_sleep() -> None:
    round_ = Round(item(POLICE))
    night = Night(round_)
    await night.rest()
    assert [to for to, _ in round_.mailer.sent] == [TO_POLICE]
    round_.add(item(COUNCIL))
    night.wake.set()
    await night.rest()
    assert [to for to, _ in round_.mailer.sent] == [TO_POLICE, TO_COUNCIL]
    assert not night.wake.is_set()
    round_.add(item("newham_mash"))
    night.morning.set()
    await night.rest()
    assert len(round_.mailer.sent) == 3
    await night.end()
    assert night.slept == [30.0] * 3


async def test_a_stopped_courier_claims_nothing_more() -> None:
    round_ = Round(item())
    night = Night(round_)
    await night.end()
    assert round_.mailer.sent == []


async def test_stopping_lets_the_mail_in_hand_finish_and_leaves_the_rest() -> None:
    round_ = Round(item(POLICE), item(COUNCIL))

    class Stopping(RecordingMailer):
        async def send(self, recipient: str, message: bytes) -> None:
            night.stop.set()
            await super().send(recipient, message)

    round_.courier._mailer = Stopping()
    night = Night(round_)
    await night.task
    assert round_.outcome(POLICE)[0] is ItemState.HANDED_OVER
    assert round_.outcome(COUNCIL)[0] is ItemState.SAVED


@pytest.mark.parametrize(
    ("fault", "alarm"),
    [
        (None, "disk_full"),
        (LookupError("what a person wrote"), "courier_fault"),
    ],
)
async def test_a_store_that_fails_alarms_and_the_courier_goes_on(
    fault: Exception | None, alarm: str
) -> None:
    round_ = Round(item())
    round_.outbox.broken, round_.outbox.fault = "disk_full", fault
    night = Night(round_)
    await night.rest()
    assert round_.alarms == [alarm]
    round_.outbox.broken, round_.outbox.fault = "", None
    night.morning.set()
    await night.rest()
    assert len(round_.mailer.sent) == 1
    await night.end()


async def test_a_cancelled_courier_leaves_nothing_running() -> None:
    before = asyncio.all_tasks()
    night = Night(Round())
    await night.rest()
    night.task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await night.task
    assert asyncio.all_tasks() == before


async def test_a_sleep_that_fails_is_not_passed_over_in_silence() -> None:
    async def fail(_seconds: float) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await Round().courier.run(asyncio.Event(), asyncio.Event(), fail)
