"""`facts`, `indicators` and `assess`: the rules for other people's programs, without a chat."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from bot.app import ROOT
from bot.commands import DONE, UsageError, env_file, print_json
from bot.commands.lines import Asked, answer_lines, checked, read_object
from bot.core.assess import assess, facts_of, indicators_of, known_from
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask
from bot.core.rules import RuleBook
from bot.errors import BotError
from bot.loading.load import load_catalogue
from bot.settings import from_environment

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "facts": ("area",),
    "indicators": ("area",),
    "assess": ("area", "on", "facts", "indicators"),
}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class NoRules(BotError):  # noqa: N818 - named for what is true
    """The area is known, and has no rules to assess by yet."""


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of these commands."""
    parser.add_argument("--area", help="the area's id, such as wirral")
    parser.add_argument("--json", action="store_true", help="one JSON value on one line")
    parser.add_argument(
        "lines", nargs="?", choices=["-"], help="read JSON Lines from standard input"
    )
    if name == "assess":
        parser.add_argument("--on", metavar="DATE", help="YYYY-MM-DD; default today")
        parser.add_argument(
            "--facts",
            metavar="FILE",
            help="JSON: the facts, or an object with `facts` and `indicators`; - reads input",
        )


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Answer once, or line by line."""
    settings = from_environment(environment, env_file())
    catalogue = load_catalogue(ROOT, areas=settings.areas, mailboxes_file=settings.mailboxes)
    asked = {"area": given.area, "on": getattr(given, "on", None)}

    def answer(question: Asked) -> Any:  # noqa: ANN401 - JSON
        return _answer(name, catalogue, question)

    if given.lines:
        answer_lines(sys.stdin.buffer, KEYS[name], asked, answer)
        return DONE
    if name == "assess":
        asked |= _from_file(given.facts)
    found = answer(asked)
    if given.json:
        print_json(found)
    else:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return DONE


def _from_file(named: str | None) -> dict[str, Any]:
    """The question that a file holds: whole, or its facts alone."""
    if not named:
        raise UsageError("no_facts", "--facts FILE is needed: a JSON object, {} for none.")
    try:
        raw = sys.stdin.buffer.read() if named == "-" else Path(named).read_bytes()
    except OSError:
        raise UsageError("no_file", "The file of facts cannot be read.") from None
    found = read_object(raw)
    whole = found.keys() & set(KEYS["assess"])
    return checked(found, KEYS["assess"]) if whole else {"facts": found}


def _answer(name: str, catalogue: Catalogue, asked: Asked) -> Any:  # noqa: ANN401 - JSON
    book = _book(catalogue, asked.get("area"))
    match name:
        case "facts":
            return facts_of(book, _asks(catalogue, book.area)) if book else []
        case "indicators":
            return indicators_of(book) if book else []
        case _:
            return _assessed(catalogue, book, asked)


def _assessed(catalogue: Catalogue, book: RuleBook | None, asked: Asked) -> Any:  # noqa: ANN401 - JSON
    on = _day(asked.get("on"))
    facts, signs = (_object(asked, key) for key in ("facts", "indicators"))
    if book is None:
        raise NoRules("no_rules_for_this_area_yet")
    known = known_from(facts, signs, book)
    return assess(book, known, catalogue.routes, catalogue.mailboxes, on)


def _object(asked: Asked, key: str) -> Mapping[str, object]:
    found = asked.get(key, {})
    if not isinstance(found, dict):
        raise UsageError("wrong_type", f"`{key}` must be a JSON object.")
    return found


def _book(catalogue: Catalogue, area: object) -> RuleBook | None:
    """The rulebook by which an area is assessed: the one it names so, else its first."""
    if not isinstance(area, str):
        raise UsageError("no_area", "An area is needed.", sorted(catalogue.areas))
    if area not in catalogue.areas:
        near = get_close_matches(area, catalogue.areas) or sorted(catalogue.areas)
        raise UsageError("unknown_area", "There is no such area.", near)
    own = [book for book in catalogue.rules.values() if book.area == area]
    return next((b for b in own if b.id == f"{area}/assess"), own[0] if own else None)


def _asks(catalogue: Catalogue, area: str) -> dict[str, str]:
    """The question that asks each fact, the area's own wording before the common one."""
    found: dict[str, str] = {}
    for prefix in (f"{area}/", "common/"):
        for dialog in catalogue.dialogs.values():
            for step in dialog.steps.values() if dialog.id.startswith(prefix) else ():
                if isinstance(step, Ask):
                    found.setdefault(step.fact.id, step.text.source.strip().split("\n")[0])
    return found


def _day(text: object) -> date:
    from bot.adapters.system import SystemClock

    if text is None:
        return SystemClock().now().date()
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError("wrong_date", "`on` must be a calendar day, YYYY-MM-DD.")
