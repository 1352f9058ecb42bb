"""One small change to a rulebook: a row taken away or weakened, a sign made less than it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from bot.core.conditions import Condition
from bot.core.forms import GROUP_FORMS, Form
from bot.core.rules import Hit, Kind, Row, RuleBook, Table

_LESS = {Kind.HARM: Kind.RISK, Kind.RISK: Kind.BACKGROUND}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed rulebook, where (a line of its file) and what was changed."""

    line: int
    what: str
    book: RuleBook


def mutants(book: RuleBook) -> Iterator[Mutant]:
    """Every change, in the order of the file. A `for_each` row is one row, as it is written."""
    for sign in book.indicators.values():
        if sign.kind in _LESS:
            lesser = replace(sign, kind=_LESS[sign.kind])
            signs = {**book.indicators, sign.id: lesser}
            what = f"{sign.id} as {lesser.kind}"
            yield Mutant(sign.line, what, replace(book, indicators=signs))
    for at, table in enumerate(book.tables):
        for what, line, rows in _tables(book, table):
            changed = replace(table, rows=rows)
            tables = (*book.tables[:at], changed, *book.tables[at + 1 :])
            yield Mutant(line, f"{table.id}.{what}", replace(book, tables=tables))


def _tables(book: RuleBook, table: Table) -> Iterator[tuple[str, int, tuple[Row, ...]]]:
    rows = table.rows
    start = 0
    for line, written in groupby(rows, key=lambda row: row.line):
        laid = tuple(written)
        before, after = rows[:start], rows[start + len(laid) :]
        start += len(laid)
        name = laid[0].id.split(".")[0]
        yield f"{name} taken away", line, (*before, *after)
        for what, weaker in _together(book, laid):
            yield f"{name} {what}", line, (*before, *weaker, *after)
        for place, row in enumerate(laid):
            for then in _lower(row, table):
                alone = (*laid[:place], replace(row, then=then), *laid[place + 1 :])
                yield f"{row.id} gives {then}", line, (*before, *alone, *after)


def _together(book: RuleBook, laid: tuple[Row, ...]) -> Iterator[tuple[str, tuple[Row, ...]]]:
    """What can be weakened about a row as it is written, done to each row that it was laid out
    into.
    """
    every = [list(_weaker(book, row)) for row in laid]
    for place, (what, _) in enumerate(every[0]):
        yield what, tuple(weaker[place][1] for weaker in every)


def _lower(row: Row, table: Table) -> Iterator[str]:
    """The outcome just below on the scale; where exactly one row decides, every other one."""
    if table.hit is Hit.ONLY_ONE:
        yield from (then for then in table.scale if then != row.then)
        return
    lower = table.scale[: table.scale.index(row.then)]
    yield from lower[-1:]


def _weaker(book: RuleBook, row: Row) -> Iterator[tuple[str, Row]]:
    """The row with one condition, route or advice less, or one condition narrower."""
    for place, condition in enumerate(row.when):
        others = row.when[:place], row.when[place + 1 :]
        yield f"without “{condition.source}”", replace(row, when=(*others[0], *others[1]))
        for said, changed in _narrower(book, condition):
            yield (
                f"{said} in “{condition.source}”",
                replace(row, when=(*others[0], changed, *others[1])),
            )
    for route in row.routes:
        yield f"without {route}", replace(row, routes=tuple(r for r in row.routes if r != route))
    for advice in row.advice:
        yield f"without {advice}", replace(row, advice=tuple(a for a in row.advice if a != advice))
    if row.emergency:
        yield "is no emergency", replace(row, emergency=False)


def _narrower(book: RuleBook, condition: Condition) -> Iterator[tuple[str, Condition]]:
    fact = book.reads.get(condition.subject)
    if (
        condition.form in GROUP_FORMS
        or condition.subject in book.indicators
        or (fact is not None and fact.unsure)
    ):
        said = "no “or unsure”" if condition.or_unsure else "“or unsure”"
        yield said, replace(condition, or_unsure=not condition.or_unsure)
    if condition.operator:
        for bound in (condition.bound - 1, condition.bound + 1):
            yield f"{bound}", replace(condition, bound=bound)
    if condition.form is Form.AT_LEAST:
        yield "one more", replace(condition, bound=condition.bound + 1)
    if condition.form is Form.ONE_OF:
        for value in condition.values:
            kept = tuple(v for v in condition.values if v != value)
            yield f"no {value}", replace(condition, values=kept)
