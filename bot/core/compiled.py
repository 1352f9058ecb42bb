"""A rulebook made ready for quick findings: every condition is a bit, every answer a mask.

What an answer does to the conditions is asked of `conditions.py` once, here, so that the meaning
of a condition has one home. A `Seen` integer is everything known, as six fields of bits side by
side: conditions that hold, conditions refuted, subjects asked, indicators that are yes, and
indicators that are unsure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.core.aloud import in_words
from bot.core.conditions import State, threshold, value_state
from bot.core.facts import NO, UNSURE, YES, Fact, FactType, Value
from bot.core.finding import NearMiss, Reason
from bot.core.forms import GROUP_FORMS, Condition
from bot.core.rules import Row, RuleBook, Table, groups_of

Seen: TypeAlias = int
Marks: TypeAlias = "Mapping[Value, Seen]"

_MOST_NUMBERS: Final = 200  # a whole number with a wider domain is judged as it comes


@dataclass(frozen=True, slots=True)
class Layout:
    """Where each field of bits lies in a Seen, and which bit is whose."""

    conditions: Mapping[Condition, int]  # to its place among the conditions
    subjects: Mapping[str, int]  # facts, indicators and tables, sorted, to their place

    def held(self, condition: Condition, state: State) -> Seen:
        """The condition's bit in the field of its state, which is holds or refuted."""
        bit = 1 << self.conditions[condition]
        return bit if state is State.HOLDS else bit << len(self.conditions)

    def asked(self, subject: str) -> Seen:
        """The subject's bit in the field of those asked."""
        return 1 << (2 * len(self.conditions) + self.subjects[subject])

    def said(self, subject: str, answer: str) -> Seen:
        """The indicator's bit in the field of yes or of unsure; nothing for no."""
        fields = {YES: 1, UNSURE: 2}
        if answer not in fields:
            return 0
        return self.asked(subject) << (fields[answer] * len(self.subjects))


@dataclass(frozen=True, slots=True)
class Asked:
    """A fact that conditions read, and what each of its values does."""

    name: str
    marks: Marks | None  # None: judge the value as it comes
    reads: tuple[Condition, ...]
    layout: Layout

    def mark(self, value: Value) -> Seen:
        """What this value makes true of the conditions."""
        seen = self.layout.asked(self.name)
        for condition in self.reads:
            seen |= self.layout.held(condition, value_state(condition, value))
        return seen


@dataclass(frozen=True, slots=True)
class Tally:
    """A condition about a group, as two counts of bits."""

    counts: Seen  # the bits that count towards it
    asked: Seen  # the bits of its members that were asked
    size: int
    need: int
    reached: Seen  # what is true once `need` count
    missed: Seen  # what is true once they cannot


@dataclass(frozen=True, slots=True)
class Line:
    """A row, ready: its rank on the scale, its reason, and its near miss by the missing bit."""

    row: Row
    rank: int
    reason: Reason
    near: Mapping[int, NearMiss]


