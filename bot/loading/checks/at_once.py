"""How much of a rulebook can be said at once: the most, over every combination of answers.

Rows that exclude each other (a child is not 13 and 15) are never counted together. Where the
combinations are too many to try, everything left counts, so the result is never too small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.core.conditions import Condition, State, value_state
from bot.core.facts import NO, UNSURE, YES, FactType, Value
from bot.core.forms import GROUP_FORMS, Form
from bot.core.rules import Row, RuleBook

MOST: Final = 20_000  # combinations tried


@dataclass(frozen=True, slots=True)
class Item:
    """Something that may be said: its length, and the ways in which it comes to be said."""

    length: int
    ways: tuple[tuple[Condition, ...], ...]


def reasons_of(book: RuleBook) -> list[Item]:
    """Each row that leads somewhere, as `{reasons}` says it."""
    rows = (row for table in book.tables for row in table.rows if row.leads)
    return [Item(_units(f"- {row.text} ({row.clause})\n"), (row.when,)) for row in rows]


def advice_of(book: RuleBook) -> list[Item]:
    """Each advice, by all the rows that give it."""
    return [
        Item(_units(advice.text) + 2, tuple(row.when for row in _rows(book) if id_ in row.advice))
        for id_, advice in book.advice.items()
    ]


def routes_of(book: RuleBook, lengths: dict[str, int]) -> list[Item]:
    """Each route that a row opens, with a length of its own."""
    return [
        Item(length, tuple(row.when for row in _rows(book) if id_ in row.routes))
        for id_, length in lengths.items()
    ]


def most_at_once(items: Iterable[Item], book: RuleBook) -> int:
    """The most characters that can stand on one screen together."""
    return _Search(book).most(tuple(items))


def _rows(book: RuleBook) -> Iterator[Row]:
    return (row for table in book.tables for row in table.rows)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class _Search:
    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._scales = {table.id: table.scale for table in book.tables}
        self._bounds: dict[str, set[int]] = {}
        for condition in (c for row in _rows(book) for c in row.when):
            if condition.form is Form.COMPARE:
                self._bounds.setdefault(condition.subject, set()).add(condition.bound)
        self._left = MOST
        self._known: dict[tuple[Item, ...], int] = {}

    def most(self, items: tuple[Item, ...]) -> int:
        """The most of these together, each question worked out once."""
        if items not in self._known:
            self._known[items] = self._most(items)
        return self._known[items]

    def _most(self, items: tuple[Item, ...]) -> int:
        """Those with nothing in common are looked at apart."""
        parts = list(_apart(items))
        if len(parts) > 1:
            return sum(self.most(part) for part in parts)
        subjects = Counter(s for item in items for way in item.ways for s in _subjects((way,)))
        self._left -= 1
        if not subjects or len(items) == 1 or self._left < 0:
            return sum(item.length for item in items)
        chosen = subjects.most_common(1)[0][0]
        return max(self.most(_given(items, chosen, value)) for value in self._values(chosen))

    def _values(self, subject: str) -> tuple[Value, ...]:
        if subject in self._scales:
            return self._scales[subject]
        fact = self._book.reads.get(subject)
        if fact is None:
            return YES, NO, UNSURE
        unsure = (UNSURE,) if fact.unsure else ()
        if fact.type is not FactType.WHOLE_NUMBER:
            return (*fact.of, *unsure)
        near = {bound + step for bound in self._bounds[subject] for step in (-1, 0, 1)}
        return (*sorted(near), *unsure)


def _subjects(ways: Iterable[tuple[Condition, ...]]) -> set[str]:
    """What the ways ask about, groups excepted: those may always hold as well."""
    return {c.subject for way in ways for c in way if c.form not in GROUP_FORMS}


def _given(items: tuple[Item, ...], subject: str, value: Value) -> tuple[Item, ...]:
    """What may still be said when this is known: each way without what it asked about it."""
    found = []
    for item in items:
        ways = tuple(
            tuple(c for c in way if c.subject != subject)
            for way in item.ways
            if all(
                value_state(c, value) is State.HOLDS
                for c in way
                if c.subject == subject and c.form not in GROUP_FORMS
            )
        )
        if ways:
            found.append(Item(item.length, () if () in ways else ways))
    return tuple(found)


def _apart(items: tuple[Item, ...]) -> Iterator[tuple[Item, ...]]:
    """The items in parts that ask about nothing in common."""
    left = list(items)
    while left:
        part, asked = [left.pop(0)], set()
        asked |= _subjects(part[0].ways)
        grown = True
        while grown:
            grown = False
            for item in list(left):
                if asked & _subjects(item.ways):
                    left.remove(item)
                    part.append(item)
                    asked |= _subjects(item.ways)
                    grown = True
        yield tuple(part)
