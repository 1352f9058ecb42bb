"""What a person sees, over real HTTP, by polling and by webhook."""

from __future__ import annotations

from bot.channels.telegram.chat_record import ChatRecord
from bot.core.turn import Begin, Button, Media, MediaKind, Press, Reply, Say, Screen, ScreenKind
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run, person_key
from tests.channels.telegram.service import Service, question


async def test_words_get_a_new_message_by_one_call(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    seen = await person.say("hello")
    assert "You said hello" in seen.text
    assert seen.buttons == ("Yes", "No")
    assert service.inputs == [Say("hello")]
    sent = api.calls("sendMessage")
    assert len(sent) == 1
    assert not api.calls("editMessageText")
    assert sent[0]["disable_notification"] is True
    assert sent[0]["protect_content"] is True
    assert sent[0]["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in sent[0]


async def test_a_press_edits_its_message_in_place_by_two_calls(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    first = await person.start("wirral")
    seen = await person.press("No")
    assert service.inputs == [Begin("wirral"), Press(1, "1")]
    assert seen.id == first.id
    assert "Turn 2 after 1" in seen.text
    assert len(api.calls("editMessageText")) == 1
    await api.world.until(lambda: len(api.calls("answerCallbackQuery")) == 1)
    assert len(api.calls("sendMessage")) == 1


async def test_media_are_never_downloaded_and_removed_at_once(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    await person.photo(caption="her name is Marker")
    assert service.inputs[-1] == Media(MediaKind.PHOTO)
    assert not api.calls("getFile")
    assert not api.calls("file")
    assert [m.kind for m in person.messages if not m.by_bot] == ["text"]


def one(*screens: Screen, clear: bool = False) -> Reply:
    return Reply(screens, 0, clear=clear)


async def test_a_press_on_an_old_screen_gets_a_new_message(
    run: Run, person: Person, service: Service
) -> None:
    old = await person.say("one")
    await person.say("two")
    update = person.post_press("Yes", old.id)
    await person.sees("Turn 2 after 0")
    assert service.taken[-1][2] == update
    assert person.chat.messages[old.id].edits == 0
    assert person.screen.id > old.id


async def test_pressing_twice_leaves_one_screen(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    first = await person.start()
    person.post_press("Yes")
    person.post_press("Yes")
    await api.world.until(lambda: len(api.calls("editMessageText")) == 2)
    await person.say("still here")
    assert next(m.id for m in person.messages if m.by_bot) == first.id
    assert len(person.bot_texts) == 2
    assert run.alarms == []


async def test_typed_words_after_a_press_leave_the_pressed_screen_above(
    run: Run, person: Person
) -> None:
    await person.start()
    await person.press("Yes")
    await person.say("words")
    assert len(person.bot_texts) == 2
    assert "You said words" in person.bot_texts[-1]


async def test_999_is_a_message_of_its_own_and_is_never_edited_away(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.start()
    urgent = Screen("Call 999 now", (Button("0", "Carry on"),), ScreenKind.URGENT, protect=False)
    service.replies = [one(urgent), one(question("back again"))]
    await person.press("Yes")
    seen = await person.press("Carry on")
    assert "back again" in seen.text
    assert "Call 999 now" in person.bot_texts
    assert len(person.bot_texts) == 3
    assert not api.calls("editMessageText")
    assert [call.get("protect_content") for call in api.calls("sendMessage")] == [True, None, True]


async def test_a_code_is_its_own_unprotected_message_and_goes_when_it_is_saved(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    first = await person.start()
    code = Screen("ABCD EFGH", (Button("0", "I have saved it"),), ScreenKind.CODE, protect=False)
    service.replies = [one(code), one(question("what happens next"))]
    seen = await person.press("Yes")
    assert seen.id != first.id
    assert not seen.protected
    await person.press("I have saved it")
    await person.sees("what happens next")
    await api.world.until(lambda: "ABCD EFGH" not in person.chat_texts)
    assert person.screen.protected


async def test_a_screen_that_may_be_copied_is_not_made_of_a_protected_one(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.start()
    service.replies = [one(question("open", protect=False))]
    seen = await person.press("Yes")
    assert not seen.protected
    assert not api.calls("editMessageText")


async def test_several_screens_come_in_order_and_the_first_takes_the_pressed_place(
    run: Run, person: Person, service: Service
) -> None:
    first = await person.start()
    notice = Screen("Noted", (), ScreenKind.NOTICE)
    service.replies = [one(notice, question("next"))]
    person.post_press("Yes")
    await person.sees("next")
    assert person.bot_texts[0] == "Noted"
    assert person.messages[-1].text.endswith("next")
    assert person.chat.messages[first.id].text == "Noted"
    await person.press("Yes")
    assert len(person.bot_texts) == 2


async def test_a_screen_too_long_for_one_message_comes_in_several(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.replies = [one(question("\n\n".join(["🐢" * 1500] * 4)))]
    person.post("long")
    await api.world.until(lambda: any(m.keyboard for m in person.messages))
    texts = person.bot_texts
    assert len(texts) == 4
    assert texts[0].startswith("In danger now? Call 999.")
    assert person.screen.buttons == ("Yes", "No")


async def test_clear_removes_everything_known_and_then_says_farewell(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.start()
    await person.press("Yes")
    await person.say("a secret")
    await person.say("999")
    service.replies = [one(Screen("Goodbye", (), ScreenKind.FAREWELL), clear=True)]
    await person.say("leave")
    await person.sees("Goodbye")
    assert person.chat_texts == ["Goodbye"]
    assert len(api.calls("deleteMessages")) == 1


async def test_clear_removes_hundreds_a_hundred_at_a_time_and_leaves_what_it_must(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    for number in range(60):
        await person.say(f"line {number}")
    old = person.messages[0]
    person.chat.undeletable.add(old.id)
    service.replies = [one(Screen("Goodbye", (), ScreenKind.FAREWELL), clear=True)]
    person.post("leave")
    await person.sees("Goodbye")
    assert person.chat_texts == [old.text, "Goodbye"]
    assert max(len(call["message_ids"]) for call in api.calls("deleteMessages")) == 100


async def test_only_needed_kinds_of_update_are_asked_for(
    api: BotApi, run: Run, person: Person
) -> None:
    await person.start()
    kinds = ["message", "edited_message", "callback_query", "inline_query", "my_chat_member"]
    asked = api.calls("getUpdates") + api.calls("setWebhook")
    assert asked
    assert all(call["allowed_updates"] == kinds for call in asked)
    dropped = asked + api.calls("deleteWebhook")
    assert not any(call.get("drop_pending_updates") for call in dropped)


async def test_a_group_is_left_after_one_word(api: BotApi, run: Run, service: Service) -> None:
    group = Person(api, -44)
    group.chat.kind = "supergroup"
    group.post("hello all")
    await api.world.until(lambda: group.chat.left)
    assert service.taken == []
    assert len(group.bot_texts) == 1
    assert "Call 999" in group.bot_texts[0]


async def test_a_channel_is_left_without_a_word(api: BotApi, run: Run, service: Service) -> None:
    channel = Person(api, -45)
    channel.chat.kind = "channel"
    channel.membership("administrator")
    await api.world.until(lambda: channel.chat.left)
    assert channel.bot_texts == []


async def test_what_is_learnt_after_a_turn_is_in_the_next_turns_record(
    run: Run, person: Person, service: Service
) -> None:
    await person.say("one")
    await person.say("two")
    record = ChatRecord.load(service.kept[person_key(person.chat.id)].chat)
    ids = [message.id for message in person.messages]
    assert record.chat == person.chat.id
    assert list(record.messages) == ids[:3]
    assert record.newest == ids[2]
