"""Inline mode: `@bot words` in any chat. Guidance alone; it starts nothing and keeps nothing.

999 comes first, whatever was typed and whatever is broken. What follows is the same for everybody,
so Telegram may keep it by its words for a while (`cache_time`) instead of asking us again.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from bot.channels.telegram.needs import Quoting
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.updates import Inline
from bot.core.emergency import DIAL_999, HEADER
from bot.service.quoting import Quote

CACHE_SECONDS: Final = 300
AT_ONCE: Final = 32  # every letter typed is a query: what comes on top of these is not answered
_ID_BYTES: Final = 64
_SHORT: Final = 100  # characters of a result's second line


class InlineAnswers:
    """Answers inline queries beside everything else; `quoting` None knows 999 alone."""

    def __init__(self, request: AiohttpRequest, quoting: Quoting | None) -> None:
        self._request = request
        self._quoting = quoting
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, inline: Inline) -> None:
        """Answer it soon, unless very many wait."""
        if len(self._tasks) < AT_ONCE:
            task = asyncio.create_task(self._answer(inline))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Drop what is not answered yet: the next letter asks again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, inline: Inline) -> None:
        found = await self._quoting.quotes(inline.words) if self._quoting is not None else ()
        params = {
            "inline_query_id": inline.query,
            "results": [_article("999", HEADER, DIAL_999), *map(_quoted, found)],
            "cache_time": CACHE_SECONDS,
            "is_personal": False,
        }
        try:
            await self._request.call("answerInlineQuery", params)
        except Exception:  # noqa: BLE001 - too old, or Telegram is away: the next letter asks again
            return


def _quoted(quote: Quote) -> dict[str, Any]:
    return _article(quote.id[:_ID_BYTES], quote.title, quote.text)


def _article(id_: str, title: str, text: str) -> dict[str, Any]:
    said = text.removeprefix(f"{HEADER}\n\n{title}").split()
    return {
        "type": "article",
        "id": id_,
        "title": title,
        "description": " ".join(said)[:_SHORT],
        "input_message_content": {
            "message_text": text,
            "link_preview_options": {"is_disabled": True},
        },
    }
