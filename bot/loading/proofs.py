"""What the prover reports: the codes of its faults, and one fault."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Proof(StrEnum):
    """The closed set of faults found by looking at every combination of answers."""

    WRONG_OUTCOME = "WRONG_OUTCOME"
    LATER_TABLE = "LATER_TABLE"
    IMPOSSIBLE_THRESHOLD = "IMPOSSIBLE_THRESHOLD"
    UNREAD_INDICATOR = "UNREAD_INDICATOR"
    RULE_GAP = "RULE_GAP"
    RULE_OVERLAP = "RULE_OVERLAP"
    RULE_DEAD_ROW = "RULE_DEAD_ROW"
    SHADOWED_ROW = "SHADOWED_ROW"
    MUST_HOLD_FAILS = "MUST_HOLD_FAILS"
    MUST_HOLD_WRONG = "MUST_HOLD_WRONG"
    EXAMPLE_FAILS = "EXAMPLE_FAILS"


class Fault(NamedTuple):
    """One thing an author must mend: the line in the rulebook's file (0: not known), and why."""

    line: int
    code: Proof
    message: str
