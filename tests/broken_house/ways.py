"""The same person at a keyboard and on Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from bot.channels.talk import Talk
from bot.channels.telegram.channel import TelegramChannel, TelegramSettings
from bot.core.turn import Reply
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.broken_house.faults import Running
from tests.kill.road import BEGIN, Act


class Way(Protocol):
    """How somebody talks to the bot."""

    async def do(self, act: Act) -> str:
        """Do it; gives the text that came in answer."""
        ...


class AtKeyboard:
    def __init__(self, running: Running) -> None:
        house = running.house
        self._talk = Talk(house.service, house.keyring.person_key(1))

    async def do(self, act: Act) -> str:
        return _text(await self._reply(act))

    async def _reply(self, act: Act) -> Reply:
        if act == BEGIN:
            return await self._talk.start()
        return await (self._talk.press(act.press) if act.press else self._talk.line(act.say))


class OnTelegram:
    def __init__(self, api: BotApi) -> None:
        self._person = Person(api)

    async def do(self, act: Act) -> str:
        person = self._person
        seen = await (person.press(act.press) if act.press else person.say(act.say))
        return seen.text


async def walk(way: Way, acts: Sequence[Act]) -> str:
    """Each in turn, every answer as expected; gives the last."""
    text = ""
    for act in acts:
        text = await way.do(act)
        assert act.sees in text
    return text


def _text(reply: Reply) -> str:
    return "\n".join(screen.text for screen in reply.screens)


@asynccontextmanager
async def at_keyboard(running: Running) -> AsyncIterator[Way]:
    yield AtKeyboard(running)


@asynccontextmanager
async def on_telegram(running: Running) -> AsyncIterator[Way]:
    house = running.house
    async with BotApi() as api:
        channel = TelegramChannel(
            TelegramSettings(api.token, api.root),
            house.service,
            house.store,
            person_key=house.keyring.person_key,
            alarm=house.alarm,
        )
        served = asyncio.create_task(channel.run())
        try:
            yield OnTelegram(api)
        finally:
            channel.stop()
            assert (await served).code == 0


WAYS = {"keyboard": at_keyboard, "telegram": on_telegram}
