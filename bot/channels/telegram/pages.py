"""Screens as the messages that carry them: text pieces that fit, and one button a row.

Callback data is `turn.option`, and a third part where a message may not be edited into another
screen: `u` under 999 (it stays), `c` under a code (it goes).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from bot.core import emergency
from bot.core.turn import Button, Reply, Screen, ScreenKind
from bot.errors import BotError

LONGEST: Final = 4096  # UTF-16 units of one message
CALLBACK_BYTES: Final = 64
STAYS: Final = "u"
GOES: Final = "c"
_MARKS: Final = {ScreenKind.URGENT: f".{STAYS}", ScreenKind.CODE: f".{GOES}"}


@dataclass(frozen=True, slots=True)
class Page:
    """One message to send. `pressable`: it carries the buttons of its screen."""

    text: str
    keyboard: dict[str, Any] | None = None
    kind: ScreenKind = ScreenKind.QUESTION
    protect: bool = False
    pressable: bool = False

    def params(self) -> dict[str, Any]:
        """What sendMessage and editMessageText share: plain text, no preview, our buttons."""
        params: dict[str, Any] = {"text": self.text, "link_preview_options": {"is_disabled": True}}
        if self.keyboard:
            params["reply_markup"] = self.keyboard
        return params


def pages(reply: Reply) -> list[Page]:
    """Every message of a reply, in order."""
    return [page for screen in reply.screens for page in _screen_pages(screen, reply.turn)]


def _screen_pages(screen: Screen, turn: int) -> list[Page]:
    protect = screen.protect and screen.kind not in _MARKS
    *leading, last = split(screen.text)
    return [
        *(Page(text, None, screen.kind, protect) for text in leading),
        Page(last, keyboard(screen, turn), screen.kind, protect, bool(screen.buttons)),
    ]


def keyboard(screen: Screen, turn: int) -> dict[str, Any] | None:
    """An inline keyboard, one button a row; None without buttons."""
    mark = _MARKS.get(screen.kind, "")
    rows = [[_key(button, turn, mark)] for button in screen.buttons]
    return {"inline_keyboard": rows} if rows else None


def _key(button: Button, turn: int, mark: str) -> dict[str, str]:
    callback = f"{turn}.{button.option}{mark}"
    if not button.option or len(callback.encode()) > CALLBACK_BYTES:
        raise BotError("callback_too_long")
    return {"text": button.label, "callback_data": callback}


def split(text: str) -> list[str]:
    """The text in pieces of at most 4,096 UTF-16 units: between paragraphs where possible, else
    between lines, words, and at last anywhere.
    """
    pieces = []
    rest = text
    while units(rest) > LONGEST:
        cut = _cut(rest)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def units(text: str) -> int:
    """How long Telegram thinks the text is."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _cut(text: str) -> int:
    head = text[:LONGEST]
    while units(head) > LONGEST:
        head = head[: len(head) - max(1, (units(head) - LONGEST) // 2)]
    for gap in ("\n\n", "\n", " "):
        at = head.rfind(gap)
        if at > 0 and head[:at].strip():
            return at
    return len(head)


def urgent_page() -> Page:
    """The 999 message: constant words, needing nothing that can be broken."""
    on = Button(emergency.CARRY_ON_OPTION, emergency.CARRY_ON)
    screen = Screen(emergency.DIAL_999, (on,), ScreenKind.URGENT, protect=False)
    return _screen_pages(screen, 0)[0]


NOT_SAVED: Final = Page(emergency.NOT_SAVED, kind=ScreenKind.NOTICE)
FILE_NOT_SENT: Final = Page(emergency.FILE_NOT_SENT, kind=ScreenKind.NOTICE)
EDIT_NOT_READ: Final = Page(emergency.EDIT_NOT_READ, kind=ScreenKind.NOTICE)
