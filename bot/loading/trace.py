"""The trace: every statement of the source documents that asks somebody to do something, and
every list item, with the place in the content where it lives. A home that is gone is a problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bot.core.rules import RuleBook
from bot.errors import Problem
from bot.loading.content import Content
from bot.loading.faults import Faults
from bot.loading.files import holding
from bot.loading.load import bundle, link
from bot.loading.written_trace import TraceFile, WrittenStatement

KINDS_OF_HOME: Final = (
    "dialog, rule, advice, indicator, route, mailbox, guidance, fact, screen, form or deadline"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the trace (contracts.md, `trace`)."""

    document: str
    section: str
    statement: str
    kind: str
    lives_at: tuple[str, ...]
    left_out_because: str


def trace(root: Path) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Every statement of every area's trace, and what is wrong with it."""
    faults = Faults([])
    content = link(bundle(root), faults)
    if faults.problems:
        return (), tuple(faults.problems)
    homes = frozenset(_homes(content))
    statements: list[Statement] = []
    problems: list[Problem] = []
    for _, file in holding(content.files, TraceFile):
        for row in file.rows:
            if row is not None:
                statements.append(_statement(str(file.document), row))
                problems += _wrong(row, homes)
    return tuple(statements), tuple(problems)


def _statement(document: str, row: WrittenStatement) -> Statement:
    return Statement(
        document,
        str(row.section),
        str(row.statement),
        str(row.kind),
        tuple(str(home) for home in row.lives_at),
        str(row.left_out_because or ""),
    )


def _wrong(row: WrittenStatement, homes: frozenset[str]) -> Iterator[Problem]:
    place = row.place
    if bool(row.lives_at) == bool(row.left_out_because):
        message = "A statement lives somewhere or says why it is left out: one of the two."
        yield Problem(place.file, place.line, "TRACE_HOME", message)
    for home in row.lives_at:
        if str(home) not in homes:
            near = tuple(get_close_matches(str(home), homes, 2))
            message = f"There is no `{home}`. A home is a {KINDS_OF_HOME} that exists."
            yield Problem(home.place.file, home.place.line, "TRACE_GONE", message, near)


def _homes(content: Content) -> Iterator[str]:
    """Every place in the content that a statement may live at."""
    known = content.catalogue
    for dialog in known.dialogs.values():
        yield f"dialog:{dialog.id}"
        yield from (f"dialog:{dialog.id}#{step}" for step in dialog.steps)
    for book in known.rules.values():
        yield from _of_book(book)
    for kind, ids in (
        ("route", known.routes),
        ("mailbox", known.mailboxes),
        ("fact", known.facts),
        ("screen", known.screens),
        ("guidance", known.guidance),
        ("deadline", known.deadlines),
        ("form", known.layouts),
    ):
        yield from (f"{kind}:{name}" for name in ids)


def _of_book(book: RuleBook) -> Iterator[str]:
    yield from (f"rule:{book.id}#{row.id}" for table in book.tables for row in table.rows)
    yield from (f"rule:{book.id}#{table.id}.otherwise" for table in book.tables if table.otherwise)
    yield from (f"advice:{book.id}#{name}" for name in book.advice)
    yield from (f"indicator:{book.id}#{name}" for name in book.indicators)
