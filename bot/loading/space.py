"""Every combination of answers a rulebook can meet, as variables of decision diagrams.

A fact has its values, and unsure where it allows it; a number has one value for each interval
between the bounds that conditions use; an indicator is no, unsure or yes. Each counts as asked.

A table that reads an earlier one is proved for every outcome the earlier one can give, together
with anything else, because with answers missing they can meet in ways that whole answers cannot.
Promises follow the outcome down to the answers it comes from (`traced`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

from bot.core.conditions import Condition, Form, State, threshold, value_state
from bot.core.facts import NO, UNSURE, YES, Fact, FactType, Value
from bot.core.forms import GROUP_FORMS
from bot.core.rules import RuleBook, Table, groups_of
from bot.loading.diagrams import ALWAYS, NEVER, Diagram, Diagrams, Path, constant

ANSWERS: Final = (NO, UNSURE, YES)


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing that can be known, and each of its values."""

    name: str
    values: tuple[Value, ...]
    labels: tuple[str, ...]
    indicator: bool = False


class Space:
    """The variables of one rulebook, and the diagrams of its conditions and tables."""

    def __init__(self, book: RuleBook, conditions: Iterable[Condition]) -> None:
        self.book = book
        self.diagrams = Diagrams()
        self.groups = groups_of(book)
        self.variables = _variables(book, tuple(conditions), self.groups)
        self._places = {v.name: place for place, v in enumerate(self.variables)}
        self._drawn: dict[Condition, Diagram] = {}
        self._tables = {table.id: table for table in book.tables}
        self.outcomes: dict[str, Diagram] = {}  # table id -> its outcome, as a place on its scale

    def all_of(self, conditions: Iterable[Condition]) -> Diagram:
        """Where every condition holds, an earlier outcome being a fact like any other."""
        return self._all(map(self.condition, conditions))

    def all_traced(self, conditions: Iterable[Condition]) -> Diagram:
        """Where every condition holds, earlier outcomes following from the answers."""
        return self._all(map(self._traced, conditions))

    def condition(self, condition: Condition) -> Diagram:
        """Where the condition holds, an earlier outcome being a fact like any other."""
        if condition not in self._drawn:
            self._drawn[condition] = self._draw(condition)
        return self._drawn[condition]

    def _all(self, drawn: Iterable[Diagram]) -> Diagram:
        return reduce(self.diagrams.both, drawn, ALWAYS)

    def _traced(self, condition: Condition) -> Diagram:
        if condition.form in GROUP_FORMS or condition.subject not in self._tables:
            return self.condition(condition)
        scale = self._tables[condition.subject].scale
        met = {place: _met(condition, outcome) for place, outcome in enumerate(scale)}
        return self.diagrams.mapped(self.outcomes[condition.subject], met)

    def add(self, table: Table) -> None:
        """Make a table's outcome known to the conditions after it: from the strongest rows down,
        where at least one row of that strength or more matches.
        """
        reached, outcome = NEVER, NEVER  # 0: no row, then 1 more than the place on the scale
        for place, then in reversed(list(enumerate(table.scale))):
            for row in table.rows:
                if row.then == then:
                    reached = self.diagrams.either(reached, self.all_traced(row.when))
            raised = self.diagrams.mapped(reached, {1: place + 1})
            outcome = self.diagrams.highest(outcome, raised)
        ranks = {place + 1: place for place in range(len(table.scale))}
        ranks[0] = table.scale.index(table.otherwise) if table.otherwise else 0
        self.outcomes[table.id] = self.diagrams.mapped(outcome, ranks)

    def _draw(self, condition: Condition) -> Diagram:
        if condition.form in GROUP_FORMS:
            return self._count(condition)
        place = self._places[condition.subject]
        branches = (constant(_met(condition, v)) for v in self.variables[place].values)
        return self.diagrams.node(place, tuple(branches))

    def _count(self, condition: Condition) -> Diagram:
        """A group form: from the last member up, how many still have to count."""
        count = threshold(condition)
        won = ALWAYS if count.holds_when_reached else NEVER
        lost = NEVER if count.holds_when_reached else ALWAYS
        below = [won] + [lost] * count.need  # by how many are still needed
        for place in sorted((self._places[m] for m in self._members(condition)), reverse=True):
            below = [won] + [
                self.diagrams.node(
                    place,
                    (
                        below[need],
                        below[need - 1] if count.unsure_counts else below[need],
                        below[need - 1],
                    ),
                )
                for need in range(1, count.need + 1)
            ]
        return below[count.need]

    def _members(self, condition: Condition) -> tuple[str, ...]:
        return self.groups[condition.subject]

    def example(self, path: Path) -> str:
        """The answers of a path in words: "danger is no, child_age is 12, a is yes and every
        other indicator is no". What is not named may be anything.
        """
        facts, signs, silent = [], [], False
        for place, value in sorted(path.items()):
            variable = self.variables[place]
            if not variable.indicator:
                facts.append(f"{variable.name} is {variable.labels[value]}")
            elif variable.values[value] == NO:
                silent = True
            else:
                signs.append(f"{variable.name} is {variable.labels[value]}")
        others = f"every {'other ' if signs else ''}indicator is no" if silent or signs else ""
        named = ", ".join([*facts, *signs])
        return " and ".join(filter(None, (named, others))) or "anything at all is answered"


def _met(condition: Condition, value: Value) -> int:
    return int(value_state(condition, value) is State.HOLDS)


def _variables(
    book: RuleBook, conditions: tuple[Condition, ...], groups: Mapping[str, tuple[str, ...]]
) -> tuple[Variable, ...]:
    """Facts first, then indicators with those of a group side by side: diagrams stay small."""
    singles = {c.subject for c in conditions if c.form not in GROUP_FORMS}
    read = singles.union(*(groups[c.subject] for c in conditions if c.form in GROUP_FORMS))
    facts = [_of_fact(f, conditions) for f in book.reads.values() if f.id in singles]
    tables = [_of_table(table) for table in book.tables if table.id in singles]
    by_group = sorted(book.indicators.values(), key=lambda i: i.group)
    signs = [Variable(i.id, ANSWERS, ANSWERS, indicator=True) for i in by_group if i.id in read]
    return (*facts, *tables, *signs)


def _of_fact(fact: Fact, conditions: tuple[Condition, ...]) -> Variable:
    mine = [c for c in conditions if c.subject == fact.id]
    values: tuple[Value, ...]
    if fact.type is FactType.WHOLE_NUMBER:
        cuts = {c.bound + (c.operator in {"<=", ">"}) for c in mine if c.form is Form.COMPARE}
        inside = {cut for cut in cuts if fact.minimum < cut <= fact.maximum}
        values = tuple(sorted({fact.minimum} | inside))
    else:
        values = fact.of
    if fact.unsure:
        values = (*values, UNSURE)
    return Variable(fact.id, values, tuple(map(str, values)))


def _of_table(table: Table) -> Variable:
    given = {table.otherwise, *(row.then for row in table.rows)}
    values = tuple(outcome for outcome in table.scale if outcome in given)
    return Variable(table.id, values, values)
