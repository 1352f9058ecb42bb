"""Guidance, signs of danger, careful words and spelling exactly as they are written."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.loading.faults import Place
from bot.loading.kinds import PATH, Flag, Id, ListOf, MapOf, Number, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
_TEXTS = ListOf(_TEXT)
_LISTS = MapOf(_TEXTS)
Lists = Mapping[Written, tuple[Written, ...] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPassage:
    """One answer."""

    place: Place
    title: Written = key(_TEXT, "the answer's heading")
    text: Written = key(_TEXT, "the answer, whole and short")
    clause: Written = key(_TEXT, "the section or paragraph of the source")
    source: Written | None = maybe(_TEXT, None, "its own source, if not the file's")
    also: tuple[Written, ...] = maybe(_TEXTS, (), "everyday words and questions that lead here")
    see: tuple[Written, ...] = maybe(
        ListOf(Id()), (), "the ids of passages that whoever reads this one needs too"
    )
    printed: Written | None = maybe(_TEXT, None, "what the source printed that is out of date")
    young: bool = maybe(Flag(), default=False, doc="written for a child too")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceFile:
    """rules/<area>/guidance_<section>.yaml."""

    place: Place
    guidance: Written = key(PATH, "the area, and the section's short name")
    source: Written = key(_TEXT, "the document and its date")
    passages: Mapping[Written, WrittenPassage | None] = key(
        MapOf(Shape(WrittenPassage)), "the answers"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSign:
    """One sign that somebody is in danger now."""

    place: Place
    means: Written = key(_TEXT, "what it is a sign of")
    look_for: tuple[Written, ...] = key(_TEXTS, "the phrases")
    together_with: tuple[Written, ...] = maybe(
        _TEXTS, (), "one of these must stand in the same sentence or one beside it"
    )
    unless: tuple[Written, ...] = maybe(_TEXTS, (), "not where one of these stands there too")
    despite: tuple[Written, ...] = maybe(
        ListOf(Id()), (), "the contexts that do not silence this sign"
    )
    must_match: tuple[Written, ...] = key(_TEXTS, "messages in which it must be found")
    must_not_match: tuple[Written, ...] = key(_TEXTS, "messages in which it must not be found")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenContext:
    """What makes a sentence be about something other than danger now."""

    place: Place
    means: Written = key(_TEXT, "what the sentence is about then")
    look_for: tuple[Written, ...] = key(_TEXTS, "the phrases")
    whole: bool = maybe(Flag(), default=False, doc="`yes`: silences the whole message")
    not_with: tuple[Written, ...] = maybe(_TEXTS, (), "does not count beside one of these")


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerFile:
    """rules/common/danger.yaml."""

    place: Place
    danger: Mapping[Written, WrittenSign | None] = key(MapOf(Shape(WrittenSign)), "the signs")
    contexts: Mapping[Written, WrittenContext | None] | None = maybe(
        MapOf(Shape(WrittenContext)), None, "what silences them"
    )
    lists: Lists | None = maybe(_LISTS, None, "phrases that signs name as <list>")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPoints:
    """What words weigh."""

    place: Place
    start: int = key(Number(-1000, 1000), "what a message weighs before any word")
    asks: int = key(Number(-1000, 1000), "from here on a message is asked about")
    words: Written = key(_TEXT, "lines of points, a colon, and what has them, between commas")


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsFile:
    """rules/common/danger_points.yaml; written by `make points`."""

    place: Place
    points: WrittenPoints = key(Shape(WrittenPoints), "what words weigh")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindsFile:
    """rules/common/danger_kinds.yaml."""

    place: Place
    kinds: Lists = key(_LISTS, "kinds of words, and the words of each, weighed alike")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenLabel:
    """One way of putting blame on a child."""

    place: Place
    look_for: tuple[Written, ...] = key(_TEXTS, "the phrases")
    unless: tuple[Written, ...] = maybe(_TEXTS, (), "ordinary uses: not where one stands there")
    why: Written = key(_TEXT, "why to think about it")
    instead: Written = key(_TEXT, "another way to say it")
    clause: Written = key(_TEXT, "where the source says so")
    must_match: tuple[Written, ...] = key(_TEXTS, "sentences in which it must be found")
    must_not_match: tuple[Written, ...] = key(_TEXTS, "sentences in which it must not be found")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingFile:
    """rules/common/wording.yaml."""

    place: Place
    wording: Mapping[Written, WrittenLabel | None] = key(MapOf(Shape(WrittenLabel)), "the labels")
    lists: Lists | None = maybe(_LISTS, None, "phrases that labels name as <list>")
    adults: tuple[Written, ...] = maybe(
        _TEXTS, (), "words for adults: what stands after one is not about the child"
    )
    children: tuple[Written, ...] = maybe(_TEXTS, (), "words after which it is again")
    about_words: tuple[Written, ...] = maybe(
        _TEXTS, (), "phrases by which a sentence is about words themselves"
    )
    reported: tuple[Written, ...] = maybe(
        _TEXTS, (), "phrases after which the sentence gives somebody else's words"
    )
    turns: tuple[Written, ...] = maybe(_TEXTS, (), "phrases after which it no longer does")
    rejected: tuple[Written, ...] = maybe(
        _TEXTS, (), "phrases that reject the words right behind them"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingFile:
    """rules/common/spelling.yaml."""

    place: Place
    spelling: Lists = key(
        MapOf(_TEXTS, Id(r"[a-z0-9 ]+", "small letters, digits and spaces")),
        "words, and how people type them",
    )
    keep: tuple[Written, ...] = maybe(
        _TEXTS, (), "ordinary words one letter away from a word that rules look for"
    )


FILES: Mapping[str, type] = {
    "guidance": GuidanceFile,
    "danger": DangerFile,
    "points": PointsFile,
    "kinds": KindsFile,
    "wording": WordingFile,
    "spelling": SpellingFile,
}
