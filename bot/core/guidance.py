"""Passages of guidance, and what a look-up finds. Searching them is an adapter's work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

COMMON: Final = "common"


@dataclass(frozen=True, slots=True)
class Passage:
    """One answer: short, whole in itself, with its source and date."""

    id: str
    area: str  # an area's id, or `common`
    title: str
    text: str
    source: str  # the document and its date
    clause: str  # the section or paragraph
    also: tuple[str, ...] = ()  # everyday words, abbreviations and questions that lead here
    see: tuple[str, ...] = ()  # ids of passages that whoever reads this one needs too
    printed: str = ""  # what the source printed that is out of date today
    young: bool = False  # written for a child too: nothing else is shown in a child's way

    @property
    def whole(self) -> str:
        """The text, and a line about what is out of date."""
        return f"{self.text}\n\n{self.printed}" if self.printed else self.text

    @property
    def cited(self) -> str:
        """Where it says so, and as of when."""
        return f"{self.source}: {self.clause}"


@dataclass(frozen=True, slots=True)
class Answer:
    """A passage that a look-up found; a higher score is a better answer."""

    passage: Passage
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found, best first: passages that answer, or, where that is not sure, some
    whose titles alone are named beside the person to ask. Never both; neither is an honest no.
    """

    told: tuple[Answer, ...] = ()
    perhaps: tuple[Answer, ...] = ()


def for_young(found: Found) -> Found:
    """What of it a child is shown: only passages written for a child too. Where the best is none
    of those, it is not sure that another answers.
    """
    told = tuple(one for one in found.told if one.passage.young)
    if told and told[0] is found.told[0]:
        return Found(told=told)
    return Found(perhaps=told or tuple(one for one in found.perhaps if one.passage.young))


@dataclass(frozen=True, slots=True)
class Questions:
    """What people ask, as they type it: by the id of the passage that answers it, and what
    nothing here answers.
    """

    by_passage: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elsewhere: tuple[str, ...] = ()
