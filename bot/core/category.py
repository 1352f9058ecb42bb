"""The category that signs point to, in words: what it is, what carried it, what it could be.

It is a table of the rulebook called `level`. Never a score: nothing is counted or added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.facts import UNSURE
from bot.core.finding import Finding
from bot.core.rules import RuleBook

LEVEL: Final = "level"
MOST: Final = 8  # lines of each list; the rest is told by number
NAMES: Final = ("level", "carried", "could_be")


def category_words(
    book: RuleBook, finding: Finding, indicators: Mapping[str, str]
) -> dict[str, str]:
    """`{level}`, `{carried}` and `{could_be}` of a finding; nothing without a table `level`.

    `{could_be}` is empty or begins with a blank line, so it stands right behind `{carried}`.
    """
    table = next((table for table in book.tables if table.id == LEVEL), None)
    if table is None:
        return {}
    level = finding.results[LEVEL]
    highest = {row.id for row in table.rows if row.then == level}
    carried = [f"- {r.text} ({r.clause})" for r in finding.because if r.row in highest]
    unsure = {f".{name}" for name, said in indicators.items() if said == UNSURE}
    rows = {row.id for row in table.rows}
    misses = [m for m in finding.near_misses if m.row in rows]
    misses.sort(key=lambda miss: -table.scale.index(miss.would_be))  # the most serious first
    could_be = [
        f"- could be{miss.text.removeprefix('would be')}"
        for miss in misses
        if miss.row[miss.row.find(".") :] in unsure
    ]
    return {
        "level": level,
        "carried": _lines(carried),
        "could_be": f"\n\nYou are not sure of these:\n{_lines(could_be)}" if could_be else "",
    }


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
