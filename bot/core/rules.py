"""Rulebooks: indicators, groups and decision tables, loaded from rules/<area>/*.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.conditions import Condition
from bot.core.facts import Fact
from bot.core.grammar import EVERY_INDICATOR


class Kind(StrEnum):
    """What a sign says: harm is happening, there is a risk, or it is background only."""

    HARM = "harm"
    RISK = "risk"
    BACKGROUND = "background"


class Hit(StrEnum):
    """`only_one` row must match (proved at load); `strongest` keeps all and takes the highest."""

    ONLY_ONE = "only_one"
    STRONGEST = "strongest"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One sign to tick. `levels` holds every column of the source that lists it, ascending."""

    id: str
    group: str
    kind: Kind
    text: str
    clause: str
    levels: tuple[int, ...] = ()
    why: str = ""  # why it has this kind
    line: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """When every condition holds, `then` is the table's outcome. All rows carry a clause."""

    id: str
    when: tuple[Condition, ...]
    then: str
    clause: str
    text: str  # the reason, as a person reads it
    routes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    emergency: bool = False
    line: int = 0

    @property
    def leads(self) -> bool:
        """Whether it leads to anything that a person is told to do."""
        return bool(self.routes or self.advice or self.emergency)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and a hit policy. `scale` orders the outcomes, weakest first. `otherwise` is the
    declared outcome of a `strongest` table in which no row matches; an `only_one` table has none.
    """

    id: str
    hit: Hit
    scale: tuple[str, ...]
    rows: tuple[Row, ...]
    otherwise: str = ""
    otherwise_clause: str = ""
    line: int = 0
    otherwise_text: str = ""


@dataclass(frozen=True, slots=True)
class Advice:
    """Something the person must be told when a row that names it matches."""

    id: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class RuleBook:
    """One file of rules/. Tables are evaluated in order; an earlier table's outcome is a fact,
    named by the table's id, to the later ones.
    """

    id: str  # such as wirral/intelligence
    area: str
    tables: tuple[Table, ...]
    reads: Mapping[str, Fact]  # every fact its conditions may name
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    advice: Mapping[str, Advice] = field(default_factory=dict)
    must_hold: tuple[str, ...] = ()
    file: str = ""
    edition: str = ""  # the content hash of the file
    numbers: Mapping[str, int] = field(default_factory=dict)  # by name, for `must_hold`
    must_hold_lines: tuple[int, ...] = ()  # the line of each, in the same order
    called: Mapping[str, str] = field(default_factory=dict)  # what each group is called
    judgement: tuple[str, ...] = ()  # the facts of the professional's own judgement


def groups_of(book: RuleBook) -> dict[str, tuple[str, ...]]:
    """Every group a condition may name: the declared ones, those of a kind, and all indicators."""
    kinds = {
        kind.value: tuple(i.id for i in book.indicators.values() if i.kind is kind)
        for kind in Kind
    }
    return {**book.groups, **kinds, EVERY_INDICATOR: tuple(book.indicators)}
