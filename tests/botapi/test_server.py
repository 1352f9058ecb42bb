"""The server keeps Telegram's own rules."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


async def call(api: BotApi, method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:
    url = f"{api.root}/bot{token}/{method}"
    async with aiohttp.ClientSession() as client, client.post(url, json=params) as answer:
        body: dict[str, Any] = await answer.json()
        return body


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("sendMessage", {"chat_id": 5}),
        ("sendMessage", {"chat_id": 5, "text": "x" * 4097}),
        ("sendMessage", {"chat_id": 5, "text": "\U0001f422" * 2049}),
        ("sendMessage", {"chat_id": 5, "text": " "}),
        ("sendMessage", {"chat_id": 5, "text": "x", "colour": "red"}),
        ("sendMessage", {"chat_id": 5, "text": "x", "protect_content": "maybe"}),
        ("sendMessage", {"chat_id": 5, "text": "x", "reply_markup": {"inline_keyboard": [{}]}}),
        (
            "sendMessage",
            {
                "chat_id": 5,
                "text": "x",
                "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
            },
        ),
        ("sendMessage", {"chat_id": 6, "text": "nobody there"}),
        ("editMessageText", {"chat_id": 5, "message_id": 999, "text": "x"}),
        ("deleteMessages", {"chat_id": 5, "message_ids": list(range(101))}),
        ("answerCallbackQuery", {"callback_query_id": "never asked"}),
        ("setWebhook", {"url": "http://example.org/plain"}),
    ],
)
async def test_a_wrong_request_is_refused(
    api: BotApi, method: str, params: dict[str, Any]
) -> None:
    Person(api, 5)
    assert (await call(api, method, **params))["error_code"] == 400


async def test_another_token_and_an_unknown_method_are_refused(api: BotApi) -> None:
    assert (await call(api, "getMe", token="1:other"))["error_code"] == 401
    assert (await call(api, "getChat", chat_id=5))["error_code"] == 404
    assert api.calls("getChat") == [{}]


async def test_a_file_that_a_person_sent_lies_where_get_file_says(api: BotApi) -> None:
    Person(api, 5).post_document("report.json", b"{}")
    (file,) = api.world.files
    path = (await call(api, "getFile", file_id=file))["result"]["file_path"]
    async with aiohttp.ClientSession() as client:
        async with client.get(f"{api.root}/file/bot{api.token}/{path}") as found:
            assert await found.read() == b"{}"
        async with client.get(f"{api.root}/file/bot{api.token}/other") as none:
            assert none.status == 404
    assert (await call(api, "getFile", file_id="other"))["error_code"] == 400


async def test_an_update_comes_again_until_a_higher_offset_is_asked_for(api: BotApi) -> None:
    person = Person(api, 5)
    first, second = person.post("one"), person.post("two")
    for _ in range(2):
        batch = (await call(api, "getUpdates"))["result"]
        assert [one["update_id"] for one in batch] == [first, second]
    (left,) = (await call(api, "getUpdates", offset=second))["result"]
    assert left["message"]["text"] == "two"
    assert list(api.world.confirmed) == [first]


async def test_an_edit_to_the_same_is_refused_as_not_modified(api: BotApi) -> None:
    Person(api, 5)
    sent = (await call(api, "sendMessage", chat_id=5, text="same"))["result"]["message_id"]
    answer = await call(api, "editMessageText", chat_id=5, message_id=sent, text="same")
    assert answer["description"].startswith("Bad Request: message is not modified")


async def test_updates_cannot_be_read_while_a_webhook_is_set(api: BotApi) -> None:
    await call(api, "setWebhook", url="https://example.org/hook")
    assert (await call(api, "getUpdates"))["error_code"] == 409
    await call(api, "deleteWebhook")
    assert (await call(api, "getUpdates"))["result"] == []


async def test_a_swallowed_answer_was_done_all_the_same(api: BotApi) -> None:
    person = Person(api, 5)
    api.fail("sendMessage", how="swallow")
    with pytest.raises(aiohttp.ClientError):
        await call(api, "sendMessage", chat_id=5, text="once")
    assert person.bot_texts == ["once"]
