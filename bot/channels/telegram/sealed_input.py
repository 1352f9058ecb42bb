"""An arrival as the bytes of an inbox entry (the store seals them), and back."""

from __future__ import annotations

import json
from typing import assert_never

from bot.channels.telegram.updates import Arrival, Sent
from bot.core.turn import Begin, Document, Gone, Input, Media, MediaKind, Press, Say


def dump(arrival: Arrival) -> bytes:
    """The arrival as compact JSON."""
    a = arrival
    body = [a.chat, a.message, a.callback, a.protected, a.mark, *_dump_input(a.given)]
    if a.file:
        body += [a.file.id, a.file.fits]
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def load(update: int, body: bytes) -> Arrival:
    """The arrival that `dump` wrote."""
    chat, message, callback, protected, mark, kind, text, number, *file = json.loads(body)
    given = _load_input(kind, text, number)
    sent = Sent(*file) if file else None
    return Arrival(update, chat, given, message, callback, protected, mark, sent)


def _dump_input(given: Input) -> tuple[str, str, int]:
    match given:
        case Say(text):
            return "say", text, 0
        case Press(turn, option):
            return "press", option, turn
        case Begin(payload):
            return "begin", payload, 0
        case Media(kind):
            return "media", kind.value, 0
        case Document():  # it is fetched in its turn, so it comes here as what it was sent as
            return "media", MediaKind.FILE.value, 0
        case Gone():
            return "gone", "", 0
        case _:
            assert_never(given)


def _load_input(kind: str, text: str, number: int) -> Input:
    match kind:
        case "say":
            return Say(text)
        case "press":
            return Press(number, text)
        case "begin":
            return Begin(text)
        case "media":
            return Media(MediaKind(text))
        case _:
            return Gone()
