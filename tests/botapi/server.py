"""The server itself: HTTP in and out."""

from __future__ import annotations

import asyncio
import json
from typing import Any, Final, Self

import aiohttp
from aiohttp import web

from tests.botapi.methods import METHODS
from tests.botapi.spec import METHODS as DESCRIBED
from tests.botapi.spec import coerce, wrong
from tests.botapi.world import Fault, Refused, Request, Uploaded, World

TOKEN: Final = "1000:" + "T" * 35
_RETRY_SECONDS: Final = 0.01


class BotApi:
    """`async with BotApi() as api:` listens on a free port of loopback; `api.root` is its root."""

    def __init__(self, port: int = 0, token: str = TOKEN) -> None:
        self.world = World()
        self.token = token
        self.root = ""
        self._port = port
        self._poll: asyncio.Future[None] | None = None
        self._deliveries: set[asyncio.Task[None]] = set()
        self._delivering: asyncio.Task[None] | None = None
        self._client: aiohttp.ClientSession | None = None
        self.app = web.Application(client_max_size=1 << 22)
        self.app.router.add_route("*", "/bot{token}/{method}", self._handle)
        self.app.router.add_route("*", "/file/{rest:.*}", self._file)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self.root = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._client = aiohttp.ClientSession()
        self._delivering = asyncio.create_task(self._deliver())
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = [t for t in (self._delivering, *self._deliveries) if t is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            await self._client.close()
        await self._runner.cleanup()

    def fail(self, method: str, **how: Any) -> Fault:
        """Meet the next requests of this method with a fault (see Fault)."""
        fault = Fault(method, **how)
        self.world.faults.append(fault)
        return fault

    def calls(self, method: str) -> list[dict[str, Any]]:
        """The parameters of every request of this method."""
        return [r.params for r in self.world.requests if r.method == method]

    # ---- requests ----

    async def _file(self, request: web.Request) -> web.Response:
        """The bytes of a file, under the path that getFile gave."""
        self.world.requests.append(Request("file", {}))
        if fault := self.world.fault("file", {}):
            return web.Response(status=fault.status)
        folder, _, name = request.match_info["rest"].rpartition("/")
        content = self.world.files.get(name)
        if content is None or folder != f"bot{self.token}/documents":
            return web.Response(status=404)
        return web.Response(body=content)

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        fault = None
        try:
            params = await self._params(request, method)
            self.world.requests.append(Request(method, params))
            fault = self.world.fault(method, params)
            if fault is not None and (early := await self._meet(fault, request)) is not None:
                return early
            result = await self._run(method, params)
        except Refused as refusal:
            return _error(refusal)
        finally:
            self.world.changed()
        if fault is not None and fault.how == "swallow":
            _cut(request)
        return _ok(result)

    async def _params(self, request: web.Request, method: str) -> dict[str, Any]:
        if request.match_info["token"] != self.token:
            raise Refused(401, "Unauthorized")
        if method not in DESCRIBED:
            self.world.requests.append(Request(method, {}))
            raise Refused(404, "Not Found")
        if request.content_type == "application/json":
            params = json.loads(await request.read() or b"{}")
        else:
            params = {**request.query, **{k: _part(v) for k, v in (await request.post()).items()}}
        try:
            params = coerce(method, params)
        except ValueError:
            raise Refused(400, "Bad Request: can't parse parameters") from None
        if fault := wrong(method, params):
            raise Refused(400, f"Bad Request: {fault}")
        return params

    async def _run(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._updates(params)
        return METHODS[method](self.world, params)

    async def _meet(self, fault: Fault, request: web.Request) -> web.Response | None:
        match fault.how:
            case "refuse":
                raise Refused(fault.status, fault.description, fault.parameters)
            case "drop":
                _cut(request)
                raise Refused(500, "cut")
            case "garbage":
                return web.Response(body=b'{"ok":true,"resu', content_type="application/json")
            case "hold":
                self.world.changed()
                await fault.held.wait()
        return None

    async def _updates(self, params: dict[str, Any]) -> bytes:
        if self.world.webhook:
            raise Refused(409, "Conflict: can't use getUpdates method while webhook is active")
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)
        mine = self._poll = asyncio.get_running_loop().create_future()
        world = self.world
        if (offset := params.get("offset", 0)) > 0:
            world.confirm(offset)
            world.changed()
        if not world.waiting and params.get("timeout", 0):
            world.arrived.clear()
            arrived = asyncio.ensure_future(world.arrived.wait())
            await asyncio.wait(
                {arrived, mine}, timeout=params["timeout"], return_when=asyncio.FIRST_COMPLETED
            )
            arrived.cancel()
            if mine.done():
                raise Refused(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure "
                    "that only one bot instance is running",
                )
        batch = [body for _, body in list(world.waiting)[: params.get("limit", 100)]]
        return b"[" + b",".join(_raw(body) for body in batch) + b"]"

    # ---- the webhook ----

    async def _deliver(self) -> None:
        """POST each waiting update, many at once, until it is answered with 200."""
        sent: set[int] = set()
        while True:
            await self.world.arrived.wait()
            if self.world.webhook:
                for number, body in list(self.world.waiting):
                    if number not in sent:
                        sent.add(number)
                        task = asyncio.create_task(self._post(number, body))
                        self._deliveries.add(task)
                        task.add_done_callback(self._deliveries.discard)
                self.world.arrived.clear()
            await asyncio.sleep(_RETRY_SECONDS)

    async def _post(self, number: int, body: bytes | dict[str, Any]) -> None:
        assert self._client is not None
        while hook := self.world.webhook:
            headers = {
                "Content-Type": "application/json",
                "X-Telegram-Bot-Api-Secret-Token": hook.get("secret_token", ""),
            }
            try:
                async with self._client.post(hook["url"], data=_raw(body), headers=headers) as r:
                    accepted = r.status == 200
            except aiohttp.ClientError:
                accepted = False
            if accepted:
                self.world.waiting = type(self.world.waiting)(
                    one for one in self.world.waiting if one[0] != number
                )
                self.world.confirmed.append(number)
                self.world.changed()
                return
            await asyncio.sleep(_RETRY_SECONDS)


def _part(value: str | bytearray | bytes | web.FileField) -> Any:
    """A part of a form: text, or a file read whole."""
    if isinstance(value, web.FileField):
        return Uploaded(value.filename, value.content_type, value.file.read())
    return str(value)


def _raw(body: bytes | dict[str, Any]) -> bytes:
    return body if isinstance(body, bytes) else json.dumps(body).encode()


def _ok(result: Any) -> web.Response:
    raw = result if isinstance(result, bytes) else json.dumps(result).encode()
    return web.Response(body=b'{"ok":true,"result":' + raw + b"}", content_type="application/json")


def _error(refusal: Refused) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": refusal.status,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)


def _cut(request: web.Request) -> None:
    assert request.transport is not None
    request.transport.abort()
