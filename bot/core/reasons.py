"""A finding as it is printed: what matters most first, each with its clause, and no noise.

The whole of it travels in submission.json.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.core.category import Suggestion
from bot.core.finding import ACTION, Finding, decided, leading
from bot.core.mail_text import readable, reason_of
from bot.core.rules import RuleBook
from bot.core.sheets import Line

_IDS: Final = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")


def results_of(finding: Finding) -> tuple[Line, ...]:
    """What a reader does."""
    return tuple(Line(table.capitalize(), readable(said)) for table, said in decided(finding))


def reasons_of(
    finding: Finding, indicators: Mapping[str, str], suggested: Suggestion | None = None
) -> tuple[Line, ...]:
    """Every reason that leads somewhere, its clause and its words, but for those that stand with
    the suggested category.
    """
    shown = suggested.carried if suggested else ()
    kept = (reason for reason in leading(finding) if reason not in shown)
    return tuple(Line(reason.clause, reason_of(reason, indicators)) for reason in kept)


def near_misses_of(finding: Finding, book: RuleBook | None) -> tuple[Line, ...]:
    """What one other answer would have made of what to do, each once. What a category could be
    stands with it (category.py).
    """
    tables = book.tables if book else ()
    rows = {row.id: row.clause for t in tables if t.id == ACTION for row in t.rows}
    found = {_in_words(miss.text): miss.clause for miss in finding.near_misses if miss.row in rows}
    return tuple(Line(clause, text) for text, clause in found.items())


def _in_words(text: str) -> str:
    """Ids as words: "danger_now" is "danger now"."""
    return _IDS.sub(lambda found: readable(found[0]), text)
