"""What a rulebook promises (`must_hold`): read, then proved or refuted by an example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, assert_never

from bot.core.conditions import Condition, ConditionFault, parse_condition
from bot.core.facts import NO, UNSURE, YES
from bot.core.forms import GROUP_FORMS
from bot.core.rules import Row, RuleBook, Table, groups_of
from bot.loading.diagrams import NEVER, Diagram, Path
from bot.loading.proofs import Fault, Proof
from bot.loading.space import Space, Variable


class Promise(StrEnum):
    """The six forms of a property (docs/CONDITIONS.md, Properties)."""

    MORE_YES = "one more yes"
    UNSURE = "unsure"
    ALWAYS = "always gives"
    NEVER = "never gives"
    SENDS = "always sends"
    ADVISES = "always advises"


@dataclass(frozen=True, slots=True)
class Property:
    """One promise. `values` are outcomes of the table, or the one route of `always sends`,
    or the one advice of `always advises`.
    """

    promise: Promise
    text: str
    line: int
    table: str = ""
    values: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()


_NEVER_LOWERS: Final = re.compile(r"(one more yes|unsure) never lowers (\w+)")
_GIVES: Final = re.compile(r"(.+) (always gives|never gives) (\w+) (\w+(?: or \w+)*)")
_SENDS: Final = re.compile(r"(.+) (always sends|always advises) (\w+)")


def read_property(book: RuleBook, place: int) -> Property | Fault:
    """The property at this place of `must_hold`, or what is wrong with it."""
    text = " ".join(book.must_hold[place].split())
    line = book.must_hold_lines[place] if place < len(book.must_hold_lines) else 0
    try:
        found = _read(book, text, line)
    except ConditionFault as fault:
        return Fault(line, Proof.MUST_HOLD_WRONG, f"{fault.message}.")
    wrong = _wrong_names(book, found)
    return Fault(line, Proof.MUST_HOLD_WRONG, wrong) if wrong else found


def _read(book: RuleBook, text: str, line: int) -> Property:
    if lowers := _NEVER_LOWERS.fullmatch(text):
        return Property(Promise(lowers[1]), text, line, table=lowers[2])
    if gives := _GIVES.fullmatch(text):
        values = tuple(gives[4].split(" or "))
        return Property(Promise(gives[2]), text, line, gives[3], values, _when(book, gives[1]))
    if sends := _SENDS.fullmatch(text):
        values = (sends[3],)
        return Property(Promise(sends[2]), text, line, values=values, when=_when(book, sends[1]))
    raise ConditionFault("property", f'"{text}" is none of the six forms of a property')


def _when(book: RuleBook, text: str) -> tuple[Condition, ...]:
    return tuple(parse_condition(part.strip(), book.numbers) for part in text.split(","))


def _wrong_names(book: RuleBook, found: Property) -> str:
    """Why the property's names cannot be right, or ""."""
    for condition in found.when:
        if wrong := _wrong_subject(book, condition):
            return wrong
    if found.promise is Promise.SENDS:
        return "" if _leading(book, found) else f"No row sends `{found.values[0]}`."
    if found.promise is Promise.ADVISES:
        return "" if _leading(book, found) else f"No row advises `{found.values[0]}`."
    table = _table(book, found.table)
    if table is None:
        return f"There is no table `{found.table}` in this rulebook."
    strange = [value for value in found.values if value not in table.scale]
    return f"`{strange[0]}` is not on the scale of `{table.id}`." if strange else ""


def _leading(book: RuleBook, found: Property) -> list[Row]:
    """The rows that send the one route, or give the one advice."""
    rows = (row for table in book.tables for row in table.rows)
    sends = found.promise is Promise.SENDS
    return [row for row in rows if found.values[0] in (row.routes if sends else row.advice)]


def _table(book: RuleBook, name: str) -> Table | None:
    return next((table for table in book.tables if table.id == name), None)


