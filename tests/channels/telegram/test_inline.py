"""`@bot words` in any chat: guidance, 999 first, and nothing begun or kept."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest

from bot.adapters.library import Library
from bot.channels.telegram.inline import AT_ONCE
from bot.core.emergency import DIAL_999, HEADER
from bot.core.turn import Press
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue
from bot.service.quoting import Quote, Quoting
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service

ROOT = Path(__file__).parents[3]


async def test_guidance_comes_with_999_before_it_and_the_same_for_everybody(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.known = (Quote("mase", "What is MASE?", f"{HEADER}\n\nWhat is MASE?\n\nA panel."),)
    first, second = await person.ask_inline("mase")
    assert first["title"] == HEADER
    assert first["input_message_content"]["message_text"] == DIAL_999
    assert (second["id"], second["title"], second["description"]) == (
        "mase",
        "What is MASE?",
        "A panel.",
    )
    assert second["input_message_content"]["message_text"].endswith("A panel.")
    (asked,) = api.calls("answerInlineQuery")
    assert asked["is_personal"] is False
    assert asked["cache_time"] > 0
    assert "button" not in asked


async def test_nothing_is_begun_stored_or_said_in_the_chat(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    await person.ask_inline("a marker by the canal")
    assert service.inputs == []
    assert service.kept == {}
    assert service.inbox == {}
    assert person.messages == []
    assert run.alarms == []


async def test_999_is_there_when_nothing_is_known_and_when_the_rest_is_broken(
    run: Run, person: Person, service: Service
) -> None:
    assert [one["id"] for one in await person.ask_inline("bus times")] == ["999"]
    service.failing = service.broken = 9
    assert [one["id"] for one in await person.ask_inline("")] == ["999"]


@pytest.mark.parametrize(
    "words",
    [
        "help me he has a knife",
        "she is being raped now",
        "999",
        "x" * 256,
        "помогите",
        "\u202e\x00",
    ],
)
async def test_999_comes_first_whatever_is_typed(
    run: Run, person: Person, service: Service, words: str
) -> None:
    service.known = (Quote("mase", "What is MASE?", f"{HEADER}\n\nWhat is MASE?\n\nA panel."),)
    first, *_ = await person.ask_inline(words)
    assert (first["id"], first["title"]) == ("999", HEADER)
    assert first["input_message_content"]["message_text"] == DIAL_999


async def test_a_colleague_quotes_the_shipped_guidance_in_a_group(
    run: Run, person: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it goes: a few letters, the whole question, and a fright."""
    content, alarms = load_catalogue(ROOT), list[str]()
    with closing(Library(content, lambda: questions_in(ROOT), alarms.append)) as library:
        monkeypatch.setattr(service, "quotes", Quoting(library, content).quotes)
        letters = await person.ask_inline("wh")
        asked = await person.ask_inline("what is mase")
        fright = await person.ask_inline("help he has got a knife to her")
    for results in (letters, asked, fright):
        assert results[0]["input_message_content"]["message_text"] == DIAL_999
    assert asked[1]["title"] == "Newham: What is MASE?"
    assert asked[1]["description"].startswith("The Multi Agency Sexual Exploitation panel")
    assert "\n\nFrom: Newham" in asked[1]["input_message_content"]["message_text"]
    assert len({one["id"] for one in asked}) == len(asked) > 1
    assert alarms == []
    assert person.messages == []


async def test_a_query_that_telegram_no_longer_knows_harms_nothing(
    api: BotApi, run: Run, person: Person
) -> None:
    api.fail("answerInlineQuery", status=400, description="Bad Request: query is too old")
    person.post_inline("mase")
    assert [one["id"] for one in await person.ask_inline("mase")] == ["999"]
    assert run.alarms == []


async def test_it_is_confirmed_at_once_and_never_in_the_way_of_anybody(
    api: BotApi, run: Run, person: Person, service: Service
) -> None:
    service.hold = asyncio.Event()
    for _ in range(AT_ONCE + 5):
        person.post_inline("mase")
    await person.say("hello")
    assert "You said hello" in person.screen.text
    service.hold.set()
    await api.world.until(lambda: len(api.world.inline_answers) == AT_ONCE)
    assert [one["id"] for one in await person.ask_inline("mase")] == ["999"]
    assert len(api.world.inline_answers) == AT_ONCE + 1


async def test_guidance_sent_into_this_chat_is_no_answer_of_anybodys(
    run: Run, person: Person, service: Service
) -> None:
    await person.say("first")
    person.post("What is MASE?", via_bot={"id": 1, "is_bot": True, "first_name": "Bot"})
    await person.say("second")
    assert service.inputs[1] == Press(0, "")


async def test_stopping_waits_for_none_of_them(
    api: BotApi, polled: Run, person: Person, service: Service
) -> None:
    service.hold = asyncio.Event()
    person.post_inline("mase")
    await api.world.until(lambda: polled.channel.desk.seen["inline"] == 1)
    await polled.stop()
    assert api.world.inline_answers == {}
