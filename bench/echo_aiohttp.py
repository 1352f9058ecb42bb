"""Bare aiohttp, the floor: a loop around getUpdates and one POST for each call, nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp


async def main(root: str, token: str) -> None:
    """Poll until ended."""
    async with aiohttp.ClientSession() as session:
        running: set[asyncio.Task[None]] = set()

        async def call(method: str, **params: Any) -> Any:
            async with session.post(f"{root}/bot{token}/{method}", json=params) as answer:
                return json.loads(await answer.read())["result"]

        async def echo(update: dict[str, Any]) -> None:
            keyboard = {"inline_keyboard": [[{"text": "Again", "callback_data": "0"}]]}
            if "message" in update:
                chat, text = update["message"]["chat"]["id"], update["message"]["text"]
                await call("sendMessage", chat_id=chat, text=text, reply_markup=keyboard)
                return
            query = update["callback_query"]
            on, text = query["message"], f"pressed {query['id']}"
            await call("answerCallbackQuery", callback_query_id=query["id"])
            where = {"chat_id": on["chat"]["id"], "message_id": on["message_id"]}
            await call("editMessageText", **where, text=text, reply_markup=keyboard)

        offset = 0
        while True:
            for update in await call("getUpdates", offset=offset, timeout=50):
                offset = update["update_id"] + 1
                task = asyncio.create_task(echo(update))
                running.add(task)
                task.add_done_callback(running.discard)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
