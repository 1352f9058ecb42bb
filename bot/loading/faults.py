"""All that is wrong with the content, collected, so that an author sees every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from bot.errors import ContentError, Problem
from bot.loading.codes import Code


class Place(NamedTuple):
    """Where something is written: the file's path below the root, and the line from 1."""

    file: str
    line: int


@dataclass(slots=True)
class Faults:
    """Problems found so far. Reading goes on after each."""

    problems: list[Problem]

    def add(
        self,
        place: Place,
        code: Code,
        message: str,
        *,
        written: str = "",
        allowed: Iterable[str] = (),
    ) -> None:
        """Record one fault; names in `allowed` close to what was `written` are suggested."""
        hints = near(written, allowed)
        self.problems.append(Problem(place.file, place.line, code.value, message, hints))

    def raise_any(self) -> None:
        """Raise ContentError with every problem, by file and line, if there are any."""
        if self.problems:
            raise ContentError("content", in_order(self.problems))


def near(written: str, allowed: Iterable[str]) -> tuple[str, ...]:
    """The allowed names that somebody may have meant who wrote this, closest first."""
    return tuple(get_close_matches(written, list(allowed), n=2, cutoff=0.6))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By file and line, each problem once."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.file, p.line, p.code)))