def _wrong_subject(book: RuleBook, condition: Condition) -> str:
    subject = condition.subject
    if condition.form in GROUP_FORMS:
        return "" if subject in groups_of(book) else f"There is no group `{subject}`."
    allowed: tuple[str, ...] = ()
    if table := _table(book, subject):
        allowed = table.scale
    elif subject in book.indicators:
        allowed = (YES, NO)
    elif subject in book.reads:
        allowed = book.reads[subject].of
    else:
        return f"No row reads `{subject}`."
    if bool(condition.operator) is bool(allowed):
        return f"`{condition.source}` does not fit what `{subject}` can be."
    strange = [value for value in condition.values if value not in allowed]
    return f"`{subject}` is never `{strange[0]}`." if strange else ""


def check_property(space: Space, wanted: Property) -> Iterator[Fault]:
    """The property's fault with answers that break it, if there are any. Every table of the space
    must have its outcome.
    """
    match wanted.promise:
        case Promise.MORE_YES | Promise.UNSURE:
            message = _lowered(space, wanted)
        case Promise.ALWAYS | Promise.NEVER | Promise.SENDS | Promise.ADVISES:
            message = _broken(space, wanted)
        case never:
            assert_never(never)
    if message:
        yield Fault(wanted.line, Proof.MUST_HOLD_FAILS, f'"{wanted.text}" fails: {message}.')


def _broken(space: Space, wanted: Property) -> str:
    premise = space.all_traced(wanted.when)
    if premise == NEVER:
        return "no answers at all meet its conditions"
    if wanted.promise is Promise.SENDS:
        good, result = _led(space, wanted), "it is not sent"
    elif wanted.promise is Promise.ADVISES:
        good, result = _led(space, wanted), "it is not advised"
    else:
        good, result = _given(space, wanted), ""
    path = space.diagrams.path(space.diagrams.both(premise, space.diagrams.negated(good)))
    if path is None:
        return ""
    if not result:
        result, path = _outcome(space, wanted.table, path)
    return f"when {space.example(path)}, {result}"


def _given(space: Space, wanted: Property) -> Diagram:
    table = next(table for table in space.book.tables if table.id == wanted.table)
    hit, miss = (1, 0) if wanted.promise is Promise.ALWAYS else (0, 1)
    ranks = {p: hit if v in wanted.values else miss for p, v in enumerate(table.scale)}
    return space.diagrams.mapped(space.outcomes[table.id], ranks)


def _led(space: Space, wanted: Property) -> Diagram:
    found = NEVER
    for row in _leading(space.book, wanted):
        found = space.diagrams.either(found, space.all_traced(row.when))
    return found


def _outcome(space: Space, table: str, path: Path) -> tuple[str, Path]:
    """The table's outcome along a path, and the path with all that the outcome rests on."""
    scale = next(t.scale for t in space.book.tables if t.id == table)
    rank, whole = space.diagrams.follow(space.outcomes[table], path)
    return f"{table} is {scale[rank]}", whole


def _lowered(space: Space, wanted: Property) -> str:
    """Where raising one answer lowers the outcome, in words, or "". Each part of the outcome's
    diagram is where that answer is given, whatever was answered before.
    """
    to = YES if wanted.promise is Promise.MORE_YES else UNSURE
    for part, path in space.diagrams.reaching(space.outcomes[wanted.table]).items():
        if part < 0:
            continue
        place, branches = space.diagrams.parts(part)
        variable = space.variables[place]
        for start in _starts(variable, to):
            after, before = branches[variable.values.index(to)], branches[start]
            rest = space.diagrams.path(space.diagrams.below(after, before))
            if rest is not None:
                return _fall(space, wanted.table, {**path, **rest, place: start}, place, to)
    return ""


def _starts(variable: Variable, to: str) -> list[int]:
    """The places of the values from which the answer may be raised to `to`."""
    if to not in variable.values or (to == YES and not variable.indicator):
        return []
    lower = (NO, UNSURE) if to == YES else (NO,)
    return [variable.values.index(value) for value in lower if value in variable.values]


def _fall(space: Space, table: str, path: Path, place: int, to: str) -> str:
    variable = space.variables[place]
    higher, before = _outcome(space, table, path)
    raised = {**before, place: variable.values.index(to)}
    lower, after = _outcome(space, table, raised)
    start = {**after, place: path[place]}
    return f"when {space.example(start)}, {higher}; with {variable.name} {to}, {lower}"
