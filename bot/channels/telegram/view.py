"""A reply on the person's screen: which messages are edited, sent and removed.

A press edits its message in place when that is the present screen, so a button turn leaves one
message; typed words get a new one. 999 and codes are always messages of their own.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from bot.channels.telegram.calls import Calls, GaveUp
from bot.channels.telegram.chat_record import ChatRecord
from bot.channels.telegram.pages import FILE_NOT_SENT, GOES, STAYS, Page, pages
from bot.channels.telegram.updates import Arrival
from bot.core.emergency import CARRY_ON_OPTION
from bot.core.receipts import code_of
from bot.core.turn import Document, File, Input, Media, Reply, Say, ScreenKind

_IN_PLACE: Final = frozenset({ScreenKind.QUESTION, ScreenKind.NOTICE})
_PRESENT: Final = frozenset({ScreenKind.QUESTION, ScreenKind.CODE})


@dataclass(slots=True)
class Shown:
    """The messages a reply became; filled as they are sent, so a failure half way loses none."""

    messages: list[int] = field(default_factory=list)
    newest: int = 0
    fleeting: list[int] = field(default_factory=list)  # files that leave the chat after a day
    codes: tuple[int, ...] = ()  # every message in the chat that shows a code
    left: tuple[int, ...] = ()  # what was to leave the chat with the person, and could not yet


class View:
    """Shows replies through `calls`."""

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    async def show(self, arrival: Arrival, reply: Reply, record: ChatRecord, shown: Shown) -> None:
        """Show a reply to what arrived. Raises PersonGone or GaveUp."""
        answered = self.acknowledge(arrival)
        try:
            await self._show(arrival, reply, record, shown)
        finally:
            if answered is not None:
                await answered

    def acknowledge(self, arrival: Arrival) -> asyncio.Task[None] | None:
        """Answer a press beside whatever else is sent."""
        if not arrival.callback:
            return None
        return asyncio.create_task(self._calls.answer(arrival.callback))

    async def _show(
        self, arrival: Arrival, reply: Reply, record: ChatRecord, shown: Shown
    ) -> None:
        if _never_stays(arrival.given):
            await self._remove(arrival.chat, (arrival.message,))
        if reply.clear:
            shown.left = await self._remove(arrival.chat, record.everything)
        coming = pages(reply)
        if not reply.clear and coming and _replaces(arrival, record, coming[0]):
            coming = await self._replace(arrival, record, coming, shown)
        await self._send(arrival.chat, coming, shown)
        if shown.codes and not reply.clear and _leaves_code(reply):
            # After what follows it: a stop between the two never leaves an empty chat.
            shown.codes = await self._remove(arrival.chat, shown.codes)
        await self._give(arrival.chat, reply.files, shown)

    async def _give(self, chat: int, files: tuple[File, ...], shown: Shown) -> None:
        """Send files below the screen; the next screen then comes below them. One that cannot be
        sent is said to be missing.
        """
        for file in files:
            try:
                message = await self._calls.send_file(chat, file)
                if file.fleeting:
                    shown.fleeting.append(message)
            except GaveUp:
                message = await self._calls.send(chat, FILE_NOT_SENT)
            shown.messages.append(message)
            shown.newest = message

    async def _send(self, chat: int, coming: list[Page], shown: Shown) -> None:
        """Send pages. A code shown again takes the place of those before, once it is there."""
        before = shown.codes
        for page in coming:
            message = await self._calls.send(chat, page)
            shown.messages.append(message)
            if page.kind in _PRESENT:
                shown.newest = message
            if page.kind is ScreenKind.CODE:
                shown.codes = (*shown.codes, message)
        if before and shown.codes != before:
            shown.codes = (*await self._remove(chat, before), *shown.codes[len(before) :])

    async def _replace(
        self, arrival: Arrival, record: ChatRecord, coming: list[Page], shown: Shown
    ) -> list[Page]:
        """What is left to send once the pressed message has become the first page, or is gone."""
        first, *rest = coming
        if arrival.mark == GOES:
            if arrival.message not in record.codes:  # known codes are seen to together
                await self._remove(arrival.chat, (arrival.message,))
            return coming
        if not await self._calls.edit(arrival.chat, arrival.message, first):
            return coming
        if first.kind in _PRESENT:
            shown.newest = arrival.message
        return rest

    async def _remove(self, chat: int, messages: tuple[int, ...]) -> tuple[int, ...]:
        """Remove messages; gives them back when Telegram could not be asked. The screens that
        follow matter more.
        """
        try:
            await self._calls.delete(chat, messages)
        except GaveUp:
            return messages
        return ()


def _never_stays(given: Input) -> bool:
    """Whether the person's own message goes once it was taken: media, files and a typed code."""
    return isinstance(given, Media | Document) or (
        isinstance(given, Say) and code_of(given.text) is not None
    )


def _leaves_code(reply: Reply) -> bool:
    """Whether no code stands behind this reply: it shows another present screen, and not just
    something beside the conversation, which offers to carry on where it was.
    """
    return any(
        screen.kind is ScreenKind.QUESTION
        and all(button.option != CARRY_ON_OPTION for button in screen.buttons)
        for screen in reply.screens
    )


def _replaces(arrival: Arrival, record: ChatRecord, first: Page) -> bool:
    """Whether the pressed message is the present screen and may give way to this page. A code's
    message always gives way; an edit cannot change whether a message is protected.
    """
    if not arrival.callback or not arrival.message or arrival.mark == STAYS:
        return False
    if arrival.mark == GOES:
        return True
    present = arrival.message >= record.newest
    return present and first.kind in _IN_PLACE and first.protect == arrival.protected
