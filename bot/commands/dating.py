"""`deadlines`: the dates that an area's documents set, as of a day."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any, Final

from bot.app import ROOT
from bot.commands import UsageError, asking
from bot.commands.configured import configured
from bot.commands.lines import Asked
from bot.core.catalogue import Catalogue
from bot.core.deadlines import Due, worked_out
from bot.loading.load import load_catalogue

KEYS: Final = ("area", "on")


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `deadlines`."""
    asking.arguments(parser)
    parser.add_argument("--on", metavar="DATE", help="YYYY-MM-DD; default today")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Answer once, or line by line."""
    settings = configured(environment)
    catalogue = load_catalogue(ROOT, areas=settings.areas, mailboxes_file=settings.mailboxes)
    asked = {"area": given.area, "on": given.on}

    def answer(question: Asked) -> Any:  # noqa: ANN401 - JSON
        return _dates(catalogue, question)

    return asking.answered(given, KEYS, asked, answer)


def _dates(catalogue: Catalogue, asked: Asked) -> list[dict[str, Any]]:
    area, on = asking.area_of(catalogue, asked), asking.day_of(asked)
    own = tuple(rule for rule in catalogue.deadlines.values() if rule.area == area)
    try:
        return [_row(due) for due in worked_out(own, on, catalogue.holidays)]
    except (OverflowError, ValueError):
        raise UsageError("wrong_date", "`on` is too near the ends of the calendar.") from None


def _row(due: Due) -> dict[str, Any]:
    return {
        "id": due.id,
        "what": due.what,
        "date": due.day.isoformat(),
        "weekday": due.weekday,
        "note": due.note or None,
        "clause": due.clause,
    }
