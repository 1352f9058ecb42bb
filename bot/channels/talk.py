"""One person at a keyboard: typed lines become inputs, labels and numbers become presses.

999 is answered here, before the service is asked, so it works with everything else broken.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, Protocol

from bot.core.brought import MOST
from bot.core.catalogue import normal
from bot.core.emergency import DIAL_999, NOT_SAVED, is_urgent
from bot.core.turn import (
    Begin,
    Button,
    Document,
    Input,
    Media,
    MediaKind,
    Press,
    Reply,
    Say,
    Screen,
)
from bot.core.turn import ScreenKind as Kind
from bot.errors import BotError
from bot.ports import PersonKey
from bot.service.turns import Taken

NOBODY: Final = Reply((), 0)
_CODE: Final = re.compile(r"\b[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}\b")


class Takes(Protocol):
    """What a channel needs of the turn service."""

    async def take(self, person: PersonKey, given: Input) -> Taken:
        """Take one input; raises StoreUnavailable when it could not be saved."""
        ...

    async def takes_file(self, person: PersonKey) -> bool:
        """Whether a file is asked for now."""
        ...


class Talk:
    """Holds the last reply, so that a label or a number finds its button."""

    def __init__(self, service: Takes, person: PersonKey, payload: str = "") -> None:
        self._service = service
        self._payload = payload
        self._person = person
        self.reply = NOBODY
        self.before = NOBODY  # the reply before that one: its buttons may be stale
        self.code = ""  # the last code shown, for transcripts

    async def start(self) -> Reply:
        """Open the chat, as a link with this payload would."""
        return await self._send(Begin(self._payload))

    async def line(self, text: str) -> Reply:
        """What was typed: a button's label or number where that is meant, else words."""
        if is_urgent(text):
            return Reply((Screen(DIAL_999, (), Kind.URGENT),), self.reply.turn)
        button = self.button(text)
        if button is None and (file := await self._file(text)):
            return await self._send(file)
        return await self._send(Press(self.reply.turn, button.option) if button else Say(text))

    async def _file(self, text: str) -> Document | None:
        """The file whose path was typed, where one is asked for; None where it is words."""
        path = Path(text.strip())
        if path.suffix != ".json" or not await self._service.takes_file(self._person):
            return None
        return Document(_content(path))

    async def press(self, label: str, *, older: bool = False) -> Reply:
        """Press a button by its label, of the present screen or of the one before it. Raises
        LookupError when that screen has no such button.
        """
        reply = self.before if older else self.reply
        for screen in reply.screens:
            for button in screen.buttons:
                if normal(button.label) == normal(label):
                    return await self._send(Press(reply.turn, button.option))
        raise LookupError

    async def media(self, kind: MediaKind = MediaKind.PHOTO) -> Reply:
        """Something that is not words arrived."""
        return await self._send(Media(kind))

    def button(self, text: str) -> Button | None:
        """The button a typed line means on the present screen. Where words are wanted a number is
        one of them: “4?” is not the button 4.
        """
        for screen in self.reply.screens:
            for number, button in enumerate(screen.buttons, 1):
                bare = screen.typed and text.strip().rstrip("?").isdigit()
                if normal(text) == normal(button.label) and not bare:
                    return button
                if not screen.typed and text.strip() == str(number):
                    return button
        return None

    async def _send(self, given: Input) -> Reply:
        try:
            taken = await self._service.take(self._person, given)  # a keyboard repeats nothing
        except BotError:
            return Reply((Screen(NOT_SAVED, (), Kind.URGENT),), self.reply.turn)
        self.before, self.reply = self.reply, taken.reply
        for screen in taken.reply.screens:
            if screen.kind is Kind.CODE and (found := _CODE.search(screen.text)):
                self.code = found.group()
        return taken.reply


def _content(path: Path) -> bytes:
    """What is in a file; empty when it is too large or cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST + 1)
    except (OSError, ValueError):
        return b""
    return content if len(content) <= MOST else b""
