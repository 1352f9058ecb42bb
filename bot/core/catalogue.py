"""Everything loaded from dialogs/ and rules/, by id, as one edition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.danger import DangerRules
from bot.core.deadlines import Deadline
from bot.core.dialog import Dialog
from bot.core.facts import Fact
from bot.core.guidance import Passage
from bot.core.holidays import Holidays
from bot.core.layout import Layout
from bot.core.routing import Mailbox, Route
from bot.core.rules import RuleBook
from bot.core.text import Template
from bot.core.wording import WordingRules


@dataclass(frozen=True, slots=True)
class Area:
    """One pack: an id and how people know it. `elsewhere` is not an area."""

    id: str
    name: str
    front_door: str = ""  # the route whose numbers to give where nothing else is known
    ways: tuple[str, ...] = ()  # of sending, for people who work with children (sending.py)
    # Towns and postcode districts that people type for it, and whether each lies in it alone.
    places: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Words:
    """What can be typed anywhere, by meaning. Every word is lower case, without punctuation."""

    meanings: Mapping[str, tuple[str, ...]]  # "back" -> ("back", "go back", ...)
    by_word: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        words = {word: name for name, words in self.meanings.items() for word in words}
        object.__setattr__(self, "by_word", words)

    def meaning(self, text: str) -> str:
        """The meaning of a whole message, or "" when it is an answer."""
        return self.by_word.get(normal(text), "")


def normal(text: str) -> str:
    """A whole message as global words are compared: lower case, single spaces, no slash in
    front, no punctuation at either end.
    """
    return " ".join(text.casefold().split()).strip(" .,!?/\"'*()…")


@dataclass(frozen=True, slots=True)
class Giveaway:
    """A pattern that may give the writer away: what to look for and why to change it."""

    id: str
    phrases: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One edition of the content, and what is true of it today (`closed`)."""

    edition: str
    dialogs: Mapping[str, Dialog]
    facts: Mapping[str, Fact]  # shared facts, by id
    rules: Mapping[str, RuleBook]
    routes: Mapping[str, Route]
    mailboxes: Mapping[str, Mailbox]
    areas: Mapping[str, Area]
    words: Words
    screens: Mapping[str, Template]  # the program's own texts, by id
    labels: Mapping[str, str]  # the program's own button labels, by id
    giveaways: tuple[Giveaway, ...] = ()
    files: Mapping[str, str] = field(default_factory=dict)  # file -> content hash
    closed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # route -> why, today
    training: bool = True
    channel: str = ""  # the service that stores the chat and can be written to later; "" for none
    draft_hours: int = 24
    root: str = "common/start"
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of every rulebook
    layouts: Mapping[str, Layout] = field(default_factory=dict)  # form or kind -> its paper
    danger: DangerRules | None = None  # signs of danger in people's words
    wording: WordingRules | None = None  # words that blame a child
    guidance: Mapping[str, Passage] = field(default_factory=dict)  # passages, by id
    deadlines: Mapping[str, Deadline] = field(default_factory=dict)  # dates of the areas, by id
    holidays: Holidays = field(default_factory=Holidays)
    acronyms: Mapping[str, str] = field(default_factory=dict)  # and what each stands for
