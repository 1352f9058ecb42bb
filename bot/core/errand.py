"""Things to do later in a chat: the closed set of errands, and their bytes.

An errand holds no word that anybody wrote, no name and no answer: what is said when its time comes
is the program's own text of that day.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Final, TypeAlias, assert_never

DAY: Final = 24 * 60  # minutes
KEEP_FILES: Final = DAY  # minutes that a document stays in the chat
REMOVE_BY: Final = 47 * 60  # a bot can remove what is under 48 hours old
REMIND_AT: Final = time(9)  # in working hours, not at night
REMIND_WITHIN: Final = 2 * DAY  # later than that a reminder is no help
LOOK_EVERY: Final = 60  # minutes between two looks at whether a mail is late
LOOK_FOR: Final = 9 * DAY  # longer than a mail is tried, and its copy is kept after that


@dataclass(frozen=True, slots=True)
class Remove:
    """Take these messages out of the chat."""

    messages: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Remind:
    """Say once that there is something to remember; the person asked for it."""


@dataclass(frozen=True, slots=True)
class TellIfLate:
    """Say once that the mail of this route is late, and each time that it came back, with the
    numbers to ring; the person asked for it. `items` are its mails in the outbox; `late` and
    `returns` are what was said already.
    """

    route: str
    items: tuple[str, ...]
    late: bool = False
    returns: int = 0


Errand: TypeAlias = Remove | Remind | TellIfLate


@dataclass(frozen=True, slots=True)
class Planned:
    """An errand and its times, in minutes since 1970 (UTC): not before `due`, never after
    `expires`.
    """

    errand: Errand
    due: int
    expires: int


def removal(messages: tuple[int, ...], sent: int, *, stay: int = KEEP_FILES) -> Planned:
    """Messages out of a chat, so many minutes after they were sent: files after a day."""
    return Planned(Remove(messages), sent + stay, sent + REMOVE_BY)


def reminder(day: date, zone: tzinfo | None) -> Planned:
    """A reminder in the morning of a day."""
    due = int(datetime.combine(day, REMIND_AT, zone).timestamp()) // 60
    return Planned(Remind(), due, due + REMIND_WITHIN)


def late_notice(route: str, items: tuple[str, ...], now: int) -> Planned:
    """A look, every so often, at whether a mail is late."""
    return Planned(TellIfLate(route, items), now + LOOK_EVERY, now + LOOK_FOR)


def dump(errand: Errand) -> bytes:
    """The errand as canonical JSON."""
    match errand:
        case Remove(messages):
            body: list[object] = ["remove", list(messages)]
        case Remind():
            body = ["remind"]
        case TellIfLate(route, items, late, returns):
            body = ["late", route, list(items), late, returns]
        case _:
            assert_never(errand)
    return json.dumps(body, separators=(",", ":")).encode()


def load(raw: bytes) -> Errand:
    """The errand that `dump` wrote. Raises ValueError for what another version wrote."""
    match json.loads(raw):
        case ["remove", [*messages]]:
            return Remove(tuple(messages))
        case ["remind"]:
            return Remind()
        case ["late", str(route), [*items], bool(late), int(returns)]:
            return TellIfLate(route, tuple(items), late, returns)
        case ["late", str(route), [*items]]:  # of a version that knew nothing of returns
            return TellIfLate(route, tuple(items))
        case _:
            raise ValueError("unknown_errand")
