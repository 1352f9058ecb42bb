"""rules/<area>/forms/*.yaml exactly as they are written: what a form's paper looks like."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.loading.faults import Place
from bot.loading.kinds import PATH, Flag, Id, ListOf, MapOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
_ID = Id()
_LABELS = MapOf(_TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """A heading and what stands under it."""

    place: Place
    title: Written = key(_TEXT, "the heading")
    dialogs: tuple[Written, ...] = key(ListOf(PATH), "the dialogs whose answers stand under it")
    fields: tuple[Written, ...] = maybe(
        ListOf(_ID), (), "the facts of these dialogs that stand here; all of them if left out"
    )
    signs: bool = maybe(
        Flag(), default=False, doc="`yes`: the signs that were marked lead what stands here"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenForm:
    """One form."""

    place: Place
    title: Written = key(_TEXT, "what it is, as its reader knows it; never a name")
    not_the_boards_form: bool = maybe(
        Flag(), default=False, doc="`yes`: no field list of the board's own form is public"
    )
    first: Mapping[Written, Written | None] | None = maybe(
        _LABELS, None, "the facts that a duty desk needs first, with their labels"
    )
    sections: tuple[WrittenSection, ...] = maybe(
        ListOf(Shape(WrittenSection)), (), "the headings in order; other answers come last"
    )
    signs: bool = maybe(Flag(), default=False, doc="`yes`: the signs that were asked stand on it")


@dataclass(frozen=True, slots=True, kw_only=True)
class FormsFile:
    """rules/<area>/forms/*.yaml."""

    place: Place
    forms: Mapping[Written, WrittenForm | None] = key(
        MapOf(Shape(WrittenForm)), "form or kind of submission, and how it is laid out"
    )
