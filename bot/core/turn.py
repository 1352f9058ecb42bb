"""Inputs, replies and effects: what comes in, is shown and must be done. Channel-neutral."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from bot.core.errand import Planned
from bot.core.gifts import MadeOf
from bot.core.submission import Submission

# ---- inputs ----


@dataclass(frozen=True, slots=True)
class Begin:
    """The person opened the chat (`/start`), perhaps through a link naming an area or route."""

    payload: str = ""


@dataclass(frozen=True, slots=True)
class Press:
    """A button. `turn` is the turn its screen was made in, so a stale press changes nothing."""

    turn: int
    option: str


@dataclass(frozen=True, slots=True)
class Say:
    """Typed words, as they came."""

    text: str


class MediaKind(StrEnum):
    """What kind of thing was sent that is never taken; nothing else of it is kept."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    FILE = "file"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Media:
    """Something that is not words arrived. It was not downloaded."""

    kind: MediaKind


@dataclass(frozen=True, slots=True)
class Document:
    """A file that the present step asks for. Neither its name nor anything else of it is kept; it
    is empty where it was too large to be fetched, or could not be.
    """

    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gone:
    """The person blocked the bot or deleted the chat: forget everything about them."""


Input: TypeAlias = Begin | Press | Say | Media | Document | Gone

# ---- the reply ----


class ScreenKind(StrEnum):
    """What a screen is for; a channel may place or protect it differently."""

    QUESTION = "question"  # the present screen of the conversation; replaces the one before
    NOTICE = "notice"  # said once, beside the present screen
    URGENT = "urgent"  # 999: always a message of its own, never edited away
    CODE = "code"  # a receipt or pause code: may be copied, so never content-protected
    FAREWELL = "farewell"  # after leaving; nothing may remain above it


@dataclass(frozen=True, slots=True)
class Button:
    """One button: an opaque token of at most 24 ASCII characters, and its label."""

    option: str
    label: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Plain text (no markup) of at most 4,096 UTF-16 units, and buttons, one a row."""

    text: str
    buttons: tuple[Button, ...] = ()
    kind: ScreenKind = ScreenKind.QUESTION
    protect: bool = True  # ask the channel to block copying and forwarding
    typed: bool = False  # it wants typed words; where it does not, a number means a button


@dataclass(frozen=True, slots=True)
class File:
    """A file for the person. Its name is neutral, such as `information-2026-11-21.pdf`: it never
    holds a word that somebody wrote. The caption is plain text of at most 1,024 UTF-16 units.
    """

    name: str
    media_type: str
    content: bytes = field(repr=False)
    caption: str = ""
    fleeting: bool = False  # a chat that keeps what it shows loses it again after a day
    protect: bool = True  # not where the person asked for the file by name, to keep or send it


@dataclass(frozen=True, slots=True)
class Reply:
    """The screens to show, in order, and then the files. `turn` goes into every button's
    callback. `clear` asks the channel to remove from the chat every message it knows of, then
    show the screens.
    """

    screens: tuple[Screen, ...]
    turn: int
    clear: bool = False
    files: tuple[File, ...] = ()


# ---- effects ----


@dataclass(frozen=True, slots=True)
class Submit:
    """Seal and store these submissions in the same commit as the session. Of those that name a
    child `copies` hands their documents to the person too, in the same turn; `tell_if_late` keeps
    an errand for each.
    """

    submissions: tuple[Submission, ...]
    copies: bool = False
    tell_if_late: bool = False


@dataclass(frozen=True, slots=True)
class Park:
    """Seal this draft under a new code and forget the session (pause)."""

    draft: bytes


@dataclass(frozen=True, slots=True)
class LookUp:
    """Open what a typed code stands for: a receipt or a paused draft."""

    code: str


@dataclass(frozen=True, slots=True)
class Find:
    """Look words up in the guidance of this area (of every area where it is empty), for a child
    where `young`. The words are kept nowhere.
    """

    query: str
    area: str = ""
    young: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take back whatever of this receipt has not left yet."""

    code: str


@dataclass(frozen=True, slots=True)
class Give:
    """Make these files and hand them over with the reply; nothing of them is kept. `told` is what
    the documents are of; `own` that they are for the person's own file and not to be sent on.
    `days` are the days that were told, by fact, from which dates count.
    """

    gift: MadeOf
    told: tuple[Submission, ...] = ()
    own: bool = False
    days: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Later:
    """Keep this to be done later in the chat."""

    planned: Planned


@dataclass(frozen=True, slots=True)
class Forget:
    """Erase the session, the channel's record of the chat, and nothing that was sent. `errands`:
    also what was to be done later in the chat, but for messages that must leave it: they go now.
    """

    errands: bool = True


Effect: TypeAlias = Submit | Park | LookUp | Find | Withdraw | Give | Later | Forget


# ---- what the host found out ----


class ItemState(StrEnum):
    """How far one mail has come. The three words are different on purpose (rule 7). `late`,
    `leaving`, `came_back` and `handed_again` are what a receipt says of some items (standing.py);
    none is stored so.
    """

    SAVED = "saved"
    LATE = "late"  # saved, but it could not be handed over for too long
    LEAVING = "leaving"  # a courier has it, or had it when a process ended: it may have left
    CAME_BACK = "came_back"  # its mailbox had accepted it and sent it back; it goes again
    HANDED_OVER = "handed_over"
    HANDED_AGAIN = "handed_again"  # accepted once more, after it had come back
    PROBLEM = "problem"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class ReceiptStatus:
    """What a receipt code opened: each route and how far its mail has come, by calendar day."""

    states: Mapping[str, ItemState] = field(default_factory=dict)
    references: Mapping[str, str] = field(default_factory=dict)  # route id -> X-Reference
    saved_on: str = ""  # YYYY-MM-DD
