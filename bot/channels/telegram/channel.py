"""The Telegram channel put together."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from telegram import Bot

from bot.channels.telegram.calls import Calls
from bot.channels.telegram.chat_record import Learnt
from bot.channels.telegram.chats import TelegramChats
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.ended import NOT_LISTENING, STOPPED, Ended
from bot.channels.telegram.inline import InlineAnswers
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.needs import (
    Alarm,
    Inbox,
    PersonKeyOf,
    Quoting,
    RemoveLater,
    Turns,
)
from bot.channels.telegram.polling import PATIENCE, Polling
from bot.channels.telegram.preparing import (
    prepare_polling,
    prepare_webhook,
    resume,
    set_commands,
)
from bot.channels.telegram.quiet import be_quiet
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.turns import Turner
from bot.channels.telegram.urgent import Urgent
from bot.channels.telegram.webhook import Webhook
from bot.ports import Sleep

TELEGRAM: Final = "https://api.telegram.org"
AT_ONCE: Final = 64  # people served at the same time
SENDING: Final = 48  # connections for replies
_GRACE: Final = 10.0  # seconds for what is on its way when the program stops


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """`api_url` is the root of the Bot API server; the webhook is used when it has a URL."""

    token: str = field(repr=False)
    api_url: str = TELEGRAM
    webhook_url: str = ""
    webhook_host: str = "127.0.0.1"
    webhook_port: int = 8443
    webhook_secret: str = field(default="", repr=False)


class TelegramChannel:
    """Runs until stopped, by `stop` or by SIGTERM or SIGINT. One object runs once."""

    def __init__(
        self,
        settings: TelegramSettings,
        turns: Turns,
        inbox: Inbox,
        *,
        person_key: PersonKeyOf,
        alarm: Alarm,
        remove_later: RemoveLater | None = None,
        quoting: Quoting | None = None,
        sleep: Sleep = asyncio.sleep,
        patience: float = PATIENCE,
    ) -> None:
        be_quiet()
        self._settings = settings
        self._alarm = alarm
        self._sleep = sleep
        self._reading = self._pool(2, 70.0)
        self._showing = self._pool(SENDING)
        self._hurrying = self._pool(16)  # for 999 alone, so that it never stands in a queue
        learnt = Learnt()
        self._lanes = Lanes(AT_ONCE, sleep)
        self._calls = Calls(self._showing, self._lanes.wait)
        self._turner = Turner(turns, self._calls, learnt, self._lanes.wait, alarm, remove_later)
        self.chats = TelegramChats(Calls(self._showing, sleep), learnt)
        self._urgent = Urgent(Calls(self._hurrying, sleep), learnt, alarm)
        self._inline = InlineAnswers(self._showing, quoting)
        self.desk = Desk(
            self._turner, self._urgent, self._inline, inbox, self._lanes, person_key, alarm
        )
        self._polling = Polling(self._reading, self.desk, sleep, alarm, patience)
        self._bot = Bot(
            settings.token,
            base_url=f"{settings.api_url.rstrip('/')}/bot",
            request=self._showing,
            get_updates_request=self._reading,
        )
        self._state = "starting"
        self._beside: asyncio.Task[None] | None = None
        self._stopped = asyncio.Event()

    async def run(self) -> Ended:
        """By webhook when one is set, else by long polling."""
        return await (self.run_webhook() if self._settings.webhook_url else self.run_polling())

    async def run_polling(self) -> Ended:
        """Long polling until stopped."""
        with self._signals():
            try:
                await self._open()
                ready = prepare_polling(self._bot, self._sleep)
                return await self._until_stopped(ready) or await self._poll()
            finally:
                await self._close()

    async def run_webhook(self) -> Ended:
        """Webhook until stopped."""
        webhook = Webhook(
            self.desk, self._settings.webhook_url, self._settings.webhook_secret, self.health
        )
        with self._signals():
            try:
                await self._open()
                return await self._serve(webhook)
            finally:
                self._state = "stopping"
                await webhook.close()
                await self._close()

    def stop(self) -> None:
        """End politely: what was read becomes safe, what is not safe is not confirmed."""
        self._state = "stopping"
        self._stopped.set()
        self._polling.stop()

    def health(self) -> str:
        """One word on how things are: ok, starting, stopping, store or telegram."""
        if self._state == "ok" and not self._turner.store_works:
            return "store"
        if self._state == "ok" and not self._calls.works:
            return "telegram"
        return self._state

    def _ready(self) -> None:
        self._state = "ok"
        self._beside = asyncio.create_task(set_commands(self._showing, self._alarm))

    async def _poll(self) -> Ended:
        self._ready()
        ended = await self._polling.run()
        await self._drain()
        if ended is STOPPED:
            await self._polling.confirm()
        return ended

    async def _serve(self, webhook: Webhook) -> Ended:
        settings = self._settings
        await self.desk.resume()
        try:
            await webhook.start(settings.webhook_host, settings.webhook_port)
        except OSError:
            return NOT_LISTENING
        url, secret = settings.webhook_url, settings.webhook_secret
        ended = await self._until_stopped(prepare_webhook(self._bot, url, secret, self._sleep))
        if ended is None:
            self._ready()
            await self._until_stopped(self._stay())
        return ended or STOPPED

    async def _stay(self) -> None:
        await resume(self.desk, self._sleep)
        await self._stopped.wait()

    async def _until_stopped(self, work: Coroutine[None, None, Ended | None]) -> Ended | None:
        """The work's outcome, or STOPPED when told to stop meanwhile."""
        doing = asyncio.create_task(work)
        stopped = asyncio.create_task(self._stopped.wait())
        await asyncio.wait({doing, stopped}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if doing.done():
            return doing.result()
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)
        return STOPPED

    async def _open(self) -> None:
        for pool in self._pools:
            await pool.initialize()

    async def _drain(self) -> None:
        await self._lanes.close(_GRACE)
        await self._urgent.close(_GRACE)
        await self._inline.close()

    async def _close(self) -> None:
        self._state = "stopping"
        await self._drain()
        if self._beside is not None:
            self._beside.cancel()
            await asyncio.gather(self._beside, return_exceptions=True)
        for pool in self._pools:
            await pool.shutdown()

    def _pool(self, connections: int, seconds: float = 20.0) -> AiohttpRequest:
        settings = self._settings
        return AiohttpRequest(
            settings.api_url, settings.token, connections=connections, seconds=seconds
        )

    @property
    def _pools(self) -> tuple[AiohttpRequest, ...]:
        return self._reading, self._showing, self._hurrying

    @contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.stop)
        try:
            yield
        finally:
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
