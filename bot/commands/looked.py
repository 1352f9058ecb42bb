"""One thing that `doctor` looked at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """`note` is something to know; only `problem` stops an installation from being fit."""

    OK = "ok"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at, how it stands, and what to do about it."""

    state: State
    what: str
    found: str
    do: str = ""

    def __str__(self) -> str:
        """One line for a person."""
        return f"{self.state:<8} {self.what:<12} {self.found}{'. ' + self.do if self.do else ''}"
