"""What Telegram's answers mean when they are not "ok", in python-telegram-bot's error types.

No error made here holds a URL, a token or a payload.
"""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any, Final

from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

_UPDATE_ID: Final = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\b')


class Wait(RetryAfter):
    """429: come back after `seconds`."""

    @property
    def retry_after(self) -> timedelta:
        """How long to wait (the library's own property warns each time it is read)."""
        return self._retry_after

    @property
    def seconds(self) -> float:
        """How long to wait, in seconds, at least one."""
        return max(1.0, self._retry_after.total_seconds())


class UnreadableAnswer(TelegramError):  # noqa: N818 - named for what is true
    """An answer that is not JSON. `update_id` is the first one named in it, or 0: with it a
    single unreadable update can be passed over.
    """

    def __init__(self, update_id: int) -> None:
        super().__init__("unreadable_answer")
        self.update_id = update_id


def parse(payload: bytes) -> dict[str, Any]:
    """The JSON object of an answer. Raises UnreadableAnswer; nothing is printed."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        found = _UPDATE_ID.search(payload)
        raise UnreadableAnswer(int(found[1]) if found else 0) from None
    if not isinstance(answer, dict):
        raise UnreadableAnswer(0)
    return answer


def fault(status: int, payload: bytes) -> TelegramError:
    """The error that an HTTP status outside 200 to 299 stands for."""
    try:
        answer = parse(payload)
    except UnreadableAnswer:
        answer = {}
    description = str(answer.get("description", ""))
    match status:
        case 400:
            return BadRequest(description)
        case 401 | 404:
            return InvalidToken("token_refused")
        case 403:
            return Forbidden(description)
        case 409:
            return Conflict("conflict")
        case 429:
            return Wait(_retry_after(answer))
        case _:
            return NetworkError(f"http_{status}")


def _retry_after(answer: dict[str, Any]) -> int:
    parameters = answer.get("parameters")
    seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return seconds if isinstance(seconds, int) and seconds > 0 else 1
