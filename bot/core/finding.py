"""What the rules make of the answers: a finding with its reasons, never a bare word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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
        return self.results.get("action", "")
