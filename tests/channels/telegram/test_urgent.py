"""999 before everything else, with everything else broken."""

from __future__ import annotations

import asyncio

import pytest

from bot.core.emergency import DIAL_999
from bot.core.turn import Press, Say
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service


@pytest.mark.parametrize("word", ["999", " Danger! ", "EMERGENCY", "/999"])
async def test_the_word_alone_is_answered_without_the_store(
    run: Run, person: Person, service: Service, word: str
) -> None:
    seen = await person.say(word)
    assert seen.text == DIAL_999
    assert seen.buttons == ("Carry on",)
    assert not seen.protected
    assert service.taken == []


async def test_words_that_only_hold_it_are_an_answer(
    run: Run, person: Person, service: Service
) -> None:
    await person.say("they said danger")
    assert service.inputs == [Say("they said danger")]


async def test_carry_on_shows_the_present_screen_and_999_stays(
    run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    await person.say("999")
    seen = await person.press("Carry on")
    assert service.inputs[-1] == Press(0, "on")
    assert "Turn 1" in seen.text
    assert DIAL_999 in person.bot_texts


async def test_it_is_answered_with_the_database_and_inbox_broken(
    run: Run, person: Person, service: Service
) -> None:
    service.failing, service.inbox_failing = 1_000, True
    assert (await person.say("999")).text == DIAL_999


async def test_it_is_answered_while_the_store_hangs(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    for number in range(300):
        Person(api, 8_000 + number).post("waiting")
    person.post("999")
    await person.sees(DIAL_999)
    assert service.taken == []
    service.gate.set()


async def test_it_overtakes_replies_that_stand_in_a_queue(
    api: BotApi, run: Run, person: Person
) -> None:
    held = [api.fail("sendMessage", how="hold", chat=9_000 + number) for number in range(100)]
    for number in range(100):
        Person(api, 9_000 + number).post("waiting")
    await api.world.until(lambda: len(api.calls("sendMessage")) >= 40)
    person.post("999")
    await person.sees(DIAL_999)
    for fault in held:
        fault.held.set()
    await api.world.until(lambda: all(c.shown for c in api.world.chats.values()))


async def test_it_is_never_limited(api: BotApi, run: Run, person: Person) -> None:
    for _ in range(50):
        person.post("999")
    await api.world.until(lambda: person.bot_texts.count(DIAL_999) == 50)
    assert not [seconds for seconds in run.slept if seconds >= 1]


async def test_it_is_tried_until_it_is_shown(api: BotApi, run: Run, person: Person) -> None:
    api.fail("sendMessage", how="drop", times=20)
    update = person.post("999")
    await person.sees(DIAL_999)
    await api.world.until(lambda: update in api.world.confirmed)
    assert max(run.slept) == 30


async def test_it_is_not_confirmed_before_it_is_shown(
    api: BotApi, run: Run, person: Person
) -> None:
    fault = api.fail("sendMessage", how="hold")
    update = person.post("999")
    await api.world.until(lambda: bool(api.calls("sendMessage")))
    later = Person(api, 6)
    later.post("later")
    await later.sees("You said later")
    assert update not in api.world.confirmed
    fault.held.set()
    await api.world.until(lambda: update in api.world.confirmed)
    assert person.bot_texts == [DIAL_999]


async def test_one_that_telegram_holds_back_does_not_stop_the_reading_for_ever(
    api: BotApi, polled: Run, person: Person
) -> None:
    fault = api.fail("sendMessage", how="hold", chat=person.chat.id)
    person.post("999")
    others = [Person(api, 8_000 + number) for number in range(250)]
    for other in others:
        other.post("waiting")
    await api.world.until(lambda: all(other.bot_texts for other in others))
    fault.held.set()
    await person.sees(DIAL_999)
