"""Screens on which several things are ticked at once, exactly as an author writes them."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.loading.faults import Place
from bot.loading.kinds import PATH, Id, MapOf, Text
from bot.loading.shape import key, maybe
from bot.loading.source import Written
from bot.loading.written_edges import NEXT, NEXT_DOC, WrittenEdge

_TEXT: Final = Text()
_LABELS: Final = MapOf(_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTick:
    """Several signs on one screen."""

    place: Place
    tick: Written = key(_TEXT, "`group` and the group's id, and for a long one `, part 1 of 2`")
    rules: Written = key(PATH, "the rulebook that declares the group")
    text: Written = key(_TEXT, "the question")
    none: Written = key(_TEXT, "the label of none of these: a no to each")
    done: Written = key(_TEXT, "the label of done: no to the others")
    unsure: Written = key(_TEXT, "the label of I don't know about the others")
    details: Written | None = maybe(
        Id(), None, "a list fact: its dialog is asked once for each sign that is yes"
    )
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenMark:
    """Several facts that are yes or no, on one screen."""

    place: Place
    mark: Mapping[Written, Written | None] = key(_LABELS, "facts that are yes or no, with words")
    text: Written = key(_TEXT, "the question")
    none: Written = key(_TEXT, "the label of none of these: a no to each")
    done: Written = key(_TEXT, "the label of done: no to the others")
    unsure: Written = key(_TEXT, "the label of I don't know about the others")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)
