"""What a conversation can hand over as files: the closed set of gifts, and who may have them.

The engine only says which gift was asked for; the host makes the bytes (service/gifts.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Documents:
    """The paper and `submission.json` of what was just told, for each named route of the finding;
    only for people who work with children, and never of an anonymous route.
    """


@dataclass(frozen=True, slots=True)
class Dates:
    """Dates of an area, by id, as one calendar file."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of a dialog or pathway, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """One message in the chat some days before a date, if the person says so then."""

    date: str
    days_before: int


Gift: TypeAlias = Documents | Dates | Picture | Reminder
MadeOf: TypeAlias = Documents | Dates | Picture  # those of which the host makes files


@dataclass(frozen=True, slots=True)
class Offer:
    """A gift that a step offers, and its button; an empty label is the program's own."""

    gift: Gift
    label: str = ""
