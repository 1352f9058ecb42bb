"""One raw update, read alone: ours, for nobody, or not readable. Nothing else of it is kept.

Read by hand over the documented fields: building the library's Update costs four times as much,
and refuses a whole batch for one field it does not know. Names, usernames, language codes,
captions, entities and files are never looked at; of a document only where it could be fetched, and
whether it could be a report that is asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from bot.channels.telegram.fields import KINDS, SILENT
from bot.core.brought import MOST
from bot.core.turn import Begin, Gone, Input, Media, MediaKind, Press, Say

ALLOWED: Final = (
    "message",
    "edited_message",
    "callback_query",
    "inline_query",
    "my_chat_member",
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A document that was sent: Telegram's id of it, and whether it could be a `.json` file that
    is small enough. It is fetched only where one is asked for; its name is not kept.
    """

    id: str
    fits: bool


@dataclass(frozen=True, slots=True)
class Arrival:
    """An input from a private chat. `message` is the person's message, or the one whose button
    was pressed; `mark` says what kind of screen that was (see pages.py).
    """

    update: int
    chat: int
    given: Input
    message: int = 0
    callback: str = ""
    protected: bool = False
    mark: str = ""
    file: Sent | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """Words that were changed after they were sent. They are no input."""

    update: int
    chat: int
    message: int
    text: str


@dataclass(frozen=True, slots=True)
class Inline:
    """Words typed behind the bot's name in some other chat. Who typed them is not looked at."""

    update: int
    query: str  # Telegram's id of it
    words: str


@dataclass(frozen=True, slots=True)
class Crowd:
    """Something from a group or channel, which is left. `speak`: a short word may be possible."""

    update: int
    chat: int
    speak: bool


@dataclass(frozen=True, slots=True)
class NotForUs:
    """Understood, and nothing to do."""

    update: int


@dataclass(frozen=True, slots=True)
class Unparsable:
    """Cannot be read; `update` is 0 when not even its number can."""

    update: int


Parsed: TypeAlias = Arrival | Edited | Inline | Crowd | NotForUs | Unparsable

_START: Final = re.compile(r"/start(?:@\w+)?(?:\s+(?P<payload>\S*))?\s*")
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DATA: Final = re.compile(r"(\d{1,15})\.([!-~]{1,24}?)(?:\.([uc]))?")


def read(raw: object) -> Parsed:
    """What one raw update is. Never raises."""
    update = 0
    try:
        fields = _object(raw)
        update = _number(fields["update_id"])
        if "message" in fields:
            return _message(update, _object(fields["message"]))
        if "edited_message" in fields:
            return _edited(update, _object(fields["edited_message"]))
        if "callback_query" in fields:
            return _press(update, _object(fields["callback_query"]))
        if "inline_query" in fields:
            query = _object(fields["inline_query"])
            return Inline(update, _words(query["id"]), _words(query["query"]))
        if "my_chat_member" in fields:
            return _membership(update, _object(fields["my_chat_member"]))
    except (KeyError, TypeError, ValueError):
        return Unparsable(update)
    return NotForUs(update)


def _message(update: int, message: dict[str, Any]) -> Parsed:
    chat = _object(message["chat"])
    if chat["type"] != "private":
        return Crowd(update, _number(chat["id"]), speak="left_chat_member" not in message)
    given = _given(message)
    if given is None:
        return NotForUs(update)
    number = _number(message["message_id"])
    file = _sent(message.get("document")) if given == Media(MediaKind.FILE) else None
    return Arrival(update, _number(chat["id"]), given, number, file=file)


def _sent(document: object) -> Sent | None:
    """Where a document could be fetched; None where it cannot be read."""
    match document:
        case {"file_id": str() as id_, "file_name": str() as name, "file_size": int() as size}:
            return Sent(id_, name.lower().endswith(".json") and 0 < size <= MOST)
        case {"file_id": str() as id_}:
            return Sent(id_, fits=False)
    return None


def _edited(update: int, message: dict[str, Any]) -> Parsed:
    """Only words: a live place is "edited" every few seconds, by nobody's hand."""
    chat = _object(message["chat"])
    if chat["type"] != "private":
        return Crowd(update, _number(chat["id"]), speak=True)
    if "text" not in message:
        return NotForUs(update)
    return Edited(
        update, _number(chat["id"]), _number(message["message_id"]), _words(message["text"])
    )


def _given(message: dict[str, Any]) -> Input | None:
    text = message.get("text")
    if text is not None and "via_bot" in message:  # chosen from a list, guidance perhaps: nobody's
        return Press(0, "")  # own words, so the present screen is shown again
    if text is not None:
        return _typed(_words(text))
    for key, kind in KINDS:
        if key in message:
            return Media(kind)
    return Media(MediaKind.OTHER) if message.keys() - SILENT else None


def _typed(text: str) -> Input:
    if text.startswith("/start") and (start := _START.fullmatch(text)):
        payload = start["payload"] or ""
        return Begin(payload if _PAYLOAD.fullmatch(payload) else "")
    return Say(text)


def _press(update: int, query: dict[str, Any]) -> Parsed:
    message = _object(query.get("message", {}))
    chat = _object(message.get("chat", {"id": _object(query["from"])["id"], "type": "private"}))
    if chat["type"] != "private":
        return Crowd(update, _number(chat["id"]), speak=True)
    press, mark = _pressed(query.get("data"))
    return Arrival(
        update,
        _number(chat["id"]),
        press,
        _number(message.get("message_id", 0)),
        _words(query["id"]),
        message.get("has_protected_content") is True,
        mark,
    )


def _pressed(data: object) -> tuple[Press, str]:
    """A button that is not ours, or of an older program, is a stale press: turn 0."""
    found = _DATA.fullmatch(data) if isinstance(data, str) else None
    return (Press(int(found[1]), found[2]), found[3] or "") if found else (Press(0, ""), "")


def _membership(update: int, change: dict[str, Any]) -> Parsed:
    chat = _object(change["chat"])
    status = _object(change["new_chat_member"])["status"]
    number = _number(chat["id"])
    if chat["type"] != "private":
        inside = status not in {"left", "kicked"}
        return (
            Crowd(update, number, speak=chat["type"] != "channel") if inside else NotForUs(update)
        )
    return Arrival(update, number, Gone()) if status == "kicked" else NotForUs(update)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= 1 << 63:
        raise TypeError
    return value


def _words(value: object) -> str:
    """A text that can be stored: half a surrogate pair would fail only later, at the disk."""
    if not isinstance(value, str):
        raise TypeError
    if value.isascii():
        return value
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
