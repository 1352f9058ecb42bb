"""The channel's side of errands: finding a chat again, saying something in it, tidying it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.channels.telegram.calls import Calls, GaveUp, PersonGone
from bot.channels.telegram.chat_record import ChatRecord, Learnt
from bot.channels.telegram.pages import Page
from bot.core.turn import ScreenKind
from bot.errors import ChatGone, ChatUnreachable
from bot.ports import PersonKey


class TelegramChats:
    """`ports.Chats`. The address is the chat id and nothing else."""

    def __init__(self, calls: Calls, learnt: Learnt) -> None:
        self._calls = calls
        self._learnt = learnt

    def address(self, record: bytes) -> bytes:
        """The record without its messages."""
        return ChatRecord(ChatRecord.load(record).chat).dump()

    async def say(self, person: PersonKey, address: bytes, text: str) -> None:
        """Say this silently; it goes with everything else when the person leaves."""
        page = Page(text, kind=ScreenKind.NOTICE, protect=True)
        try:
            message = await self._calls.send(ChatRecord.load(address).chat, page)
        except PersonGone:
            raise ChatGone("chat_gone") from None
        except GaveUp:
            raise ChatUnreachable("chat_unreachable") from None
        self._learnt.learn(person, [message], message)

    async def remove(self, address: bytes, messages: Sequence[int]) -> None:
        """Take messages out of the chat; what cannot be removed any more is left."""
        try:
            await self._calls.delete(ChatRecord.load(address).chat, messages)
        except PersonGone:
            raise ChatGone("chat_gone") from None
        except GaveUp:
            raise ChatUnreachable("chat_unreachable") from None
