"""Recorded conversations: `say` or `press` a turn, and what the person then `sees`. A recording
is also a test (tests/transcripts), which can do more: let time pass, press a button of an older
screen, send a photo, and open the mail that came of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from bot.errors import ContentError, Problem

_WAIT: Final = re.compile(r"(\d{1,4}) (minute|hour|day)s?")
_MINUTES: Final = {"minute": 1, "hour": 60, "day": 24 * 60}
_ACTS: Final = ("say", "press", "press_old", "photo", "wait")
T = TypeVar("T", "Turned", "Mailed")


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn: exactly one of typed words, a button's label, the label of a button on the screen
    before the present one, a photo (`yes`), or a wait such as `40 minutes`; then a line that the
    answer must show, and one that it must not. `{code}` in words or lines is the last code shown.
    """

    say: str = ""
    press: str = ""
    press_old: str = ""
    photo: str = ""
    wait: str = ""
    sees: str = ""
    lacks: str = ""

    @property
    def minutes(self) -> int:
        """How long a wait is; 0 for every other turn."""
        found = _WAIT.fullmatch(self.wait)
        return int(found[1]) * _MINUTES[found[2]] if found else 0


@dataclass(frozen=True, slots=True)
class Mailed:
    """A mail that must have arrived: its exact `To` and `Subject`, what it holds and lacks."""

    to: str = ""
    subject: str = ""
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation from /start on, and every mail that it makes, in order."""

    title: str
    turns: tuple[Turned, ...]
    mail: tuple[Mailed, ...] = ()


def load_transcript(path: Path) -> Transcript:
    """A transcript file. Raises ContentError naming the file and what is wrong with it."""
    try:
        body = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
        turns = tuple(_turned(written) for written in body["turns"])
        mail = tuple(_mailed(written) for written in body.get("mail", ()))
        return Transcript(body["transcript"], turns, mail)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError):
        message = "is not a transcript: `transcript:` and `turns:` are needed, as demo/ has them."
        problem = Problem(str(path), 1, "TRANSCRIPT", message)
        raise ContentError("transcript", (problem,)) from None


def _turned(written: dict[str, str]) -> Turned:
    turned = Turned(**written)
    if sum(bool(getattr(turned, act)) for act in _ACTS) != 1 or not _texts(written.values()):
        raise TypeError
    if turned.wait and not turned.minutes:
        raise TypeError
    return turned


def _mailed(written: dict[str, Any]) -> Mailed:
    lists = {key: tuple(written.get(key, ())) for key in ("holds", "lacks")}
    mailed = Mailed(**{**written, **lists})
    if not _texts((mailed.to, mailed.subject, *mailed.holds, *mailed.lacks)):
        raise TypeError
    return mailed


def _texts(values: Iterable[object]) -> bool:
    return all(isinstance(value, str) for value in values)


def dump_transcript(title: str, turns: Iterable[Turned], mail: Iterable[Mailed] = ()) -> str:
    """A transcript as YAML; it loads again as it was."""
    body: dict[str, Any] = {"transcript": title, "turns": [_written(turned) for turned in turns]}
    mails = [_written(mailed) for mailed in mail]
    if mails:
        body["mail"] = mails
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=96)


def _written(value: T) -> dict[str, Any]:
    """A turn or a mail in plain values: a label knows its line in the content, YAML does not."""
    found = {field.name: getattr(value, field.name) for field in fields(value)}
    return {k: list(v) if isinstance(v, tuple) else str(v) for k, v in found.items() if v}