@dataclass(frozen=True, slots=True)
class Ready:
    """A table, ready: the bits each line needs, and what each outcome does to later tables."""

    table: Table
    lines: tuple[tuple[int, Line], ...]
    otherwise: Reason
    marks: Mapping[str, Seen]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rulebook, ready. `waits` names each subject with its asked bit and its conditions."""

    book: RuleBook
    layout: Layout
    facts: tuple[Asked, ...]
    indicators: Mapping[str, Mapping[str, Seen]]
    tallies: tuple[Tally, ...]
    tables: tuple[Ready, ...]
    waits: tuple[tuple[str, Seen, int], ...]


def compiled(book: RuleBook) -> Compiled:
    """Make a rulebook ready. Costs milliseconds; `evaluate` keeps the result."""
    groups = groups_of(book)
    conditions = {c: None for t in book.tables for r in t.rows for c in r.when}
    reads = _readers(conditions, groups)
    layout = Layout(
        {condition: place for place, condition in enumerate(conditions)},
        {name: place for place, name in enumerate(sorted(reads))},
    )
    own = {table.id for table in book.tables}
    return Compiled(
        book,
        layout,
        tuple(
            _asked(name, book.reads.get(name), reads[name], layout)
            for name in reads
            if name not in own and name not in book.indicators
        ),
        {
            name: {a: _answer(name, a, reads[name], layout) for a in (YES, NO, UNSURE)}
            for name in reads
            if name in book.indicators
        },
        tuple(_tally(c, groups[c.subject], layout) for c in conditions if c.form in GROUP_FORMS),
        tuple(_ready(table, reads.get(table.id, ()), layout, book) for table in book.tables),
        tuple(
            (name, layout.asked(name), sum(1 << layout.conditions[c] for c in reads[name]))
            for name in layout.subjects
        ),
    )


def _readers(
    conditions: Iterable[Condition], groups: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[Condition, ...]]:
    """The conditions that read each subject, directly or through a group."""
    found: dict[str, tuple[Condition, ...]] = {}
    for condition in conditions:
        in_group = condition.form in GROUP_FORMS
        for name in groups[condition.subject] if in_group else (condition.subject,):
            found[name] = (*found.get(name, ()), condition)
    return found


def _single(reads: tuple[Condition, ...]) -> tuple[Condition, ...]:
    return tuple(condition for condition in reads if condition.form not in GROUP_FORMS)


def _asked(name: str, fact: Fact | None, reads: tuple[Condition, ...], layout: Layout) -> Asked:
    live = Asked(name, None, reads, layout)
    values = _domain(fact)
    return Asked(name, {v: live.mark(v) for v in values} or None, reads, layout)


def _domain(fact: Fact | None) -> tuple[Value, ...]:
    """The values worth preparing: those of a choice or of a short range of numbers."""
    if fact is not None and fact.type is FactType.CHOICE:
        return (*fact.of, UNSURE)
    if fact is not None and fact.type is FactType.WHOLE_NUMBER:
        numbers = range(fact.minimum, fact.maximum + 1)
        return (*numbers, UNSURE) if len(numbers) <= _MOST_NUMBERS else ()
    return ()


def _answer(name: str, answer: str, reads: tuple[Condition, ...], layout: Layout) -> Seen:
    fact = Asked(name, None, _single(reads), layout)
    return fact.mark(answer) | layout.said(name, answer)


def _tally(condition: Condition, members: tuple[str, ...], layout: Layout) -> Tally:
    count = threshold(condition)
    answers = (YES, UNSURE) if count.unsure_counts else (YES,)
    won, lost = State.HOLDS, State.REFUTED
    if not count.holds_when_reached:
        won, lost = lost, won
    return Tally(
        sum(layout.said(member, answer) for member in members for answer in answers),
        sum(layout.asked(member) for member in members),
        len(members),
        count.need,
        layout.held(condition, won),
        layout.held(condition, lost),
    )


def _ready(table: Table, reads: tuple[Condition, ...], layout: Layout, book: RuleBook) -> Ready:
    outcome = Asked(table.id, None, reads, layout)
    return Ready(
        table,
        tuple(_line(row, table, layout, book) for row in table.rows),
        Reason(f"{table.id}.otherwise", table.otherwise_text, table.otherwise_clause),
        {value: outcome.mark(value) if reads else 0 for value in table.scale},
    )


def _line(row: Row, table: Table, layout: Layout, book: RuleBook) -> tuple[int, Line]:
    names = {indicator.id: f'"{indicator.text}"' for indicator in book.indicators.values()}
    near = {
        1 << layout.conditions[condition]: NearMiss(
            row.id,
            f"would be {row.then} if {in_words(condition, names)}",
            row.then,
            row.clause,
        )
        for condition in row.when
    }
    line = Line(row, table.scale.index(row.then), Reason(row.id, row.text, row.clause), near)
    return sum(near), line
