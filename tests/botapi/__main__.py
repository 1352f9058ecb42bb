"""`python -m tests.botapi [--port N]`: the server as a process of its own.

Prints its root, then serves until ended. POST /control/crowd with
`{"people": 50, "turns": 2000, "press": false, "text": "hello"}` plays a crowd and answers with
its figures; POST /control/push with `{"updates": [...]}` queues updates as they are;
GET /control/state tells how many updates wait and how many requests came.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter

from aiohttp import web

from tests.botapi.crowd import crowd
from tests.botapi.server import BotApi


def control(api: BotApi) -> None:
    """Add the routes a bench drives the server with."""

    async def play(request: web.Request) -> web.Response:
        return web.json_response(await crowd(api, **await request.json()))

    async def push(request: web.Request) -> web.Response:
        return web.json_response([api.world.push(u) for u in (await request.json())["updates"]])

    async def state(request: web.Request) -> web.Response:
        counts = Counter(r.method for r in api.world.requests)
        return web.json_response({"waiting": len(api.world.waiting), "requests": counts})

    api.app.router.add_post("/control/crowd", play)
    api.app.router.add_post("/control/push", push)
    api.app.router.add_get("/control/state", state)


async def main(port: int) -> None:
    api = BotApi(port)
    control(api)
    async with api:
        sys.stdout.write(f"{api.root}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.botapi")
    parser.add_argument("--port", type=int, default=0)
    try:
        asyncio.run(main(parser.parse_args().port))
    except KeyboardInterrupt:
        sys.exit(0)
