"""The category that signs point to, in words: what it is, what carried it, what it could be.

It is a table of the rulebook called `level`. Never a score: nothing is counted or added up. The
suggestion is what the table says without the professional's judgement, which stands beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.core.evaluate import evaluate
from bot.core.facts import UNSURE, Known, Value
from bot.core.finding import Finding, Reason
from bot.core.rules import RuleBook, Table

LEVEL: Final = "level"
MOST: Final = 8  # lines of each list; the rest is told by number
NAMES: Final = ("level", "carried", "could_be")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A category, what carried it, and what it could be if an unsure sign is a yes."""

    level: str
    carried: tuple[Reason, ...]
    could_be: tuple[str, ...]


def suggestion(
    book: RuleBook, facts: Mapping[str, Value], indicators: Mapping[str, str]
) -> Suggestion | None:
    """What the signs and the other facts point to, whatever the professional judged; None without
    a table `level`.
    """
    table = _level(book)
    if table is None:
        return None
    until = replace(book, tables=book.tables[: book.tables.index(table) + 1])
    own = {name: value for name, value in facts.items() if name not in book.judgement}
    return _suggested(table, evaluate(until, Known(own, indicators)), indicators)


def category_words(
    book: RuleBook, finding: Finding, indicators: Mapping[str, str]
) -> dict[str, str]:
    """`{level}`, `{carried}` and `{could_be}` of a finding; nothing without a table `level`.

    `{could_be}` is empty or begins with a blank line, so it stands right behind `{carried}`.
    """
    table = _level(book)
    if table is None:
        return {}
    found = _suggested(table, finding, indicators)
    could_be = [f"- {line}" for line in found.could_be]
    return {
        "level": found.level,
        "carried": _lines([f"- {r.text} ({r.clause})" for r in found.carried]),
        "could_be": f"\n\nYou are not sure of these:\n{_lines(could_be)}" if could_be else "",
    }


def _level(book: RuleBook) -> Table | None:
    return next((table for table in book.tables if table.id == LEVEL), None)


def _suggested(table: Table, finding: Finding, indicators: Mapping[str, str]) -> Suggestion:
    level = finding.results[LEVEL]
    highest = {row.id for row in table.rows if row.then == level}
    unsure = {f".{name}" for name, said in indicators.items() if said == UNSURE}
    rows = {row.id for row in table.rows}
    misses = [m for m in finding.near_misses if m.row in rows]
    misses.sort(key=lambda miss: -table.scale.index(miss.would_be))  # the most serious first
    return Suggestion(
        level,
        tuple(reason for reason in finding.because if reason.row in highest),
        tuple(
            f"could be{miss.text.removeprefix('would be')}"
            for miss in misses
            if miss.row[miss.row.find(".") :] in unsure
        ),
    )


def longest(book: RuleBook) -> dict[str, int]:
    """The most characters that each of these can be."""
    signs = [
        len(row.text) + len(row.clause) + 30  # "- would be 3 if “…” is yes"
        for table in book.tables
        if table.id == LEVEL
        for row in table.rows
    ]
    lines = sum(sorted(signs, reverse=True)[:MOST]) + 60
    return dict.fromkeys(NAMES[1:], lines) | {"level": 4}


def _lines(lines: list[str]) -> str:
    more = len(lines) - MOST
    rest = [f"- and {more} more, in your answers"] if more > 0 else []
    return "\n".join([*lines[:MOST], *rest])
