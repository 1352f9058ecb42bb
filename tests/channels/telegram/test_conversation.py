"""What a person sees, over real HTTP, by polling and by webhook."""

from __future__ import annotations

from bot.core.turn import Begin, Media, MediaKind, Press, Say
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service


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
