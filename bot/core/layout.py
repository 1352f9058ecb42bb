"""How a form is laid out on paper: which facts come first, and which answers under which heading.

Layouts are written in rules/<area>/forms/*.yaml; a new form needs no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

# What a duty desk needs first (contracts.md, Mail), by fact id.
FIRST: Final[Mapping[str, str]] = {
    "child_age": "Age of the child",
    "danger_now": "A child in danger right now",
    "child_where": "Where the child is",
    "callback": "How to call back",
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, and the dialogs whose answers stand under it."""

    title: str
    dialogs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """One form. Where no field list of the board's own form is public, the paper says that it is
    not that form. `first` and `judgement` map facts to their labels.
    """

    id: str
    title: str
    not_the_boards_form: bool = False
    first: Mapping[str, str] = field(default_factory=lambda: FIRST)
    sections: tuple[Heading, ...] = ()
    judgement: Mapping[str, str] = field(default_factory=dict)
