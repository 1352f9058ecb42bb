"""The trace: every statement of the source documents that asks somebody to do something, and
every list item, with the places in the content where it lives and the words that say it there. A
home that is gone is a problem, and so is one that no longer says it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.rules import RuleBook
from bot.errors import Problem
from bot.loading.faults import Faults
from bot.loading.files import holding
from bot.loading.load import bundle, link
from bot.loading.quoted import not_said
from bot.loading.said import said
from bot.loading.written_trace import TraceFile, WrittenStatement

KINDS_OF_HOME: Final = (
    "dialog, rule, advice, indicator, route, mailbox, guidance, screen, form or deadline"
)
_WHAT_TO_DO: Final = (
    "Does it still say so in other words? Then quote those here. If not, say it there again."
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
    pieces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of our words, by home


def trace(root: Path) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Every statement of every area's trace, and what is wrong with it."""
    faults = Faults([])
    content = link(bundle(root), faults)
    if faults.problems:
        return (), tuple(faults.problems)
    homes = frozenset(homes_of(content.catalogue))
    statements: list[Statement] = []
    problems: list[Problem] = []
    for _, file in holding(content.files, TraceFile):
        for row in file.rows:
            if row is not None:
                statements.append(_statement(str(file.document), row))
                wrong = tuple(_wrong(row, homes))
                problems += wrong or _unsaid(content.catalogue, row)
    return tuple(statements), tuple(problems)


def _statement(document: str, row: WrittenStatement) -> Statement:
    return Statement(
        document,
        str(row.section),
        str(row.statement),
        str(row.kind),
        tuple(str(home) for home in row.homes),
        str(row.left_out_because or ""),
        {str(home): tuple(map(str, pieces)) for home, pieces in row.homes.items()},
    )


def _wrong(row: WrittenStatement, homes: frozenset[str]) -> Iterator[Problem]:
    place = row.place
    if bool(row.homes) == bool(row.left_out_because):
        message = "A statement lives somewhere or says why it is left out: one of the two."
        yield Problem(place.file, place.line, "TRACE_HOME", message)
    for home in row.homes:
        if str(home) not in homes:
            near = tuple(get_close_matches(str(home), homes, 2))
            message = f"There is no `{home}`. A home is a {KINDS_OF_HOME} that exists."
            yield Problem(home.place.file, home.place.line, "TRACE_GONE", message, near)


def _unsaid(content: Catalogue, row: WrittenStatement) -> Iterator[Problem]:
    for home, pieces in row.homes.items():
        sentences = said(content, home)
        if not pieces:
            message = f"{row.statement} Nothing is quoted from {home}."
            yield Problem(home.place.file, home.place.line, "TRACE_SAID", message)
        for piece in pieces:
            if fault := not_said(sentences, piece):
                message = f"{row.statement} At {home} “{piece}” {fault}. {_WHAT_TO_DO}"
                yield Problem(piece.place.file, piece.place.line, "TRACE_SAID", message)


def homes_of(known: Catalogue) -> Iterator[str]:
    """Every place in the content that a statement may live at."""
    for dialog in known.dialogs.values():
        yield f"dialog:{dialog.id}"
        yield from (f"dialog:{dialog.id}#{step}" for step in dialog.steps)
    for book in known.rules.values():
        yield from _of_book(book)
    for kind, ids in (
        ("route", known.routes),
        ("mailbox", known.mailboxes),
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
