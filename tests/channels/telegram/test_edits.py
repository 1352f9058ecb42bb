"""A message that was changed after it was sent is no input, and its writer is told so."""

from __future__ import annotations

from bot.core.emergency import DIAL_999, EDIT_NOT_READ, HEADER
from bot.core.turn import Press, Reply, Say, Screen, ScreenKind
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.botapi.world import Message
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service


def edit(api: BotApi, person: Person, text: str, message: int = 0) -> int:
    """Change the person's message to these words; gives the update's number."""
    public = person.messages[message].public(person.chat)
    return api.world.push({"edited_message": {**public, "text": text, "edit_date": 1_700_000_009}})


async def test_a_change_is_no_turn_and_its_writer_is_told_to_type_it_again(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    update = edit(api, person, "the fist")
    await person.sees(EDIT_NOT_READ)
    await api.world.until(lambda: update in api.world.confirmed)
    await person.say("second")
    assert service.inputs == [Say("first"), Say("second")]
    assert EDIT_NOT_READ.startswith(HEADER)


async def test_a_message_that_is_changed_again_and_again_is_told_of_once(
    api: BotApi, run: Run, person: Person
) -> None:
    await person.say("first")
    for text in ("a", "b", "c"):
        edit(api, person, text)
    await person.say("second")
    edit(api, person, "d", message=-2)
    await api.world.until(lambda: person.bot_texts.count(EDIT_NOT_READ) == 2)
    await person.say("third")
    assert person.bot_texts.count(EDIT_NOT_READ) == 2


async def test_the_buttons_above_the_notice_still_work_and_the_next_screen_comes_below(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    edit(api, person, "changed")
    await person.sees(EDIT_NOT_READ)
    await person.press("Yes")
    assert service.inputs[-1] == Press(1, "0")
    assert "Turn 2 after 0" in person.bot_texts[-1]


async def test_999_is_999_though_it_was_written_over_something_else(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    edit(api, person, "999")
    await person.sees(DIAL_999)
    assert EDIT_NOT_READ not in person.bot_texts
    assert service.inputs == [Say("first")]


async def test_leaving_removes_the_notice_too(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    edit(api, person, "changed")
    await person.sees(EDIT_NOT_READ)
    service.replies = [Reply((Screen("Bye", (), ScreenKind.FAREWELL),), 0, clear=True)]
    await person.say("exit")
    await person.sees("Bye")
    assert person.chat_texts == ["Bye"]


async def test_a_place_that_moves_is_no_change_of_words(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    public = {**person.messages[0].public(person.chat), "location": {"latitude": 1}}
    del public["text"]
    api.world.push({"edited_message": public})
    await person.say("second")
    assert EDIT_NOT_READ not in person.bot_texts


async def test_a_notice_that_cannot_be_shown_stops_nothing(
    api: BotApi, run: Run, person: Person
) -> None:
    await person.say("first")
    api.fail("sendMessage", status=400, description="Bad Request: no")
    edit(api, person, "changed")
    await api.world.until(lambda: run.alarms == ["reply_not_shown"])
    await person.say("second")
    assert "You said second" in person.screen.text


async def test_a_change_by_somebody_who_has_gone_stops_nothing(
    api: BotApi, run: Run, person: Person
) -> None:
    await person.say("first")
    person.chat.blocked = True
    update = edit(api, person, "changed")
    other = Person(api, 6)
    await other.say("hello")
    await api.world.until(lambda: update in api.world.confirmed)
    assert run.alarms == []


async def test_a_group_in_which_something_was_changed_is_left(
    api: BotApi, run: Run, service: Service
) -> None:
    group = Person(api, -46)
    group.chat.kind = "supergroup"
    group.chat.add(Message(0, by_bot=False, text="x"))
    edit(api, group, "y")
    await api.world.until(lambda: group.chat.left)
    assert service.taken == []
