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
    """A heading, and what stands under it."""

    title: str
    dialogs: tuple[str, ...]  # every field of these
    parts: tuple[tuple[str, str], ...] = ()  # dialog and fact of single fields
    signs: bool = False  # the signs that were marked lead it, so that the form can be read alone

    @property
    def asks(self) -> tuple[str, ...]:
        """The dialogs that fill it in, each once."""
        return tuple(dict.fromkeys((*(dialog for dialog, _ in self.parts), *self.dialogs)))

    def place(self, fact: str) -> int:
        """Where a field stands among those that are named; the others come after them."""
        named = [name for _, name in self.parts]
        return named.index(fact) if fact in named else len(named)

    def takes(self, dialog: str, fact: str) -> bool:
        """Whether the field of this fact in this dialog stands here."""
        return dialog in self.dialogs or (dialog, fact) in self.parts


@dataclass(frozen=True, slots=True)
class Layout:
    """One form. What its fields are called, who fills them in and which of them it needs stands
    at their questions alone (dialog.Ask). Where no field list of the board's own form is public,
    the paper says that it is not that form. `first` maps facts to their labels.
    """

    id: str
    title: str
    not_the_boards_form: bool = False
    first: Mapping[str, str] = field(default_factory=lambda: FIRST)
    sections: tuple[Heading, ...] = ()
    signs: bool = False  # the indicators stand on this form
    file: str = ""
    line: int = 0

    def takes(self, dialog: str, fact: str) -> bool:
        """Whether the field of this fact in this dialog stands on the form."""
        return any(section.takes(dialog, fact) for section in self.sections)
