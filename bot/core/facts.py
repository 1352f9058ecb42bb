"""What can be known: declared facts, their types, and the three silences kept apart.

A fact is a value, or *unsure* (the person was asked and does not know), or absent (not asked,
or skipped). Unsure is not no, and absent is not no.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

UNSURE: Final = "unsure"
YES: Final = "yes"
NO: Final = "no"
YOUNG: Final = "young_person"  # a value of `role`, and of `asking`
PROFESSIONALS: Final = frozenset({"professional", "social_worker"})  # values of `role`

# A list fact holds one record (fact id -> value) for each child, person or vehicle described.
Record: TypeAlias = Mapping[str, "Value"]
Value: TypeAlias = "str | int | tuple[Record, ...]"


class FactType(StrEnum):
    """The closed set of fact types; `text` comes in two lengths for the person who types it."""

    CHOICE = "choice"
    WHOLE_NUMBER = "whole_number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    LIST = "list"


WRITTEN: Final = frozenset({FactType.SHORT_TEXT, FactType.LONG_TEXT})  # in own words


# How many days from today a date may lie, by what is asked for. A child is under 18, and nobody
# plans further ahead than two years: what lies outside is a slip of the hand.
PAST: Final = (-20 * 366, 0)
COMING: Final = (0, 2 * 366)
ANY_DAY: Final = (PAST[0], COMING[1])
SHORT_TEXT_LIMIT: Final = 200
LONG_TEXT_LIMIT: Final = 3000


@dataclass(frozen=True, slots=True)
class Fact:
    """One declared fact. Dates are `YYYY-MM-DD`; `of` lists the values of a choice. `minimum` and
    `maximum` bound a whole number; of a date they are days from today (neither: `ANY_DAY`).
    """

    id: str
    type: FactType
    of: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    unsure: bool = False
    item: str = ""  # for a list: the dialog that describes one item
    at_most: int = 0  # for a list: how many items
    source: str = ""  # the clause of the document it comes from, empty if it is ours
    file: str = ""
    line: int = 0

    def span(self, today: date) -> tuple[date, date]:
        """The first and the last day that this date may be."""
        first, last = (self.minimum, self.maximum)
        if (first, last) == (0, 0):
            first, last = ANY_DAY
        return today + timedelta(days=first), today + timedelta(days=last)

    def allows(self, value: object) -> bool:
        """Whether `value` lies in this fact's domain (unsure only where it is allowed)."""
        if value == UNSURE:
            return self.unsure
        match self.type:
            case FactType.CHOICE:
                return value in self.of
            case FactType.WHOLE_NUMBER:
                return type(value) is int and self.minimum <= value <= self.maximum
            case FactType.LIST:
                return isinstance(value, tuple) and len(value) <= self.at_most
            case _:
                return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known at one moment: facts by id, and indicators by id as yes, no or unsure."""

    facts: Mapping[str, Value] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
