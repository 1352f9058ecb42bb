from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.channels.telegram.ended import BAD_WEBHOOK, NOT_LISTENING
from bot.channels.telegram.webhook import LARGEST
from bot.core.turn import Say
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import SECRET, Run
from tests.channels.telegram.service import Service

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
async def hooked(api: BotApi, service: Service) -> AsyncIterator[Run]:
    run = Run(api, service, webhook=True)
    await api.world.until(lambda: bool(api.world.webhook))
    yield run
    await run.stop()


async def post(run: Run, body: bytes, secret: str | None = SECRET) -> int:
    url = f"http://127.0.0.1:{run.port}/hook/here"
    headers = {HEADER: secret} if secret is not None else {}
    async with (
        aiohttp.ClientSession() as client,
        client.post(url, data=body, headers=headers) as answer,
    ):
        return answer.status


async def health(run: Run) -> tuple[int, str]:
    url = f"http://127.0.0.1:{run.port}/healthz"
    async with aiohttp.ClientSession() as client, client.get(url) as answer:
        return answer.status, await answer.text()


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", "ż"])
async def test_without_the_secret_nothing_is_read(
    api: BotApi, hooked: Run, service: Service, secret: str | None
) -> None:
    update = {"update_id": 1, "message": {"chat": {"id": 5, "type": "private"}, "text": "x"}}
    assert await post(hooked, json.dumps(update).encode(), secret) == 403
    assert service.taken == []


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 5_000, b"x" * (LARGEST + 1), b"\xff\xfe"])
async def test_what_cannot_be_read_is_counted_and_never_comes_again(
    hooked: Run, service: Service, body: bytes
) -> None:
    assert await post(hooked, body) == 200
    assert hooked.channel.desk.seen["unparsable"] == 1
    assert service.taken == []


async def test_200_is_said_only_after_the_commit(
    api: BotApi, hooked: Run, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    update = person.post("hello")
    while not service.most_at_once:
        await asyncio.sleep(0)
    assert update not in api.world.confirmed
    service.gate.set()
    await api.world.until(lambda: update in api.world.confirmed)
    assert service.inputs == [Say("hello")]


async def test_an_update_sent_again_while_it_is_taken_is_taken_once(
    hooked: Run, person: Person, service: Service
) -> None:
    service.gate = asyncio.Event()
    update = {
        "update_id": 77,
        "message": {"message_id": 1, "chat": person.chat.public, "text": "x"},
    }
    body = json.dumps(update).encode()
    both = asyncio.gather(post(hooked, body), post(hooked, body))
    while not service.most_at_once:
        await asyncio.sleep(0)
    assert await post(hooked, b"{") == 200  # both are in by now
    service.gate.set()
    assert list(await both) == [200, 200]
    assert len(service.taken) == 1


async def test_the_webhook_is_set_with_its_secret_and_drops_nothing(
    api: BotApi, hooked: Run
) -> None:
    (call,) = api.calls("setWebhook")
    assert call["secret_token"] == SECRET
    assert call["url"].endswith("/hook/here")
    assert not call.get("drop_pending_updates")
    assert not api.calls("getUpdates")


async def test_health_tells_real_conditions_in_one_word(
    api: BotApi, hooked: Run, person: Person, service: Service
) -> None:
    await person.say("hello")
    assert await health(hooked) == (200, "ok\n")
    service.failing = 1
    await person.say("fails")
    assert await health(hooked) == (503, "store\n")
    await person.say("works")
    assert await health(hooked) == (200, "ok\n")
    api.fail("sendMessage", how="drop")
    hooked.hold_sleep = asyncio.Event()
    person.post("telegram is away")
    await api.world.until(lambda: bool(hooked.slept))
    assert await health(hooked) == (503, "telegram\n")
    hooked.hold_sleep.set()
    await person.sees("telegram is away")


async def test_it_is_starting_until_telegram_knows_the_webhook(
    api: BotApi, service: Service
) -> None:
    fault = api.fail("setWebhook", how="hold")
    run = Run(api, service, webhook=True)
    await api.world.until(lambda: bool(api.calls("setWebhook")))
    assert await health(run) == (503, "starting\n")
    fault.held.set()
    await run.stop()


async def test_a_refused_webhook_ends_with_a_message(api: BotApi, service: Service) -> None:
    api.fail("setWebhook", status=400, description="Bad Request: bad webhook")
    assert await Run(api, service, webhook=True).task == BAD_WEBHOOK


async def test_a_port_in_use_ends_with_a_message(api: BotApi, service: Service) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        run = Run(api, service, webhook=True, port=taken.getsockname()[1])
        assert await run.task == NOT_LISTENING
