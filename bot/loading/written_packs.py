"""The other files of a pack exactly as they are written: areas, facts, routes, words, screens,
labels, giveaways, blame and acronyms.
"""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.routing import How
from bot.core.sending import DOCUMENTS, MAIL
from bot.loading.faults import Place
from bot.loading.kinds import PATH, Day, Flag, Id, ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written
from bot.loading.written_facts import FACTS, WrittenFact

_TEXT = Text()
_ID = Id()
_WORDS = ListOf(_TEXT)
KINDS = ("intelligence", "referral", "mase", "case_report", "canary")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPlaces:
    """What people type for an area besides its name."""

    place: Place
    source: Written = key(_TEXT, "where the boundary comes from, and as of when")
    here: tuple[Written, ...] = key(_WORDS, "towns and postcode districts that lie in it alone")
    perhaps: tuple[Written, ...] = maybe(
        _WORDS, (), "those that lie in it in part, or share their name with another place"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenArea:
    """One pack."""

    place: Place
    id: Written = key(_ID, "the folder's name")
    name: Written = key(_TEXT, "how people know it")
    order: int = key(Number(1, 1000), "its place among the buttons")
    front_door: Written | None = maybe(
        _ID, None, "the route whose numbers are given where a look-up finds nothing"
    )
    hand_over: tuple[Written, ...] = maybe(
        ListOf(OneOf((DOCUMENTS, MAIL)), or_one=True),
        (),
        "how people who work with children hand a report over: documents, mail, or both",
    )
    places: WrittenPlaces | None = maybe(
        Shape(WrittenPlaces), None, "names of places that choose it where the area is asked"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDue:
    """What must have happened by when."""

    place: Place
    text: Written = key(_TEXT, "as the source says it")
    within_hours: int | None = maybe(Number(1, 10_000), None, "the same in hours")
    by: Written | None = maybe(_ID, None, "the id of the date by which, from deadlines.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRoute:
    """One way to act."""

    place: Place
    name: Written = key(_TEXT, "who receives it, as a person reads it")
    how: Written = key(OneOf(tuple(How)), "mail, phone, form or tell")
    kind: Written | None = maybe(OneOf(KINDS), None, "the kind of submission")
    mailboxes: tuple[Written, ...] = maybe(ListOf(_ID), (), "where the mail goes")
    subject: Written | None = maybe(_TEXT, None, "the mail's exact subject")
    takes: tuple[Written, ...] = maybe(ListOf(PATH), (), "the dialogs whose answers it carries")
    anonymous: bool = key(Flag(), "`yes`: nobody's identity is stored, logged or mailed")
    due: WrittenDue | None = maybe(Shape(WrittenDue), None, "by when")
    forms: tuple[Written, ...] = maybe(ListOf(_ID), (), "the forms it fills")
    after: Written | None = maybe(_TEXT, None, "what happens next, told once it is saved")
    phones: Written | None = maybe(_TEXT, None, "the numbers to use instead")
    note: Written | None = maybe(_TEXT, None, "a sentence for whoever opens the mail")
    link: Mapping[Written, Written | None] | None = maybe(
        MapOf(_ID), None, "facts that a link to it already answers"
    )
    clause: Written = key(_TEXT, "where the source says so")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPhrases:
    """Words to look for, and why."""

    place: Place
    phrases: tuple[Written, ...] = key(_WORDS, "the words, in small letters")
    why: Written = key(_TEXT, "why to change them")
    instead: Written | None = maybe(_TEXT, None, "what to say instead")


Phrases = Mapping[Written, WrittenPhrases | None]
Texts = Mapping[Written, Written | None]
_PHRASES = MapOf(Shape(WrittenPhrases))
_TEXTS = MapOf(_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFile:
    """rules/<area>/area.yaml."""

    place: Place
    area: WrittenArea = key(Shape(WrittenArea), "the pack's id, name and order")


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsFile:
    """rules/<area>/facts.yaml."""

    place: Place
    facts: Mapping[Written, WrittenFact | None] = key(FACTS, "the facts this area shares")


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesFile:
    """rules/<area>/routes.yaml."""

    place: Place
    routes: Mapping[Written, WrittenRoute | None] = key(
        MapOf(Shape(WrittenRoute)), "the ways to act"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsFile:
    """dialogs/common/words.yaml."""

    place: Place
    words: Mapping[Written, tuple[Written, ...] | None] = key(
        MapOf(_WORDS), "meaning, and the words for it"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreensFile:
    """dialogs/common/screens.yaml."""

    place: Place
    screens: Texts | None = maybe(_TEXTS, None, "the program's own texts")
    labels: Texts | None = maybe(_TEXTS, None, "the program's own button labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveawaysFile:
    """rules/common/giveaways.yaml."""

    place: Place
    giveaways: Phrases = key(_PHRASES, "words that give the writer away")


@dataclass(frozen=True, slots=True, kw_only=True)
class BlameFile:
    """rules/common/blame.yaml."""

    place: Place
    blame: Phrases = key(_PHRASES, "words that blame a child, why, and what to say instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTelephone:
    """One telephone number that texts may name."""

    place: Place
    number: Written = key(Id(r"\+?[0-9]+( [0-9]+)*", "digits and spaces"), "as people dial it")
    what: Written = key(_TEXT, "whose it is")
    source: Written = key(_TEXT, "where it comes from, and as of when")
    checked_on: date | None = maybe(Day(), None, "when somebody last rang it or looked it up")


@dataclass(frozen=True, slots=True, kw_only=True)
class TelephonesFile:
    """rules/common/numbers.yaml."""

    place: Place
    telephones: Mapping[Written, WrittenTelephone | None] = key(
        MapOf(Shape(WrittenTelephone)), "every number that a text may name"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AcronymsFile:
    """dialogs/common/acronyms.yaml."""

    place: Place
    acronyms: Mapping[Written, Written | None] = key(
        MapOf(_TEXT, Id(r"[A-Z][A-Za-z0-9]+", "capital letters")),
        "acronym, and what it stands for",
    )
