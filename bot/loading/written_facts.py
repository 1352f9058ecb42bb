"""The declaration of a fact exactly as an author writes it, in a dialog or in facts.yaml."""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.facts import COMING, PAST, FactType
from bot.loading.faults import Place
from bot.loading.kinds import ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, key, maybe
from bot.loading.source import Written

_TEXT = Text()
SPANS: Final = {"past": PAST, "coming": COMING}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFact:
    """A fact's declaration: its type and what it allows."""

    place: Place
    type: Written = key(OneOf(tuple(FactType)), "choice, whole_number, date, short_text, …")
    of: tuple[Written, ...] = maybe(
        ListOf(_TEXT, or_one=True), (), "a choice's values (or `areas`); a list's dialog"
    )
    from_: int | None = maybe(Number(-10_000), None, "the lowest whole number")
    to: int | None = maybe(Number(-10_000), None, "the highest whole number")
    when: Written | None = maybe(
        OneOf(tuple(SPANS)), None, "a date's bounds: gone by (`past`) or to come (`coming`)"
    )
    at_most: int | None = maybe(Number(1, 50), None, "how many items a list may hold")
    unsure: Written | None = maybe(OneOf(("allowed",)), None, "`allowed`: unsure is an answer")
    source: Written | None = maybe(_TEXT, None, "the clause of the document it comes from")


FACTS = MapOf(Shape(WrittenFact))
