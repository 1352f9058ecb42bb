"""Recorded conversations: `say` or `press` a turn, and what the person then `sees`. A recording
is also a test (tests/transcripts).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.errors import ContentError, Problem


@dataclass(frozen=True, slots=True)
class Turned:
    """One turn: typed words or a button's label, and a line that the answer must show. `{code}`
    in typed words is the last code shown.
    """

    say: str = ""
    press: str = ""
    sees: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A conversation from /start on."""

    title: str
    turns: tuple[Turned, ...]


def load_transcript(path: Path) -> Transcript:
    """A transcript file. Raises ContentError naming the file and what is wrong with it."""
    try:
        body = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 - strings only
        turns = tuple(
            Turned(t.get("say", ""), t.get("press", ""), t.get("sees", "")) for t in body["turns"]
        )
        return Transcript(body["transcript"], turns)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError):
        problem = Problem(
            str(path),
            0,
            "TRANSCRIPT",
            "is not a transcript: `transcript:` and `turns:` are needed.",
        )
        raise ContentError("transcript", (problem,)) from None


def dump_transcript(title: str, turns: Iterable[Turned]) -> str:
    """A transcript as YAML."""
    rows: list[dict[str, Any]] = [
        {key: getattr(t, key) for key in ("say", "press", "sees") if getattr(t, key)}
        for t in turns
    ]
    body = {"transcript": title, "turns": rows}
    return yaml.safe_dump(body, sort_keys=False, allow_unicode=True, width=96)
