"""No code stays in the chat once the person has left it, and none is lost before."""

from __future__ import annotations

import pytest

from bot.channels.telegram.chat_record import ChatRecord
from bot.core.emergency import CARRY_ON, CARRY_ON_OPTION
from bot.core.receipts import make_code
from bot.core.turn import Button, Reply, Screen, ScreenKind
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.botapi.world import Fault
from tests.channels.telegram.conftest import Run, person_key
from tests.channels.telegram.service import Service, question

CODE = make_code(bytes(range(10)))
SAVED = "I have saved it"


def code(note: str = "") -> Reply:
    text = f"{note} {CODE}".strip()
    return Reply((Screen(text, (Button("0", SAVED),), ScreenKind.CODE, protect=False),), 0)


def shown(*screens: Screen, clear: bool = False) -> Reply:
    return Reply(screens, 0, clear=clear)


def beside(text: str) -> Reply:
    """What the program says beside the conversation, such as help."""
    return shown(Screen(text, (Button(CARRY_ON_OPTION, CARRY_ON),), protect=False))


def codes(person: Person) -> int:
    return sum(CODE in text for text in person.chat_texts)


async def test_a_code_shown_again_takes_the_place_of_the_one_before(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code(), code("Not a choice."), code("Still not.")]
    await person.say("send")
    await person.say("what")
    await person.say("eh")
    await api.world.until(lambda: codes(person) == 1)
    assert person.screen.text.startswith("Still not.")


async def test_every_code_goes_when_it_is_saved_whatever_was_typed_meanwhile(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code(), beside("help"), code("Again."), shown(question("what is next"))]
    await person.say("send")
    await person.say("help")
    assert codes(person) == 1, "help does not take a code away that nobody has noted"
    await person.press(CARRY_ON)
    await person.press(SAVED)
    await person.sees("what is next")
    await api.world.until(lambda: codes(person) == 0)


async def test_a_code_goes_too_when_saving_it_is_typed_or_an_older_screen_is_pressed(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    old = await person.start()
    service.replies = [code(), code(), shown(question("what is next"))]
    await person.say("send")
    person.post_press("Yes", old.id)
    await api.world.until(lambda: service.replies == service.replies[-1:])
    await person.say("done")
    await person.sees("what is next")
    await api.world.until(lambda: codes(person) == 0)


async def test_pressing_twice_that_it_is_saved_leaves_no_code(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code(), shown(question("what is next")), shown(question("what is next"))]
    await person.say("send")
    person.post_press(SAVED)
    person.post_press(SAVED)
    await api.world.until(lambda: not service.replies)
    await person.say("on")
    await api.world.until(lambda: codes(person) == 0)


async def test_a_code_stays_until_what_follows_it_is_there(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code(), shown(question("what is next"))]
    await person.say("send")
    await person.press(SAVED)
    await api.world.until(lambda: codes(person) == 0)
    asked = [request.method for request in api.world.requests]
    last_screen = len(asked) - 1 - asked[::-1].index("sendMessage")
    assert last_screen < asked.index("deleteMessages")


async def test_a_code_that_was_removed_is_not_removed_again(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code()]
    await person.say("send")
    await person.press(SAVED)
    await person.say("more")
    await person.say("and more")
    assert len(api.calls("deleteMessages")) == 1
    record = ChatRecord.load(service.kept[person_key(person.chat.id)].chat)
    assert record.codes == ()


async def test_a_code_is_known_after_a_new_start(
    api: BotApi, person: Person, service: Service
) -> None:
    first = Run(api, service, webhook=False)
    service.replies = [code(), beside("help")]
    await person.say("send")
    await person.say("help")
    await first.stop()
    second = Run(api, service, webhook=False)
    await person.say("done")
    await api.world.until(lambda: codes(person) == 0)
    await second.stop()


async def test_a_code_that_could_not_be_removed_goes_with_the_next_screen(
    api: BotApi, polled: Run, person: Person, service: Service
) -> None:
    service.replies = [code()]
    await person.say("send")
    api.world.faults.append(Fault("deleteMessages", times=8))
    await person.say("done")
    assert codes(person) == 1
    await person.say("next")
    await api.world.until(lambda: codes(person) == 0)


async def test_leaving_removes_every_code(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [code(), shown(Screen("Bye", (), ScreenKind.FAREWELL), clear=True)]
    await person.say("send")
    await person.say("exit")
    await person.sees("Bye")
    assert person.chat_texts == ["Bye"]


async def test_a_code_that_the_person_types_goes_once_it_was_taken(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("receipt")
    await person.say(CODE.lower().replace("-", " "))
    await person.say("close")
    typed = [message.text for message in person.messages if not message.by_bot]
    assert typed == ["receipt", "close"]


@pytest.mark.parametrize("asked", ["? {}", "what happened to my report {}?"])
async def test_a_code_that_is_asked_about_goes_too(run: Run, person: Person, asked: str) -> None:
    await person.say(asked.format(CODE.lower().replace("-", " ")))
    await person.say("close")
    assert [message.text for message in person.messages if not message.by_bot] == ["close"]


async def test_a_story_with_a_code_in_it_stays_for_the_person_to_keep(
    run: Run, person: Person
) -> None:
    story = "I saw him again by the shops and it is like I said in the first report, which was "
    await person.say(f"{story} {CODE}")
    assert any(story in message.text for message in person.messages)


async def test_a_typed_code_that_was_not_taken_stays(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.failing = 1
    await person.say(CODE)
    await person.sees("was not saved")
    assert CODE in person.chat_texts
