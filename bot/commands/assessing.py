"""`facts`, `indicators` and `assess`: the rules for other people's programs, without a chat."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from bot.app import ROOT
from bot.commands import UsageError, asking
from bot.commands.configured import configured
from bot.commands.lines import Asked, checked, read_object
from bot.core.assess import assess, facts_of, indicators_of, known_from
from bot.core.catalogue import Catalogue
from bot.core.dated import route_on
from bot.core.dialog import Ask, Assign, Dialog, Tick
from bot.core.rules import RuleBook
from bot.errors import BotError
from bot.loading.load import load_catalogue

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "facts": ("area",),
    "indicators": ("area",),
    "assess": ("area", "on", "facts", "indicators"),
}


class NoRules(BotError):  # noqa: N818 - named for what is true
    """The area is known, and has no rules to assess by yet."""


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of these commands."""
    asking.arguments(parser)
    if name == "assess":
        parser.add_argument("--on", metavar="DATE", help="YYYY-MM-DD; default today")
        parser.add_argument(
            "--facts",
            metavar="FILE",
            help="JSON: the facts, or an object with `facts` and `indicators`; - reads input",
        )


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Answer once, or line by line."""
    settings = configured(environment)
    catalogue = load_catalogue(ROOT, areas=settings.areas, mailboxes_file=settings.mailboxes)
    asked = {"area": given.area, "on": getattr(given, "on", None)}

    def answer(question: Asked) -> Any:  # noqa: ANN401 - JSON
        return _answer(name, catalogue, question)

    if name == "assess" and not given.lines:
        asked |= _from_file(given.facts)
    return asking.answered(given, KEYS[name], asked, answer)


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
    book = _book(catalogue, asking.area_of(catalogue, asked))
    match name:
        case "facts":
            return facts_of(book, _asks(catalogue, book.area)) if book else []
        case "indicators":
            return indicators_of(book) if book else []
        case _:
            return _assessed(catalogue, book, asked)


def _assessed(catalogue: Catalogue, book: RuleBook | None, asked: Asked) -> Any:  # noqa: ANN401 - JSON
    on = asking.day_of(asked)
    facts, signs = (_object(asked, key) for key in ("facts", "indicators"))
    if book is None:
        raise NoRules("no_rules_for_this_area_yet")
    known = known_from(facts, signs, book)
    routes = {id_: route_on(catalogue, route, on) for id_, route in catalogue.routes.items()}
    return assess(book, known, routes, catalogue.mailboxes, on)


def _object(asked: Asked, key: str) -> Mapping[str, object]:
    found = asked.get(key, {})
    if not isinstance(found, dict):
        raise UsageError("wrong_type", f"`{key}` must be a JSON object.")
    return found


def _book(catalogue: Catalogue, area: str) -> RuleBook | None:
    """The rulebook by which an area is assessed: the one it names so, else its first."""
    own = [book for book in catalogue.rules.values() if book.area == area]
    return next((b for b in own if b.id == f"{area}/assess"), own[0] if own else None)


def _asks(catalogue: Catalogue, area: str) -> dict[str, str]:
    """The question that asks each fact, the area's own wording before the common one; else the
    question whose answers lead to where it is set.
    """
    found: dict[str, str] = {}
    dialogs = [d for p in (f"{area}/", "common/") for d in _below(catalogue, p)]
    for read in (_asked, _led_to):
        for dialog in dialogs:
            for fact, text in read(dialog):
                found.setdefault(fact, text.strip().split("\n")[0])
    return found


def _below(catalogue: Catalogue, prefix: str) -> list[Dialog]:
    return [d for d in catalogue.dialogs.values() if d.id.startswith(prefix)]


def _asked(dialog: Dialog) -> Iterator[tuple[str, str]]:
    """Each fact with the words that ask for it: a question's, or its line on a tick screen."""
    for step in dialog.steps.values():
        if isinstance(step, Ask):
            yield step.fact.id, step.text.source
        if isinstance(step, Tick):
            yield from (
                (fact.id, mark.label) for fact, mark in zip(step.asks, step.marks, strict=False)
            )


def _led_to(dialog: Dialog) -> Iterator[tuple[str, str]]:
    for step in dialog.steps.values():
        if not isinstance(step, Ask):
            continue
        for edge in step.next:
            if isinstance(there := dialog.steps[edge.go], Assign):
                yield from ((fact.id, step.text.source) for fact, _ in there.values)
