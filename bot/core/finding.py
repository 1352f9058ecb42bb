"""What the rules make of the answers: a finding with its reasons, never a bare word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

ACTION: Final = "action"  # the table whose outcome a reader acts on
_DECIDING: Final = (ACTION, "level")


@dataclass(frozen=True, slots=True)
class Reason:
    """A row that matched, in words, with its clause in the source."""

    row: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A row that one other answer would have matched, and what the result would then be."""

    row: str
    text: str  # "would be refer if the child is under 13"
    would_be: str
    clause: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The whole result. `results` is each table's outcome by table id; ids elsewhere name rows,
    routes and advice of the rulebook. `not_asked` lists facts and indicators that an open row
    still waits for: not asked is never read as no.
    """

    rules: str
    results: Mapping[str, str]
    routes: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    because: tuple[Reason, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    not_asked: tuple[str, ...] = ()
    emergency: bool = False
    editions: Mapping[str, str] = field(default_factory=dict)

    @property
    def action(self) -> str:
        """emergency, refer, discuss, intelligence, record or advise."""
        return self.results.get(ACTION, "")


def decided(finding: Finding) -> Iterator[tuple[str, str]]:
    """What to do, as the rules say it. The level is never told so: it may be the professional's
    own judgement (category.py). What the other tables say is in the reasons, or leads nowhere.
    """
    return ((t, said) for t, said in finding.results.items() if t == ACTION)


def leading(finding: Finding) -> Iterator[Reason]:
    """Every row that matched. That nothing matched is a reason of the deciding tables alone."""
    tables = ((reason, reason.row.partition(".")) for reason in finding.because)
    return (r for r, (table, _, row) in tables if row != "otherwise" or table in _DECIDING)
