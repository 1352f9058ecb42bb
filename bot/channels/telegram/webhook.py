"""Our own small endpoint for Telegram's POSTs. 200 is said only once the update is safe."""

from __future__ import annotations

import asyncio
import hmac
import json
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.channels.telegram import updates
from bot.channels.telegram.desk import Desk

LARGEST: Final = 1 << 18  # bytes; an update with the longest text is under 40,000
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_GRACE: Final = 10.0  # seconds for what is being answered when the program stops


class Webhook:
    """Serves the path of `url` and `/healthz` on `host`:`port`. `health` gives one word."""

    def __init__(self, desk: Desk, url: str, secret: str, health: Callable[[], str]) -> None:
        self._desk = desk
        self._path = urlsplit(url).path or "/"
        self._secret = secret.encode()
        self._health = health
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        """Listen. Raises OSError when the address cannot be had."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(self._path, self._receive)
        app.router.add_get("/healthz", self._tell_health)
        self._runner = web.AppRunner(
            app, access_log=None, handle_signals=False, shutdown_timeout=_GRACE
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()

    async def close(self) -> None:
        """Stop listening; what is being answered may finish."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _receive(self, request: web.Request) -> web.Response:
        told = request.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(told, self._secret):
            return web.Response(status=403)
        parsed = updates.read(await _body(request))
        jobs = await self._desk.receive([parsed])
        for job in jobs:
            await asyncio.shield(job.safe)
        return web.Response()

    async def _tell_health(self, _: web.Request) -> web.Response:
        word = self._health()
        return web.Response(text=f"{word}\n", status=200 if word == "ok" else 503)


async def _body(request: web.Request) -> object:
    """The JSON of a POST; None, which no update is, when it is too long or not JSON."""
    try:
        return json.loads(await request.read())
    except (web.HTTPRequestEntityTooLarge, ValueError, RecursionError):
        return None
