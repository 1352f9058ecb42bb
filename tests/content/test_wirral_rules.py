"""The examples of Wirral's rules hold every row: take one away or weaken it, and one fails."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.conditions import Condition
from bot.core.rules import Row, RuleBook, Table
from bot.loading.content import Content
from bot.loading.examples import check_examples
from bot.loading.faults import Faults
from bot.loading.load import bundle, link
from bot.loading.proving import _example  # the examples exactly as `check` runs them

ROOT = Path(__file__).parents[2]
BOOKS = ("wirral/assess", "wirral/intelligence")


@pytest.fixture(scope="module")
def content() -> Content:
    faults = Faults([])
    found = link(bundle(ROOT), faults)
    assert faults.problems == []
    return found


def _mutants(book: RuleBook) -> Iterator[tuple[str, RuleBook]]:
    for at, table in enumerate(book.tables):
        for place, row in enumerate(table.rows):
            name = f"{table.id}.{row.id}"
            yield f"{name} taken away", _with(book, at, _rows(table, place))
            for what, other in _weaker(row, table):
                yield f"{name} {what}", _with(book, at, _rows(table, place, other))


def _rows(table: Table, place: int, *instead: Row) -> Table:
    return replace(table, rows=(*table.rows[:place], *instead, *table.rows[place + 1 :]))


def _with(book: RuleBook, at: int, table: Table) -> RuleBook:
    return replace(book, tables=(*book.tables[:at], table, *book.tables[at + 1 :]))


def _weaker(row: Row, table: Table) -> Iterator[tuple[str, Row]]:
    """The row with one route, advice or unsure less, one condition less, or a lower outcome."""
    for place, condition in enumerate(row.when):
        others = (*row.when[:place], *row.when[place + 1 :])
        yield f"without “{condition.source}”", replace(row, when=others)
        for changed in _narrower(condition):
            yield (
                f"with {_said(changed)}",
                replace(row, when=(*row.when[:place], changed, *row.when[place + 1 :])),
            )
    for route in row.routes:
        yield f"without {route}", replace(row, routes=tuple(r for r in row.routes if r != route))
    for advice in row.advice:
        yield f"without {advice}", replace(row, advice=tuple(a for a in row.advice if a != advice))
    lower = table.scale[: table.scale.index(row.then)]
    if lower and table.id == "action":
        yield f"gives {lower[-1]}", replace(row, then=lower[-1])


def _said(condition: Condition) -> str:
    words = " ".join(condition.values) or f"{condition.operator} {condition.bound}"
    unsure = " or unsure" if condition.or_unsure and not condition.operator else ""
    form = "" if condition.operator else f" {condition.form}"
    return f"{condition.subject}{form} {words}{unsure}"


def _narrower(condition: Condition) -> Iterator[Condition]:
    if condition.or_unsure:
        yield replace(condition, or_unsure=False)
    if condition.operator:
        for bound in (condition.bound - 1, condition.bound + 1):
            yield replace(condition, bound=bound)
    if len(condition.values) > 1:
        for value in condition.values:
            yield replace(condition, values=tuple(v for v in condition.values if v != value))


# What changes nothing that a person is told, each with the reason.
DANGER = "DANGER always says it too"
REFERRED = "CHILD, HARM or DANGER_SCREENED sends it too"
WEIGHED = "PARTNER_13_15 tells it too"
RISK = "its sign is a sign of risk, which says at least as much"
SIX = "a row of follow_up tells it too"
SAME = {
    "action.DANGER_CHILD without wirral_cadt": REFERRED,
    "action.DANGER_CHILD gives refer": DANGER,
    "action.DANGER_SCREENED gives refer": DANGER,
    "action.OPEN without open_case": SIX,
    "action.IN_CARE without tell_team_manager": SIX,
    "follow_up.OPEN_CASE without open_case": "OPEN tells it too, in the examples that name it",
    "follow_up.CARE without tell_team_manager": "IN_CARE tells it too",
    "action.UNDER_13_OTHER with other_age >= -1": "no age is below 0",
    "action.PARTNER_13_15 with other_age >= -1": "no age is below 0",
    "action.UNDER_13_NOT_SHARED without wirral_lead": "UNDER_13 says it too",
    "action.UNDER_13_NOT_SHARED gives intelligence": "UNDER_13 says it too",
    "action.SEX_13_15 without wirral_lead": RISK,
    "action.SEX_13_15 gives intelligence": RISK,
    "action.GAP_13 without lead_or_line_manager": WEIGHED,
    "action.GAP_14 without lead_or_line_manager": WEIGHED,
    "action.GAP_15 without lead_or_line_manager": WEIGHED,
    "action.MOVED_SIGN without wirral_cadt": "HARM sends it too",
    "action.MOVED_SIGN gives discuss": "HARM refers too",
    "action.INFORMATION_TOO gives record": "CHILD is stronger",
    "action.PROFESSIONAL gives record": "INFORMATION says it too",
    "clock.NO_SET_TIME with action is one of advise intelligence discuss": "no row gives record",
}


def _is_one_of_many(name: str) -> bool:
    """A row for each sign of a list: one example for each list stands for all of them."""
    return name.split(maxsplit=1)[0].count(".") > 1


@pytest.mark.parametrize("name", BOOKS)
def test_every_row_of_every_table_has_an_example_that_needs_it(
    name: str, content: Content
) -> None:
    linked = content.books[name]
    examples = tuple(_example(linked.book, written) for written in linked.written.examples)
    assert check_examples(linked.book, examples) == ()
    alive = [what for what, book in _mutants(linked.book) if not check_examples(book, examples)]
    assert [what for what in alive if what not in SAME and not _is_one_of_many(what)] == []


@pytest.mark.parametrize("name", BOOKS)
def test_every_list_of_signs_has_an_example_of_its_row(name: str, content: Content) -> None:
    linked = content.books[name]
    wanted = (e.expect.items() for e in linked.written.examples)
    said = {str(row) for e in wanted for what, rows in e if what == "rows" for row in rows or ()}
    named = {row for row in said if not row.endswith(".otherwise")}
    lists = {row.id.split(".")[0] for t in linked.book.tables for row in t.rows if "." in row.id}
    assert lists == {row.split(".")[0] for row in named if "." in row}
