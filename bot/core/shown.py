"""A screen before it is numbered, and how much of a text fits one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.catalogue import normal
from bot.core.turn import ScreenKind

SCREEN_UNITS: Final = 4096  # the channel's limit, in UTF-16 units
_LONGEST_LABEL: Final = 64
_LONGEST_NUMBER: Final = 3


@dataclass(frozen=True, slots=True)
class Option:
    """What a button does: a verb of the engine and what it acts on. The channel sees a number."""

    verb: str
    label: str
    arg: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is on a screen, and its options in order."""

    text: str
    options: tuple[Option, ...] = ()
    kind: ScreenKind = ScreenKind.QUESTION
    protect: bool = True
    typed: bool = False

    def named(self, text: str) -> Option | None:
        """The option that typed words name: by its label or, where the screen wants no words, by
        its number. Typing is as good as tapping.
        """
        if len(text) > _LONGEST_LABEL:
            return None
        words = normal(text)
        plain = (option for option in self.options if option.verb != "mark")  # "2?" is not "2"
        labelled = (option for option in plain if normal(option.label) == words)
        number = 0 if self.typed else number_in(text)
        numbered = self.options[number - 1] if 0 < number <= len(self.options) else None
        return next(labelled, numbered)


def number_in(text: str) -> int:
    """The number that a whole message is, such as "3" or "3."; 0 when it is none."""
    digits = text.strip().strip(".")
    return int(digits) if digits.isdecimal() and len(digits) <= _LONGEST_NUMBER else 0


def units(text: str) -> int:
    """The length of a text as the channel counts it, in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, room: int) -> str:
    """The text, cut to so many UTF-16 units where it is longer, with "…" to say so."""
    if units(text) <= room:
        return text
    cut = text.encode("utf-16-le", "surrogatepass")[: 2 * (room - 1)]
    return cut.decode("utf-16-le", "ignore") + "…"
