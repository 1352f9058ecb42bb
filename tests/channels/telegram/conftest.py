from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import AsyncIterator

import pytest

from bot.channels.telegram.channel import TelegramChannel, TelegramSettings
from bot.channels.telegram.ended import Ended
from bot.ports import PersonKey
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.channels.telegram.service import Service

SECRET = "a-secret_of-the-webhook"


def person_key(chat: int) -> PersonKey:
    return PersonKey(hashlib.blake2b(str(chat).encode(), key=b"k", digest_size=16).hexdigest())


class Run:
    """A channel that runs, and what it was told and told others."""

    def __init__(self, api: BotApi, service: Service, *, webhook: bool, port: int = 0) -> None:
        self._world = api.world
        self.alarms: list[str] = []
        self.slept: list[float] = []
        self.later: list[tuple[PersonKey, bytes, tuple[int, ...]]] = []
        self.stays: list[int] = []
        self.later_fails: Exception | None = None
        self.hold_sleep: asyncio.Event | None = None
        self.port = (port or free_port()) if webhook else 0
        settings = TelegramSettings(
            TOKEN,
            api.root,
            f"http://127.0.0.1:{self.port}/hook/here" if webhook else "",
            webhook_port=self.port,
            webhook_secret=SECRET,
        )
        self.channel = TelegramChannel(
            settings,
            service,
            service,
            person_key=person_key,
            alarm=self.alarm,
            remove_later=self.remove_later,
            quoting=service,
            sleep=self.sleep,
            patience=0.05,
        )
        self.task: asyncio.Task[Ended] = asyncio.create_task(self.channel.run())

    def alarm(self, code: str) -> None:
        self.alarms.append(code)
        self._world.changed()

    async def remove_later(
        self, person: PersonKey, record: bytes, messages: tuple[int, ...], stay: int
    ) -> None:
        if self.later_fails:
            raise self.later_fails
        self.later.append((person, record, messages))
        self.stays.append(stay)
        self._world.changed()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self._world.changed()
        if self.hold_sleep is not None:
            await self.hold_sleep.wait()
        await asyncio.sleep(0)

    async def stop(self) -> Ended:
        self.channel.stop()
        return await self.task

    async def crash(self) -> None:
        """End it as a crash would: nothing more is committed, sent or confirmed."""
        self.task.cancel()
        await self.channel._lanes.close(0)
        await asyncio.gather(self.task, return_exceptions=True)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


@pytest.fixture
async def api() -> AsyncIterator[BotApi]:
    async with BotApi() as server:
        yield server


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def person(api: BotApi) -> Person:
    return Person(api)


@pytest.fixture
async def polled(api: BotApi, service: Service) -> AsyncIterator[Run]:
    run = Run(api, service, webhook=False)
    yield run
    await run.stop()


@pytest.fixture(params=["polling", "webhook"])
async def run(api: BotApi, service: Service, request: pytest.FixtureRequest) -> AsyncIterator[Run]:
    """The channel both ways."""
    run = Run(api, service, webhook=request.param == "webhook")
    yield run
    await run.stop()
