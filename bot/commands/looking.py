"""`guidance`, `wording` and `danger`: what the bot notices and knows, without a chat."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from bot.app import ROOT
from bot.commands import UsageError, asking
from bot.commands.configured import configured
from bot.commands.lines import Asked
from bot.core import danger, wording
from bot.core.catalogue import Catalogue
from bot.core.guidance import Answer
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "guidance": ("query", "area"),
    "wording": ("text",),
    "danger": ("text",),
}
LONGEST: Final = 100_000  # characters of a file: a long report
Reply = Callable[[Asked], Any]


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The words, or - for JSON Lines."""
    what = KEYS[name][0]
    parser.add_argument(
        "words", nargs="*", metavar=what.upper(), help="the words; - reads JSON Lines"
    )
    if what == "text":
        parser.add_argument(
            "--file", metavar="FILE", help="read the text from a file; - is standard input"
        )
    if name == "guidance":
        parser.add_argument("--area", help="the area's id, such as wirral")
    parser.add_argument("--json", action="store_true", help="one JSON value on one line")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Answer once, or line by line."""
    settings = configured(environment)
    catalogue = load_catalogue(ROOT, areas=settings.areas, mailboxes_file=settings.mailboxes)
    given.lines = "-" if given.words == ["-"] else None
    asked = {KEYS[name][0]: " ".join(given.words)} if given.words and not given.lines else {}
    if getattr(given, "file", None):
        if given.words:
            raise UsageError("two_texts", "Give the text, or --file, not both.")
        asked["text"] = _text_in(given.file)
    if getattr(given, "area", None) is not None:
        asked["area"] = given.area
    return asking.answered(given, KEYS[name], asked, _reply(name, catalogue, settings.areas))


def _text_in(file: str) -> str:
    """What a file, or standard input, holds; a UsageError that repeats nothing of it."""
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as held:
            text = held.read(4 * LONGEST + 4).decode("utf-8-sig")
    except (OSError, ValueError):
        raise UsageError("not_read", "The file of --file is not text in UTF-8.") from None
    if len(text) > LONGEST:
        raise UsageError("too_long", f"At most {LONGEST:,} characters are read.")
    return text


def _reply(name: str, catalogue: Catalogue, areas: tuple[str, ...] | None) -> Reply:
    match name:
        case "guidance":
            return _guidance(catalogue, areas)
        case "wording":
            return lambda asked: _remarks(catalogue, _words(asked, "text"))
        case _:
            return lambda asked: _cues(catalogue, _words(asked, "text"))


def _words(asked: Asked, key: str) -> str:
    """What was asked; a UsageError that repeats nothing of it when it is no text."""
    words = asked.get(key)
    if not isinstance(words, str):
        raise UsageError(f"no_{key}", f"`{key}` is needed: a text.")
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        raise UsageError(f"wrong_{key}", f"`{key}` holds half a character.")
    return words


def _guidance(catalogue: Catalogue, areas: tuple[str, ...] | None) -> Reply:
    from bot.adapters.search import Search

    search = Search(catalogue.guidance.values(), questions_in(ROOT, areas))

    def reply(asked: Asked) -> list[dict[str, Any]]:
        area = "" if asked.get("area") is None else asking.area_of(catalogue, asked)
        return [_answer(found) for found in search.look_up(_words(asked, "query"), area).told]

    return reply


def _answer(found: Answer) -> dict[str, Any]:
    passage = found.passage
    return {
        "id": passage.id,
        "title": passage.title,
        "text": passage.whole,
        "source": passage.cited,
        "score": found.score,
    }


def _remarks(catalogue: Catalogue, text: str) -> list[dict[str, Any]]:
    if catalogue.wording is None:
        return []
    return [
        {
            "start": remark.start,
            "end": remark.end,
            "term": remark.term,
            "why": remark.why,
            "instead": remark.instead,
        }
        for remark in wording.look(text, catalogue.wording)
    ]


def _cues(catalogue: Catalogue, text: str) -> dict[str, Any]:
    found = danger.find(text, catalogue.danger) if catalogue.danger else ()
    cues = [{"id": cue.id, "start": cue.start, "end": cue.end} for cue in found]
    return {"danger": bool(cues), "cues": cues}
