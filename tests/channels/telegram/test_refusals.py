"""What Telegram may answer other than yes."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram.ended import BAD_TOKEN, SECOND_BOT
from bot.core.turn import Gone, Say
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run, person_key
from tests.channels.telegram.service import Service


async def test_told_to_wait_it_waits_that_long_and_goes_on(
    api: BotApi, run: Run, person: Person
) -> None:
    api.fail("sendMessage", status=429, parameters={"retry_after": 17}, times=2)
    await person.say("hello")
    assert run.slept == [17, 17]
    assert len(person.bot_texts) == 1


async def test_one_persons_wait_holds_up_nobody_else(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    run.hold_sleep = asyncio.Event()
    api.fail("sendMessage", status=429, parameters={"retry_after": 30}, chat=person.chat.id)
    person.post("mine")
    await api.world.until(lambda: bool(run.slept))
    others = [Person(api, 7_000 + i) for i in range(80)]
    for other in others:
        other.post("theirs")
    await api.world.until(lambda: all(other.bot_texts for other in others))
    assert not person.bot_texts
    run.hold_sleep.set()
    await person.sees("You said mine")


async def test_an_edit_that_changes_nothing_is_a_success(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.start()
    refusal = "Bad Request: message is not modified: specified new message content ..."
    api.fail("editMessageText", status=400, description=refusal)
    person.post_press("Yes")
    await api.world.until(lambda: len(api.calls("editMessageText")) == 1)
    await person.say("next")
    assert len(person.bot_texts) == 2


async def test_a_screen_that_cannot_be_edited_any_more_is_sent_anew(
    api: BotApi, run: Run, person: Person
) -> None:
    first = await person.start()
    api.fail("editMessageText", status=400, description="Bad Request: message can't be edited")
    seen = await person.press("Yes")
    assert seen.id > first.id
    assert "Turn 2" in seen.text


async def test_a_query_too_old_to_answer_is_ignored(api: BotApi, run: Run, person: Person) -> None:
    await person.start()
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    api.fail("answerCallbackQuery", status=400, description=old)
    seen = await person.press("Yes")
    assert "Turn 2" in seen.text
    assert run.alarms == []


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: chat not found"),
    ],
)
async def test_whoever_cannot_be_reached_is_forgotten(
    api: BotApi, run: Run, person: Person, service: Service, status: int, description: str
) -> None:
    await person.say("hello")
    api.fail("sendMessage", status=status, description=description)
    person.post("more")
    await api.world.until(lambda: Gone() in service.inputs)
    assert service.kept == {}


async def test_blocking_the_bot_forgets_the_person_and_sends_nothing(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    update = person.block()
    await api.world.until(lambda: update in api.world.confirmed)
    assert service.inputs == [Say("hello"), Gone()]
    assert service.kept == {}
    assert len(api.calls("sendMessage")) == 1


@pytest.mark.parametrize("how", ["drop", "garbage", "refuse"])
async def test_a_broken_line_is_tried_again_later_and_later(
    api: BotApi, run: Run, person: Person, how: str
) -> None:
    api.fail("sendMessage", how=how, times=3)
    seen = await person.say("hello")
    assert "You said hello" in seen.text
    assert run.slept == [1, 2, 4]


async def test_a_reply_that_cannot_be_shown_is_an_alarm_and_not_a_stop(
    api: BotApi, run: Run, person: Person
) -> None:
    api.fail("sendMessage", status=400, description="Bad Request: no")
    person.post("hello")
    await api.world.until(lambda: "reply_not_shown" in run.alarms)
    assert "You said again" in (await person.say("again")).text


@pytest.mark.parametrize("how", ["drop", "garbage", "refuse"])
async def test_reading_goes_on_after_the_network_was_down(
    api: BotApi, polled: Run, person: Person, how: str
) -> None:
    await person.say("before")
    api.fail("getUpdates", how=how, times=4)
    assert "You said after" in (await person.say("after")).text
    if how != "garbage":
        assert polled.slept == [1, 2, 4, 8]


async def test_told_to_wait_the_reader_waits(api: BotApi, polled: Run, person: Person) -> None:
    await person.say("before")
    api.fail("getUpdates", status=429, parameters={"retry_after": 5})
    await person.say("after")
    assert polled.slept == [5]


async def test_a_second_reader_on_the_token_ends_this_one_politely(
    api: BotApi, service: Service
) -> None:
    run = Run(api, service, webhook=False)
    await api.world.until(lambda: bool(api.calls("getUpdates")))
    other = Run(api, Service(), webhook=False)
    assert await run.task == SECOND_BOT
    assert SECOND_BOT.code == 3
    assert run.alarms == ["second_bot"]
    await Person(api).say("hello")
    assert (await other.stop()).code == 0


async def test_a_token_telegram_does_not_know_ends_with_a_message(
    api: BotApi, service: Service
) -> None:
    api.token = "2000:" + "X" * 35
    run = Run(api, service, webhook=False)
    assert await run.task == BAD_TOKEN


async def test_a_token_taken_away_while_running_ends_the_reading(
    api: BotApi, service: Service
) -> None:
    run = Run(api, service, webhook=False)
    await Person(api).say("hello")
    api.fail("getUpdates", status=401, description="Unauthorized")
    Person(api, 99).post("x")
    assert await run.task == BAD_TOKEN


async def test_telegram_away_at_the_start_is_waited_for(api: BotApi, service: Service) -> None:
    api.fail("deleteWebhook", how="drop", times=3)
    run = Run(api, service, webhook=False)
    await Person(api).say("hello")
    assert run.slept == [1, 2, 4]
    await run.stop()


async def test_a_stop_while_telegram_is_away_is_heard(api: BotApi, service: Service) -> None:
    api.fail("deleteWebhook", how="drop", times=10_000)
    run = Run(api, service, webhook=False)
    await api.world.until(lambda: len(api.calls("deleteWebhook")) > 2)
    assert (await run.stop()).code == 0


async def test_a_person_who_comes_back_after_blocking_begins_afresh(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    update = person.block()
    await api.world.until(lambda: update in api.world.confirmed)
    person.chat.blocked = False
    person.membership("member")
    await person.start()
    assert service.kept[person_key(person.chat.id)].turn == 1
