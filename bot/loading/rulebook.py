"""rules/<area>/*.yaml with `rules:` at the top, linked into rulebooks."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from bot.core.facts import Fact
from bot.core.rules import Advice, Indicator, Kind, RuleBook, groups_of
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import File, Files, holding, once
from bot.loading.names import Names, own_facts
from bot.loading.scope import Scope
from bot.loading.source import Written
from bot.loading.tables import TableLinker
from bot.loading.written_rules import WrittenBook


@dataclass(frozen=True, slots=True)
class LinkedBook:
    """A rulebook, and what only the checks ask of it."""

    book: RuleBook
    written: WrittenBook
    may_be_missing: frozenset[str]


def link_books(
    files: Files, names: Names, editions: dict[str, str], faults: Faults
) -> dict[str, LinkedBook]:
    """Every rulebook by id, as far as it can be linked. Groups and indicators are named once
    among all books, because the edges of dialogs name them without a book.
    """
    held = [written for _, written in holding(files, WrittenBook)]
    once(((g, b) for b in held for g in b.groups or ()), "group", faults)
    once(((i, b) for b in held for i in b.indicators or ()), "indicator", faults)
    facts = {*names.facts, *own_facts(files)}
    for written in held:
        _check_judgement(written, facts, faults)
    return {
        file.id: _link(file, written, names, editions[file.path], faults)
        for file, written in holding(files, WrittenBook)
    }


def _link(
    file: File, written: WrittenBook, names: Names, edition: str, faults: Faults
) -> LinkedBook:
    scope = _scope(file, written, names)
    _check_head(file, written, scope, faults)
    numbers = {str(n): v.value for n, v in (written.numbers or {}).items() if v is not None}
    linker = TableLinker(written, names, scope, numbers, faults)
    tables = linker.link()
    book = RuleBook(
        id=file.id,
        area=file.area,
        tables=tables,
        reads=_facts(scope, linker.used | set(map(str, written.reads))),
        indicators=_indicators(written, faults),
        groups=_groups(written),
        called={str(group): str(name) for group, name in (written.groups or {}).items()},
        advice=_advice(written),
        must_hold=tuple(map(str, written.must_hold)),
        file=file.path,
        edition=edition,
        numbers=numbers,
        must_hold_lines=tuple(text.place.line for text in written.must_hold),
        judgement=tuple(map(str, written.judgement)),
    )
    return LinkedBook(book, written, frozenset(map(str, written.may_be_missing)))


def _scope(file: File, written: WrittenBook, names: Names) -> Scope:
    return Scope(
        facts=names.scope(file.area, {}).facts,
        indicators=frozenset(map(str, written.indicators or ())),
        groups=frozenset(map(str, written.groups or ())),
        outcomes={
            str(id_): tuple(map(str, table.scale))
            for id_, table in written.tables.items()
            if table is not None
        },
    )


def _check_head(file: File, written: WrittenBook, scope: Scope, faults: Faults) -> None:
    if written.rules != file.id:
        message = f"This file lies at `{file.id}` and calls itself `{written.rules}`."
        faults.add(written.rules.place, Code.WRONG_PLACE, message)
    if not written.tables:
        faults.add(written.place, Code.NO_ROWS, f"`{file.id}` has no tables.")
    for named in (*written.reads, *written.may_be_missing):
        _check_fact(named, scope, faults)
    _check_tables(written, scope, faults)


def _advice(written: WrittenBook) -> dict[str, Advice]:
    advice = (written.advice or {}).items()
    return {str(id_): Advice(str(id_), a.text, a.clause) for id_, a in advice if a is not None}


def _facts(scope: Scope, used: set[str]) -> dict[str, Fact]:
    facts = ((id_, scope.facts.get(id_)) for id_ in sorted(used))
    return {id_: fact for id_, fact in facts if fact is not None}


def _indicators(written: WrittenBook, faults: Faults) -> dict[str, Indicator]:
    groups = tuple(written.groups or ())
    found = {}
    for id_, sign in (written.indicators or {}).items():
        if sign is None:
            continue
        if sign.group not in groups:
            message = f"There is no group `{sign.group}` under `groups:`."
            faults.add(
                sign.group.place,
                Code.UNKNOWN_GROUP,
                message,
                written=sign.group,
                allowed=groups,
            )
        found[str(id_)] = Indicator(
            id=str(id_),
            group=str(sign.group),
            kind=Kind(str(sign.kind)),
            text=sign.text,
            clause=sign.clause,
            levels=tuple(sorted(sign.levels)),
            why=sign.why or "",
            line=id_.place.line,
        )
    return found


def _groups(written: WrittenBook) -> dict[str, tuple[str, ...]]:
    signs = {i: s for i, s in (written.indicators or {}).items() if s is not None}
    return {
        str(group): tuple(str(i) for i, sign in signs.items() if sign.group == group)
        for group in written.groups or ()
    }


def _check_fact(written: Written, scope: Scope, faults: Faults) -> None:
    if written not in scope.facts:
        message = f"There is no shared fact `{written}`."
        faults.add(written.place, Code.UNKNOWN_FACT, message, written=written, allowed=scope.facts)


def _check_judgement(written: WrittenBook, facts: Collection[str], faults: Faults) -> None:
    """They are shown and not read, so a dialog's own facts may be among them."""
    for fact in written.judgement:
        if fact not in facts:
            message = f"There is no fact `{fact}`."
            faults.add(fact.place, Code.UNKNOWN_FACT, message, written=fact, allowed=facts)


def _check_tables(written: WrittenBook, scope: Scope, faults: Faults) -> None:
    """A table's outcome is a fact to the tables after it, so its id may not be another name."""
    for id_ in written.tables:
        if id_ in scope.facts or id_ in scope.indicators:
            message = f"The table `{id_}` has the name of a fact or indicator; choose another."
            faults.add(id_.place, Code.DUPLICATE_ID, message)


def all_groups(books: Iterable[RuleBook]) -> dict[str, tuple[str, ...]]:
    """Every group by name. Those of a kind and `every indicator` go over all books together."""
    found: dict[str, tuple[str, ...]] = {}
    for book in books:
        for group, members in groups_of(book).items():
            found[group] = (*found.get(group, ()), *members)
    return found
