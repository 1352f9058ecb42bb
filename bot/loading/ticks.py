"""Screens on which several signs, or several facts, are ticked at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.core.dialog import Choice, Edge, Tick
from bot.core.facts import NO, YES, Fact
from bot.core.text import Template
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.source import Written
from bot.loading.written_rules import WrittenBook
from bot.loading.written_ticks import WrittenMark, WrittenTick

_PART: Final = re.compile(r"([1-9]) of ([1-9])")


def link_tick(
    id_: Written,
    step: WrittenTick,
    book: WrittenBook,
    text: Template,
    edges: tuple[Edge, ...],
    faults: Faults,
) -> Tick | None:
    """The tick screen, its marks worded as the rulebook words its indicators."""
    whole, _, part = step.tick.partition(", part ")
    kind, _, group = whole.partition(" ")
    groups = tuple(book.groups or ())
    piece = _part(part)
    if kind != "group" or group not in groups or piece is None:
        message = f"`tick` is `group` and one of {', '.join(groups)}; not `{step.tick}`."
        faults.add(step.tick.place, Code.UNKNOWN_GROUP, message, written=group, allowed=groups)
        return None
    signs = {
        str(name): sign
        for name, sign in (book.indicators or {}).items()
        if sign is not None and sign.group == group
    }
    marks = tuple(Choice(name, sign.text) for name, sign in signs.items())
    return Tick(
        id=str(id_),
        text=text,
        marks=_slice(marks, *piece),
        none=step.none,
        done=step.done,
        unsure=step.unsure,
        kinds={name: str(sign.kind) for name, sign in signs.items()},
        next=edges,
        line=id_.place.line,
    )


def _part(written: str) -> tuple[int, int] | None:
    """`1 of 2`: the first of two screens; nothing written: the only one."""
    match = _PART.fullmatch(written or "1 of 1")
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        return None
    return int(match[1]), int(match[2])


def _slice(marks: tuple[Choice, ...], number: int, of: int) -> tuple[Choice, ...]:
    """The marks of one screen of several, as even as can be, in the order of the file."""
    return marks[len(marks) * (number - 1) // of : len(marks) * number // of]


def link_mark(
    id_: Written,
    step: WrittenMark,
    facts: Mapping[Written, Fact | None],
    text: Template,
    edges: tuple[Edge, ...],
    faults: Faults,
) -> Tick:
    """The tick screen of facts: each is yes or no, and may be unsure. `facts` are those known."""
    asks = []
    for name, fact in facts.items():
        if fact is None:
            continue
        if set(fact.of) != {YES, NO} or not fact.unsure:
            message = f"`{fact.id}` is ticked, so it is a choice of yes and no that allows unsure."
            faults.add(name.place, Code.WRONG_TYPE, message)
        asks.append(fact)
    return Tick(
        id=str(id_),
        text=text,
        marks=tuple(Choice(fact.id, _label(step, fact)) for fact in asks),
        asks=tuple(asks),
        none=step.none,
        done=step.done,
        unsure=step.unsure,
        next=edges,
        line=id_.place.line,
    )


def _label(step: WrittenMark, fact: Fact) -> str:
    return next((label or "" for name, label in step.mark.items() if name == fact.id), "")
