"""A finding as other people's programs read it: plain JSON values, in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Final

from bot.core.evaluate import evaluate
from bot.core.facts import Fact, FactType, Known
from bot.core.finding import Finding
from bot.core.given import GivenFault, known_from
from bot.core.routing import Due, Mailbox, Route
from bot.core.rules import RuleBook

__all__ = ["GivenFault", "assess", "facts_of", "indicators_of", "known_from"]

Json = dict[str, Any]

_HOURS_A_DAY: Final = 24


def assess(
    book: RuleBook,
    known: Known,
    routes: Mapping[str, Route],
    mailboxes: Mapping[str, Mailbox],
    on: date,
) -> Json:
    """What the rules make of it, as of the day `on` (Europe/London). Raises NoRow.

    `routes` have their dates filled in as of that day. A route to two mailboxes is two entries.
    The address of one named person's mailbox is not shown: people are shown by role.
    """
    finding = evaluate(book, known)
    return {
        "area": book.area,
        "level": _level(finding),
        "action": finding.action or None,
        "emergency": finding.emergency,
        "routes": [
            entry for id_ in finding.routes for entry in _entries(routes[id_], mailboxes, on)
        ],
        "advice": [
            {"id": id_, "text": book.advice[id_].text, "clause": book.advice[id_].clause}
            for id_ in finding.advice
        ],
        "because": [{"row": r.row, "text": r.text, "clause": r.clause} for r in finding.because],
        "near_misses": [
            {"row": n.row, "text": n.text, "would_be": n.would_be, "clause": n.clause}
            for n in finding.near_misses
        ],
        "not_asked": list(finding.not_asked),
        "editions": dict(finding.editions),
    }


def _level(finding: Finding) -> int | None:
    """The outcome of the table `level` where it is a number; 0 stands for none."""
    level = finding.results.get("level", "")
    return int(level) or None if level.isdecimal() else None


def _entries(route: Route, mailboxes: Mapping[str, Mailbox], on: date) -> Iterator[Json]:
    boxes: list[Mailbox | None] = [mailboxes[id_] for id_ in route.mailboxes]
    for box in boxes or [None]:
        yield {
            "id": route.id,
            "how": route.how.value,
            "mailbox": box.id if box else None,
            "state": box.state.value if box else None,
            "address": box.address if box and not box.personal else None,
            "subject": route.subject or None,
            "forms": list(route.forms),
            "due": _due(route.due, on) if route.due else None,
            "clause": route.clause or None,
        }


def _due(due: Due, on: date) -> Json:
    """With the date that the source sets, or else the last calendar day on which hours that begin
    on `on` can end; None without either.
    """
    hours = due.within_hours
    last = due.day if hours is None else on + timedelta(days=-(-hours // _HOURS_A_DAY))
    return {
        "text": due.text,
        "date": last.isoformat() if last else None,
        "within_hours": hours,
    }


def facts_of(book: RuleBook, asks: Mapping[str, str]) -> list[Json]:
    """Every fact the rulebook reads. `asks` is the question that asks each, by fact id."""
    return [
        {
            "id": fact.id,
            "type": _type(fact),
            "values": list(fact.of) if fact.type is FactType.CHOICE else None,
            "unsure": fact.unsure,
            "asks": asks.get(fact.id),
            "source": fact.source or None,
        }
        for fact in book.reads.values()
    ]


def _type(fact: Fact) -> str:
    texts = (FactType.SHORT_TEXT, FactType.LONG_TEXT)
    return "text" if fact.type in texts else fact.type.value


def indicators_of(book: RuleBook) -> list[Json]:
    """Every indicator in the order of the file; `level` is the lowest column that lists it."""
    return [
        {
            "id": indicator.id,
            "group": indicator.group,
            "kind": indicator.kind.value,
            "text": indicator.text,
            "level": min(indicator.levels, default=None),
            "levels": sorted(indicator.levels),
            "source": indicator.clause,
        }
        for indicator in book.indicators.values()
    ]
