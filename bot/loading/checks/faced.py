"""A table with exactly one row for every answer has none for a question that was never answered.

The prover shows that an `only_one` table is complete once everything it reads was asked. Where a
walk can come to its `decide` with something not asked, its rows must face that too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import Final

from bot.core.conditions import holds
from bot.core.dialog import Decide
from bot.core.facts import Fact, FactType, Known, Value
from bot.core.forms import Form
from bot.core.rules import Hit, RuleBook, Table, groups_of
from bot.loading.checks.flow import Flow
from bot.loading.checks.knowledge import NOT_ASKED, SKIPPED, SOMETHING, Knowledge
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.rulebook import LinkedBook

MOST: Final = 20_000  # combinations tried; a table over more must not meet anything missing


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every only_one table, at every `decide` that a walk reaches."""
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            known = flow.known(dialog, step)
            if not isinstance(step, Decide) or known is None:
                continue
            linked = content.books[step.rules]
            book = linked.book
            for table in book.tables:
                if table.hit is not Hit.ONLY_ONE:
                    continue
                if missing := _unfaced(linked, table, known):
                    message = (
                        f"`{table.id}` is only_one and has no row when {missing} is not asked, "
                        f"as it may be at `{step.id}` in {dialog.id}."
                    )
                    faults.add(Place(book.file, table.line), Code.NOT_FACED, message)


def _unfaced(linked: LinkedBook, table: Table, known: Knowledge) -> str:
    """What may be missing when no row matches, in words; empty if a row always does. Only what
    the rulebook says may be missing: the rest is told by another check.
    """
    book = linked.book
    reads = sorted({c.subject for row in table.rows for c in row.when})
    values = {name: _values(book, table, name, known) for name in reads}
    missing = [n for n, found in values.items() if None in found and n in linked.may_be_missing]
    if not missing:
        return ""
    if prod(len(found) for found in values.values()) > MOST:
        return " or ".join(missing)
    for combined in product(*values.values()):
        answers = {n: v for n, v in zip(values, combined, strict=True) if v is not None}
        if len(answers) < len(values) and not _matches(book, table, answers):
            return " and ".join(name for name in missing if name not in answers)
    return ""


def _matches(book: RuleBook, table: Table, answers: Mapping[str, Value]) -> bool:
    known = Known(answers)
    groups = groups_of(book)
    return any(holds(row.when, known, groups) for row in table.rows)


def _values(book: RuleBook, table: Table, name: str, known: Knowledge) -> tuple[Value | None, ...]:
    """Every state a name of the table can be in here; None stands for not asked."""
    if name in book.reads:
        return tuple(_fact_values(table, book.reads[name], known))
    scales = {one.id: one.scale for one in book.tables}
    if name in scales:
        return scales[name]
    return (None,)  # a group, or an indicator: rows that read it may always wait


def _fact_values(table: Table, fact: Fact, known: Knowledge) -> Iterator[Value | None]:
    states = known.of(fact.id)
    if states & {NOT_ASKED, SKIPPED}:
        yield None
    yield from sorted(states - {NOT_ASKED, SKIPPED, SOMETHING})
    if SOMETHING in states and fact.type is FactType.WHOLE_NUMBER:
        yield from _numbers(table, fact)


def _numbers(table: Table, fact: Fact) -> list[int]:
    """One number of each interval between the bounds that the table's conditions use."""
    bounds = {fact.minimum, fact.maximum}
    for condition in (c for row in table.rows for c in row.when):
        if condition.form is Form.COMPARE and condition.subject == fact.id:
            bounds |= {condition.bound - 1, condition.bound, condition.bound + 1}
    return sorted(number for number in bounds if fact.minimum <= number <= fact.maximum)
