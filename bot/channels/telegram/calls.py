"""The Bot API calls of a turn, each with what its refusals mean.

429 waits as long as Telegram says; a broken connection is tried again, later and later, without
jitter. What waits, waits outside the lanes, so others are not held up.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, Final

from telegram.error import (
    BadRequest,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
)

from bot.channels.telegram.faults import UnreadableAnswer, Wait
from bot.channels.telegram.pages import Page
from bot.channels.telegram.request import AiohttpRequest
from bot.core.turn import File
from bot.ports import Sleep

FOR_EVER: Final = 1 << 62
FETCHES: Final = 3  # tries at a file; the person can send it again
_BATCH: Final = 100  # messages deleteMessages takes at once
_PHOTO: Final = ("sendPhoto", "photo")
_DOCUMENT: Final = ("sendDocument", "document")
_SHOWN: Final = ("image/png", "image/jpeg")  # what is sent as a picture
_GONE: Final = ("chat not found", "user is deactivated", "peer_id_invalid")
_SAME: Final = "message is not modified"
_PAUSES: Final = (1.0, 2.0, 4.0, 8.0, 16.0, 30.0)


class PersonGone(Exception):  # noqa: N818 - named for what is true
    """The person blocked the bot, or the chat or account is no more."""


class GaveUp(Exception):  # noqa: N818 - named for what is true
    """Telegram would not take it, or could not be reached often enough."""


class Calls:
    """Outgoing calls over one pool of connections; `wait` sleeps, in seconds."""

    def __init__(self, request: AiohttpRequest, wait: Sleep, tries: int = 8) -> None:
        self._request = request
        self._wait = wait
        self._tries = tries
        self.works = True  # whether Telegram could be reached when last tried

    async def send(self, chat: int, page: Page, tries: int = 0) -> int:
        """Send a message, silently; gives its id. Raises PersonGone or GaveUp."""
        params = {"chat_id": chat, "disable_notification": True, **page.params()}
        if page.protect:
            params["protect_content"] = True
        try:
            sent = await self._call("sendMessage", params, tries or self._tries)
        except BadRequest:
            raise GaveUp from None
        return _message_id(sent)

    async def send_file(self, chat: int, file: File) -> int:
        """Send a file, silently; gives its message's id. A picture that Telegram will not show is
        sent as a file like any other. Raises PersonGone or GaveUp.
        """
        params: dict[str, Any] = {"chat_id": chat, "disable_notification": True}
        if file.caption:
            params["caption"] = file.caption
        if file.protect:
            params["protect_content"] = True
        ways = (_PHOTO, _DOCUMENT) if file.media_type in _SHOWN else (_DOCUMENT,)
        for method, field in ways:
            send = partial(self._request.send_file, method, params, field, file)
            try:
                return _message_id(await self._tried(send, self._tries))
            except BadRequest:
                continue
        raise GaveUp

    async def fetch(self, file: str, most: int) -> bytes:
        """A file that a person sent, of at most so many bytes; empty when it cannot be had."""
        try:
            found = await self._call("getFile", {"file_id": file}, FETCHES)
            path = found.get("file_path") if isinstance(found, dict) else None
            if not isinstance(path, str):
                return b""
            content = await self._tried(partial(self._request.fetch, path, most), FETCHES)
        except (BadRequest, GaveUp):
            return b""
        return content if isinstance(content, bytes) else b""

    async def edit(self, chat: int, message: int, page: Page) -> bool:
        """Turn a message into this page; False when it cannot be edited (any more)."""
        params = {"chat_id": chat, "message_id": message, **page.params()}
        try:
            await self._call("editMessageText", params, self._tries)
        except BadRequest as refusal:
            return _SAME in refusal.message.lower()
        return True

    async def answer(self, callback: str) -> None:
        """Stop the button's spinner: tried once, since it says nothing ("query is too old")."""
        try:
            await self._request.call("answerCallbackQuery", {"callback_query_id": callback})
        except TelegramError:
            return

    async def delete(self, chat: int, messages: Sequence[int]) -> None:
        """Remove messages, a hundred a call; what cannot be removed is left."""
        for start in range(0, len(messages), _BATCH):
            batch = list(messages[start : start + _BATCH])
            try:
                await self._delete(chat, batch)
            except BadRequest:
                for message in batch:
                    await self._delete_one(chat, message)

    async def leave(self, chat: int, page: Page | None) -> None:
        """Leave a group or channel, after one message where one can be written."""
        if page is not None:
            with suppress(PersonGone, GaveUp):  # it may not write there
                await self.send(chat, page, tries=1)
        try:
            await self._call("leaveChat", {"chat_id": chat}, self._tries)
        except (BadRequest, PersonGone, GaveUp):
            return

    async def _delete(self, chat: int, batch: list[int]) -> None:
        await self._call("deleteMessages", {"chat_id": chat, "message_ids": batch}, self._tries)

    async def _delete_one(self, chat: int, message: int) -> None:
        try:
            await self._delete(chat, [message])
        except BadRequest:
            return

    async def _call(self, method: str, params: dict[str, Any], tries: int) -> object:
        """Raises BadRequest, PersonGone or GaveUp."""
        return await self._tried(partial(self._request.call, method, params), tries)

    async def _tried(self, attempt: Callable[[], Awaitable[object]], tries: int) -> object:
        failed = 0
        while True:
            try:
                answer = await attempt()
            except Wait as told:
                await self._wait(told.seconds)
            except BadRequest as refusal:
                if any(word in refusal.message.lower() for word in _GONE):
                    raise PersonGone from None
                raise
            except Forbidden:
                raise PersonGone from None
            except (NetworkError, UnreadableAnswer):
                failed += 1
                self.works = False
                if failed >= tries:
                    raise GaveUp from None
                await self._wait(pause(failed))
            except InvalidToken:
                self.works = False
                raise GaveUp from None
            else:
                self.works = True
                return answer


def pause(failed: int) -> float:
    """Seconds to wait after so many failures in a row."""
    return _PAUSES[min(failed, len(_PAUSES)) - 1]


def _message_id(sent: object) -> int:
    number = sent.get("message_id") if isinstance(sent, dict) else None
    return number if isinstance(number, int) else 0
