"""An update is confirmed once it is safe, and not before; a crash loses nothing."""

from __future__ import annotations

import asyncio
import json

from bot.channels.telegram.updates import Arrival
from bot.core.emergency import DIAL_999, NOT_SAVED
from bot.core.turn import Say
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run, person_key
from tests.channels.telegram.service import Service


async def test_an_update_is_not_confirmed_before_its_turn_is_committed(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    update = person.post("hello")
    await api.world.until(lambda: service.most_at_once == 1 or bool(run.slept))
    other = Person(api, 6)
    other.post("999")
    await other.sees(DIAL_999)
    assert update not in api.world.confirmed
    service.gate.set()
    await api.world.until(lambda: update in api.world.confirmed)
    assert service.inputs == [Say("hello")]


async def test_when_nothing_can_be_saved_the_person_is_told_before_it_is_confirmed(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.failing = 1
    fault = api.fail("sendMessage", how="hold")
    update = person.post("hello")
    await api.world.until(lambda: bool(api.calls("sendMessage")))
    assert update not in api.world.confirmed
    fault.held.set()
    await api.world.until(lambda: update in api.world.confirmed)
    assert person.bot_texts == [NOT_SAVED]
    assert run.alarms == ["store_unavailable"]
    assert "You said again" in (await person.say("again")).text


async def test_a_press_that_cannot_be_saved_is_answered_too(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.start()
    service.failing = 1
    seen = await person.press("Yes")
    assert seen.text == NOT_SAVED
    await api.world.until(lambda: len(api.calls("answerCallbackQuery")) == 1)


async def test_a_fault_in_the_service_is_not_saved_and_stops_nobody(
    run: Run, person: Person, service: Service
) -> None:
    service.broken = 1
    assert (await person.say("hello")).text == NOT_SAVED
    assert run.alarms == ["turn_failed"]
    assert "You said again" in (await person.say("again")).text


async def test_a_crash_before_the_commit_loses_nothing(
    api: BotApi, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    first = Run(api, service, webhook=False)
    update = person.post("hello")
    await api.world.until(lambda: bool(api.calls("getUpdates")))
    while not service.most_at_once:
        await asyncio.sleep(0)
    await first.crash()
    assert service.taken == []
    assert update not in api.world.confirmed
    service.gate = None
    second = Run(api, service, webhook=False)
    await person.sees("You said hello")
    await second.stop()
    assert update in api.world.confirmed


async def test_a_crash_after_the_commit_takes_the_update_again_and_changes_nothing(
    api: BotApi, person: Person, service: Service
) -> None:
    first = Run(api, service, webhook=False)
    api.fail("sendMessage", how="hold")
    person.post("hello")
    await api.world.until(lambda: bool(api.calls("sendMessage")))
    await first.crash()
    turn = service.kept[person_key(person.chat.id)].turn
    second = Run(api, service, webhook=False)
    await person.sees("You said hello")
    await second.stop()
    assert service.kept[person_key(person.chat.id)].turn == turn


async def test_a_flood_is_read_at_once_into_the_inbox_and_answered_in_order(
    api: BotApi, polled: Run, service: Service
) -> None:
    service.gate = asyncio.Event()
    people = [Person(api, 8_000 + number) for number in range(40)]
    updates = [person.post(f"{round_}") for round_ in range(10) for person in people]
    await api.world.until(lambda: set(updates) <= set(api.world.confirmed))
    assert service.taken == []
    assert len(service.inbox) == 400
    assert service.most_at_once <= 64
    service.gate.set()
    await api.world.until(lambda: all(len(p.bot_texts) == 10 for p in people))
    assert service.inbox == {}
    for person in people:
        said = [text.rsplit(" ", 1)[1] for text in person.bot_texts]
        assert said == [str(number) for number in range(10)]


async def test_what_a_crash_left_in_the_inbox_is_taken_first(
    api: BotApi, service: Service, person: Person
) -> None:
    service.gate = asyncio.Event()
    first = Run(api, service, webhook=False)
    person.post("line 0")
    await api.world.until(lambda: service.most_at_once == 1)
    for number in range(1, 150):
        person.post(f"line {number}")
    await api.world.until(lambda: len(service.inbox) == 150)
    await first.crash()
    service.gate = None
    person.post("last")
    second = Run(api, service, webhook=False)
    await person.sees("You said last")
    assert service.inputs == [*(Say(f"line {number}") for number in range(150)), Say("last")]
    assert service.inbox == {}
    await second.stop()


async def test_an_inbox_that_cannot_be_written_keeps_updates_unconfirmed(
    api: BotApi, polled: Run, person: Person, service: Service
) -> None:
    service.gate, service.inbox_failing = asyncio.Event(), True
    updates = [person.post(f"{number}") for number in range(70)]
    await api.world.until(lambda: "inbox_unavailable" in polled.alarms)
    assert not set(updates) & set(api.world.confirmed)
    service.gate.set()
    await api.world.until(lambda: set(updates) <= set(api.world.confirmed))
    assert service.inputs == [Say(str(number)) for number in range(70)]


async def test_an_inbox_that_cannot_be_read_at_the_start_is_read_when_it_can(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    assert "You said hello" in (await person.say("hello")).text
    service.inbox_failing = True
    other = Run(api, service, webhook=bool(run.port))
    assert other.alarms == []
    await api.world.until(lambda: "inbox_unavailable" in other.alarms)
    await other.stop()


async def test_an_inbox_entry_of_another_version_is_passed_over_and_emptied(
    api: BotApi, service: Service, person: Person
) -> None:
    key = person_key(person.chat.id)
    await service.take_in([(key, 7, b'{"another":"version"}')])
    run = Run(api, service, webhook=False)
    await person.say("hello")
    assert run.alarms == ["inbox_unreadable"]
    assert service.inbox == {}
    await run.stop()


async def test_what_was_told_as_not_saved_is_not_taken_from_the_inbox_later(
    api: BotApi, polled: Run, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    for _ in range(2):
        person.post("twice")
    await api.world.until(lambda: len(service.inbox) == 2)
    service.failing = 6
    service.gate.set()
    await api.world.until(lambda: person.bot_texts == [NOT_SAVED, NOT_SAVED])
    await person.say("again")
    assert service.inputs == [Say("again")]
    assert service.inbox == {}


async def test_a_stop_finishes_what_runs_and_confirms_it(
    api: BotApi, service: Service, person: Person
) -> None:
    service.gate = asyncio.Event()
    run = Run(api, service, webhook=False)
    update = person.post("hello")
    while not service.most_at_once:
        await asyncio.sleep(0)
    run.channel.stop()
    service.gate.set()
    assert (await run.task).code == 0
    assert update in api.world.confirmed
    assert person.bot_texts


# ---- poison ----


async def test_a_poison_update_is_counted_and_holds_up_nothing(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    api.world.push({"message": {"message_id": 5, "text": "Marker", "chat": 17}})
    await person.say("behind it")
    assert run.alarms == ["update_unparsable"]
    assert run.channel.desk.seen["unparsable"] == 1
    assert service.inputs == [Say("behind it")]


async def test_an_update_that_is_not_even_json_is_passed_over(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("before")
    number = api.world.next_update
    api.world.next_update += 1
    deep = b'{"update_id":' + str(number).encode() + b',"message":' + b"[" * 5_000
    api.world.push_raw(number, deep + b"]" * 5_000 + b"}")
    await person.say("behind it")
    assert run.channel.desk.seen["unparsable"] == 1
    assert service.inputs == [Say("before"), Say("behind it")]


async def test_an_update_without_a_number_does_not_make_the_reader_spin(
    api: BotApi, polled: Run, person: Person
) -> None:
    await person.say("before")
    polled.hold_sleep = asyncio.Event()
    api.world.push_raw(api.world.next_update, json.dumps({"update_id": None}).encode())
    api.world.next_update += 1
    await api.world.until(lambda: bool(polled.slept))
    polled.hold_sleep.set()
    await person.say("behind it")


async def test_an_arrival_says_nothing_of_who_sent_it_beyond_the_chat() -> None:
    assert set(Arrival.__slots__) == {
        "update", "chat", "given", "message", "callback", "protected", "mark", "file"
    }  # fmt: skip
