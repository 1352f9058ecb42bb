"""The channel's side of errands: documents leave the chat later, and a chat is found again."""

from __future__ import annotations

import pytest

from bot.channels.telegram.chat_record import ChatRecord
from bot.core.turn import File, Reply
from bot.errors import ChatGone, ChatUnreachable, StoreUnavailable
from bot.ports import PersonKey
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run, person_key
from tests.channels.telegram.service import Service, question

PAPER = File("information-2026-11-21.pdf", "application/pdf", b"%PDF", fleeting=True)
DATES = File("dates-2026-11-21.ics", "text/calendar", b"BEGIN")


async def test_only_what_must_not_stay_is_to_be_removed_later(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [Reply((question("Here"),), 0, files=(PAPER, DATES))]
    await person.say("documents, please")
    await api.world.until(lambda: bool(run.later))
    ((key, record, messages),) = run.later
    assert key == person_key(person.chat.id)
    assert messages == (person.files[0].id,)
    assert ChatRecord.load(record).chat == person.chat.id


async def test_a_turn_without_documents_leaves_nothing_to_do(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [Reply((question("Here"),), 0, files=(DATES,))]
    await person.say("dates, please")
    await person.say("and on")
    assert run.later == []


async def test_a_store_that_cannot_note_it_is_told_to_the_operator(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    run.later_fails = StoreUnavailable("database_full")
    service.replies = [Reply((question("Here"),), 0, files=(PAPER,))]
    await person.say("documents, please")
    await api.world.until(lambda: run.alarms == ["document_not_removed"])
    assert len(person.files) == 1


async def test_the_address_of_a_chat_holds_none_of_its_messages(run: Run) -> None:
    whole = ChatRecord(chat=7, newest=12, messages=(10, 11, 12), codes=(11,)).dump()
    assert run.channel.chats.address(whole) == ChatRecord(chat=7).dump()


async def test_what_is_said_later_is_silent_protected_and_goes_when_they_leave(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    address = run.channel.chats.address(ChatRecord(person.chat.id).dump())
    key = PersonKey(person_key(person.chat.id))
    await run.channel.chats.say(key, address, "A reminder.")
    said = person.messages[-1]
    assert (said.text, said.silent, said.protected) == ("A reminder.", True, True)
    service.replies = [Reply((), 0, clear=True)]
    person.post("exit")
    await api.world.until(lambda: said.id not in person.chat.messages)


async def test_messages_are_removed_from_the_chat_they_stand_in(
    api: BotApi, run: Run, person: Person
) -> None:
    await person.say("hello")
    (mine, ours) = [message.id for message in person.messages]
    await run.channel.chats.remove(ChatRecord(person.chat.id).dump(), (ours, 999))
    assert list(person.chat.messages) == [mine]


@pytest.mark.parametrize("method", ["sendMessage", "deleteMessages"])
async def test_a_blocked_chat_and_one_out_of_reach_are_told_apart(
    api: BotApi, run: Run, person: Person, method: str
) -> None:
    await person.say("hello")
    chats, address = run.channel.chats, ChatRecord(person.chat.id).dump()

    async def act() -> None:
        if method == "sendMessage":
            await chats.say(person_key(person.chat.id), address, "A reminder.")
        else:
            await chats.remove(address, (5,))

    api.fail(method, status=403, description="Forbidden: bot was blocked by the user")
    with pytest.raises(ChatGone):
        await act()
    api.fail(method, how="drop", times=8)
    with pytest.raises(ChatUnreachable):
        await act()
