"""Errands done when their time comes, also after a restart and with the channel broken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.errand import Planned, Remind, Remove, TellIfLate, late_notice
from bot.core.turn import ItemState
from bot.errors import BotError, ChatGone, ChatUnreachable
from bot.ports import Commit, ItemId, NewErrand, NewItem, PersonKey
from bot.service.errands import Errands
from tests.core.little import catalogue
from tests.fakes.clock import CountingIds, FixedClock
from tests.fakes.store import MemoryStore

ANN, BEN = PersonKey("ann"), PersonKey("ben")


@dataclass
class Chatting:
    """`ports.Chats`, and an edition: what was said and removed; `fails` is raised first."""

    said: list[tuple[PersonKey, bytes, str]] = field(default_factory=list)
    removed: list[tuple[bytes, tuple[int, ...]]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def address(self, record: bytes) -> bytes:
        return b"address in " + record

    async def say(self, person: PersonKey, address: bytes, text: str) -> None:
        self._fail()
        self.said.append((person, address, text))

    async def remove(self, address: bytes, messages: Sequence[int]) -> None:
        self._fail()
        self.removed.append((address, tuple(messages)))

    def _fail(self) -> None:
        if self.fails:
            raise self.fails.pop(0)

    def find(self, edition: str) -> Catalogue:
        del edition
        return catalogue()


class Doing:
    """A store, a chat and a clock, and errands at work on them."""

    def __init__(self, *, attached: bool = True) -> None:
        self.clock = FixedClock()
        self.store = MemoryStore(self.clock)
        self.chats = Chatting()
        self.alarms: list[str] = []
        self.errands = self.restarted(attached=attached)

    def restarted(self, *, attached: bool = True) -> Errands:
        made = Errands(self.store, self.chats, self.clock, CountingIds(), self.alarms.append)
        if attached:
            made.attach(self.chats)
        return made

    async def keep(self, planned: Planned, person: PersonKey = ANN) -> None:
        kept = NewErrand(f"{person} {len(self.store.errands)}", b"address", planned)
        await self.store.keep_errands(person, [kept])

    def soon(self, errand: Remind | Remove | TellIfLate, hours: int = 24) -> Planned:
        return Planned(errand, self.clock.minutes, self.clock.minutes + hours * 60)

    async def mail(self, state: ItemState) -> None:
        item = NewItem(
            id=ItemId("one"),
            reference="R-one",
            route="council",
            mailbox="council_box",
            message_id="<one@bot.example>",
            message=b"the mail",
            day="2026-11-21",
            training=True,
            anonymous=False,
        )
        await self.store.commit(Commit(PersonKey("giver"), 0, None, items=(item,)))
        self.store.rows[ItemId("one")].state = state

    async def later(self, **span: float) -> int:
        self.clock.pass_(**span)
        return await self.errands.do_due()


@pytest.fixture
def doing() -> Doing:
    return Doing()


async def test_a_reminder_is_said_once_in_neutral_words(doing: Doing) -> None:
    await doing.keep(doing.soon(Remind()))
    assert await doing.later(hours=1) == 1
    assert doing.chats.said == [(ANN, b"address", f"{HEADER}\n\n[reminder]")]
    assert await doing.later(hours=1) == 0
    assert doing.store.errands == {}


async def test_nothing_is_said_before_its_time_or_after_it(doing: Doing) -> None:
    await doing.keep(doing.soon(Remind(), hours=2))
    assert await doing.errands.do_due() == 0
    assert await doing.later(hours=3) == 0
    assert doing.chats.said == []


async def test_documents_are_taken_out_of_the_chat_after_a_day_also_by_another_process(
    doing: Doing,
) -> None:
    await doing.errands.remove_later(ANN, b"record", (5, 7))
    doing.errands = doing.restarted()
    await doing.later(hours=23)
    assert doing.chats.removed == []
    await doing.later(hours=2)
    assert doing.chats.removed == [(b"address in record", (5, 7))]
    assert doing.store.errands == {}


async def test_a_channel_that_cannot_be_reached_is_tried_again(doing: Doing) -> None:
    await doing.keep(doing.soon(Remind()))
    doing.chats.fails = [ChatUnreachable("chat_unreachable")]
    await doing.later(hours=1)
    assert doing.chats.said == []
    await doing.later(hours=1)
    assert len(doing.chats.said) == 1


async def test_somebody_who_blocked_the_bot_is_forgotten_and_nobody_else(doing: Doing) -> None:
    await doing.keep(doing.soon(Remind()))
    await doing.keep(doing.soon(Remove((5,))))
    await doing.keep(doing.soon(Remind()), BEN)
    doing.chats.fails = [ChatGone("chat_gone")]
    await doing.later(hours=1)
    assert [person for person, _, _ in doing.chats.said] == [BEN]
    assert doing.chats.removed == []
    assert doing.store.errands == {}


@pytest.mark.parametrize("state", [ItemState.PROBLEM, ItemState.LATE])
async def test_a_late_mail_is_told_once_with_the_numbers_to_ring(
    doing: Doing, state: ItemState, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def states(items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        return dict.fromkeys(items, state)

    monkeypatch.setattr(doing.store, "states", states)
    await doing.keep(doing.soon(TellIfLate("council", ("one",))))
    await doing.later(hours=1)
    ((person, _, text),) = doing.chats.said
    assert (person, text) == (ANN, f"{HEADER}\n\n[late_notice] Phone council.")
    await doing.later(hours=2)
    assert len(doing.chats.said) == 1


async def test_of_a_mail_that_was_handed_over_nothing_is_said_until_its_copy_is_gone(
    doing: Doing,
) -> None:
    await doing.mail(ItemState.HANDED_OVER)
    await doing.keep(late_notice("council", ("one",), doing.clock.minutes))
    await doing.later(hours=2)
    assert len(doing.store.errands) == 1
    await doing.store.erase_delivered(9_999_999_999)
    await doing.later(hours=2)
    assert doing.chats.said == []
    assert doing.store.errands == {}


async def test_of_a_mail_that_was_taken_back_nothing_is_said(doing: Doing) -> None:
    await doing.mail(ItemState.SAVED)
    await doing.store.withdraw([ItemId("one")])
    await doing.keep(late_notice("council", ("one",), doing.clock.minutes))
    await doing.later(hours=2)
    assert doing.chats.said == []
    assert doing.store.errands == {}


@pytest.mark.parametrize("late_before", [False, True])
async def test_a_mail_that_came_back_is_told_each_time_though_it_has_left_again(
    doing: Doing, *, late_before: bool
) -> None:
    one = ItemId("one")
    await doing.mail(ItemState.PROBLEM if late_before else ItemState.HANDED_OVER)
    await doing.keep(late_notice("council", (one,), doing.clock.minutes))
    await doing.later(hours=2)
    assert len(doing.chats.said) == late_before
    doing.chats.said.clear()
    for _ in range(2):
        await doing.store.delivered(one, doing.clock.minutes)
        assert await doing.store.came_back(one)
        await doing.store.delivered(one, doing.clock.minutes)
        doing.errands = doing.restarted()
        await doing.later(hours=2)
        await doing.later(hours=2)
    assert [text for _, _, text in doing.chats.said] == [
        f"{HEADER}\n\n[returned_notice] Phone council."
    ] * 2


async def test_a_return_is_told_once_and_not_as_lateness_too(doing: Doing) -> None:
    await doing.mail(ItemState.HANDED_OVER)
    await doing.keep(late_notice("council", ("one",), doing.clock.minutes))
    await doing.store.came_back(ItemId("one"))
    await doing.later(hours=2)
    await doing.store.parked(ItemId("one"), "smtp_550")
    await doing.later(hours=2)
    (said,) = doing.chats.said
    assert "[returned_notice]" in said[2]


async def test_a_mail_on_its_way_is_looked_at_again(doing: Doing) -> None:
    await doing.mail(ItemState.SAVED)
    await doing.keep(late_notice("council", ("one",), doing.clock.minutes))
    assert await doing.later(hours=2) == 1
    assert doing.chats.said == []
    assert len(doing.store.errands) == 1
    doing.store.rows[ItemId("one")].state = ItemState.PROBLEM
    await doing.later(hours=2)
    assert "[late_notice] Phone council." in doing.chats.said[0][2]


async def test_the_notice_of_a_route_that_is_no_more_names_no_number(doing: Doing) -> None:
    await doing.mail(ItemState.PROBLEM)
    await doing.keep(doing.soon(TellIfLate("gone", ("one",))))
    await doing.later(hours=1)
    assert doing.chats.said[0][2] == f"{HEADER}\n\n[late_notice]"


async def test_at_a_prompt_nothing_is_kept_and_nothing_done() -> None:
    doing = Doing(attached=False)
    assert doing.errands.new(b"record", [doing.soon(Remind())]) == ()
    await doing.errands.remove_later(ANN, b"record", (5,))
    assert doing.store.errands == {}
    await doing.keep(doing.soon(Remind()))
    assert await doing.later(hours=1) == 0


async def test_an_errand_of_a_turn_knows_the_way_to_the_chat_and_no_more(doing: Doing) -> None:
    planned = [doing.soon(Remind()), doing.soon(Remove((5,)))]
    made = doing.errands.new(b"record", planned)
    assert [one.planned for one in made] == planned
    assert {one.address for one in made} == {b"address in record"}
    assert len({one.id for one in made}) == 2


@pytest.mark.parametrize(
    ("fault", "code"),
    [(BotError("database_locked"), "database_locked"), (RuntimeError(), "errand_fault")],
)
async def test_a_fault_is_told_and_the_next_look_does_the_rest(
    doing: Doing, fault: Exception, code: str
) -> None:
    await doing.keep(doing.soon(Remind()))
    doing.clock.pass_(hours=1)
    doing.chats.fails = [fault]
    stop, slept = asyncio.Event(), list[float]()

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        if doing.chats.said:
            stop.set()
        await asyncio.sleep(0)

    await doing.errands.run(stop, sleep)
    assert doing.alarms == [code]
    assert len(doing.chats.said) == 1
    assert slept == [60.0, 60.0]
