"""Proving a rulebook at load: every combination of answers, or the file does not load.

`prove` expects a linked rulebook: the loader has checked every name and value (scope.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.conditions import Condition, Form
from bot.core.forms import GROUP_FORMS
from bot.core.rules import Hit, Row, RuleBook, Table, groups_of
from bot.loading.diagrams import NEVER, Diagram
from bot.loading.examples import Example, check_examples
from bot.loading.proofs import Fault, Proof
from bot.loading.properties import check_property, read_property
from bot.loading.space import Space

__all__ = ["Example", "Fault", "Proof", "check_examples", "prove"]

_PREVENTS_MORE = frozenset({Proof.RULE_GAP, Proof.RULE_OVERLAP})


def prove(book: RuleBook) -> tuple[Fault, ...]:
    """Every fault of the rulebook's tables and promises, each with an exact example of answers.

    What cannot be drawn (an outcome off the scale, a table that reads a later one) is reported
    first and alone; promises are proved once every table always has one outcome.
    """
    broken = (*_outcomes(book), *_later_tables(book))
    if broken:
        return broken
    properties = [read_property(book, place) for place in range(len(book.must_hold))]
    whole = [p for p in properties if not isinstance(p, Fault)]
    used = [c for row in _rows(book) for c in row.when]
    space = Space(book, [*used, *(c for p in whole for c in p.when)])
    faults = [*_thresholds(book), *_unread(book, used)]
    for table in book.tables:
        drawn = [space.all_of(row.when) for row in table.rows]
        faults += _dead(table, drawn)
        faults += _overlaps(space, table, drawn) if table.hit is Hit.ONLY_ONE else ()
        faults += _gaps(space, table, drawn)
        faults += _shadowed(space, table, drawn) if table.hit is Hit.STRONGEST else ()
        space.add(table)
    faults += [p for p in properties if isinstance(p, Fault)]
    if not any(fault.code in _PREVENTS_MORE for fault in faults):
        faults += [fault for p in whole for fault in check_property(space, p)]
    return tuple(faults)


def _rows(book: RuleBook) -> Iterator[Row]:
    return (row for table in book.tables for row in table.rows)


def _outcomes(book: RuleBook) -> Iterator[Fault]:
    for table in book.tables:
        named = [(row.line, row.then) for row in table.rows]
        if table.otherwise:
            named.append((table.line, table.otherwise))
        for line, then in named:
            if then not in table.scale:
                message = f"`{then}` is not on the scale {', '.join(table.scale)}."
                yield Fault(line, Proof.WRONG_OUTCOME, message)


def _later_tables(book: RuleBook) -> Iterator[Fault]:
    tables = [table.id for table in book.tables]
    for place, table in enumerate(book.tables):
        for row in table.rows:
            for condition in row.when:
                if condition.form not in GROUP_FORMS and condition.subject in tables[place:]:
                    message = f"`{row.id}` reads the table `{condition.subject}`, not yet decided."
                    yield Fault(row.line, Proof.LATER_TABLE, message)


def _thresholds(book: RuleBook) -> Iterator[Fault]:
    groups = groups_of(book)
    for row in _rows(book):
        for condition in row.when:
            if condition.form is not Form.AT_LEAST:
                continue
            size = len(groups[condition.subject])
            if condition.bound > size:
                message = f"`{row.id}` asks for {condition.bound} of the {size} in its group."
                yield Fault(row.line, Proof.IMPOSSIBLE_THRESHOLD, message)


def _unread(book: RuleBook, used: list[Condition]) -> Iterator[Fault]:
    groups = groups_of(book)
    read = {c.subject for c in used if c.form not in GROUP_FORMS}
    read = read.union(*(groups[c.subject] for c in used if c.form in GROUP_FORMS))
    for indicator in book.indicators.values():
        if indicator.id not in read:
            message = f"No row reads the indicator `{indicator.id}`: asking it changes nothing."
            yield Fault(indicator.line, Proof.UNREAD_INDICATOR, message)


def _dead(table: Table, drawn: list[Diagram]) -> Iterator[Fault]:
    for row, where in zip(table.rows, drawn, strict=True):
        if where == NEVER:
            yield Fault(row.line, Proof.RULE_DEAD_ROW, f"No answers at all can match `{row.id}`.")


def _overlaps(space: Space, table: Table, drawn: list[Diagram]) -> Iterator[Fault]:
    """Each row that another row before it meets, with answers that match both."""
    for place, row in enumerate(table.rows):
        for earlier, where in zip(table.rows[:place], drawn, strict=False):
            path = space.diagrams.path(space.diagrams.both(drawn[place], where))
            if path is not None:
                example = space.example(path)
                message = f"`{earlier.id}` and `{row.id}` both match when {example}."
                yield Fault(row.line, Proof.RULE_OVERLAP, message)


def _gaps(space: Space, table: Table, drawn: list[Diagram]) -> Iterator[Fault]:
    """Answers that no row matches, in a table without `otherwise`."""
    if table.otherwise:
        return
    covered = NEVER
    for where in drawn:
        covered = space.diagrams.either(covered, where)
    path = space.diagrams.path(covered, value=0)
    if path is not None:
        message = f"No row of `{table.id}` matches when {space.example(path)}."
        yield Fault(table.line, Proof.RULE_GAP, message)


def _shadowed(space: Space, table: Table, drawn: list[Diagram]) -> Iterator[Fault]:
    for place, row in enumerate(table.rows):
        for other_place, other in enumerate(table.rows):
            if drawn[place] == NEVER or other_place == place or not _adds_nothing(row, other):
                continue
            stronger = table.scale.index(other.then) - table.scale.index(row.then)
            twin = drawn[place] == drawn[other_place] and stronger == 0
            if stronger >= 0 and (place > other_place or not twin) and _within(space, row, other):
                message = f"`{row.id}` adds nothing to `{other.id}`, which always matches with it."
                yield Fault(row.line, Proof.SHADOWED_ROW, message)
                break


def _adds_nothing(row: Row, other: Row) -> bool:
    """Whether the other row gives all that this one gives. A clause of its own is a reason of
    its own, so a row that has one is kept.
    """
    return (
        set(row.routes) <= set(other.routes)
        and set(row.advice) <= set(other.advice)
        and row.emergency <= other.emergency
        and row.clause == other.clause
    )


def _within(space: Space, row: Row, other: Row) -> bool:
    """Whether each condition of the other row follows from one of this row about the same thing.
    Only so is it plain to an author; `any of G` does not hide a row about one sign of G.
    """
    return all(any(_follows(space, mine, wide) for mine in row.when) for wide in other.when)


def _follows(space: Space, narrow: Condition, wide: Condition) -> bool:
    if narrow.subject != wide.subject:
        return False
    outside = space.diagrams.negated(space.condition(wide))
    return space.diagrams.both(space.condition(narrow), outside) == NEVER
