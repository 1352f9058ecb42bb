"""Rulebooks are proved and their examples run as they are loaded, or the edition does not load."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.core.rules import RuleBook
from bot.loading.codes import Code
from bot.loading.faults import Faults, Place
from bot.loading.proofs import Fault
from bot.loading.prover import Example, check_examples, prove
from bot.loading.rulebook import LinkedBook
from bot.loading.source import Written
from bot.loading.written_rules import WrittenExample

_LISTS = frozenset({"rows", "routes", "advice", "emergency"})


def prove_all(books: Iterable[LinkedBook], faults: Faults) -> None:
    """Record everything the prover finds and every example that comes out otherwise; nothing
    where something is wrong already, which would only be said again.
    """
    for linked in () if faults.problems else books:
        found = (*prove(linked.book), *check_examples(linked.book, examples_of(linked)))
        for fault in found:
            faults.add(_place(linked.book, fault), Code[fault.code.name], fault.message)


def examples_of(linked: LinkedBook) -> tuple[Example, ...]:
    """The examples that an author worked through, as they are run."""
    return tuple(_example(linked.book, written) for written in linked.written.examples)


def _place(book: RuleBook, fault: Fault) -> Place:
    return Place(book.file, fault.line or 1)


def _example(book: RuleBook, written: WrittenExample) -> Example:
    facts = {str(name): str(value) for name, value in written.facts.items() if value is not None}
    rest = facts.pop("rest", "")
    expect = {str(k): v for k, v in written.expect.items() if v is not None}
    emergency = expect.get("emergency")
    return Example(
        name=str(written.name),
        facts={name: value for name, value in facts.items() if name not in book.indicators},
        indicators={name: value for name, value in facts.items() if name in book.indicators},
        rest=rest,
        expect_results=dict(_results(expect.items())),
        expect_rows=_plain(expect.get("rows")),
        expect_routes=_plain(expect.get("routes")),
        expect_advice=_plain(expect.get("advice")),
        expect_emergency=None if emergency is None else emergency == ("yes",),
        line=written.name.place.line,
    )


def _results(expect: Iterable[tuple[str, tuple[Written, ...]]]) -> Iterator[tuple[str, str]]:
    for name, values in expect:
        if name not in _LISTS:
            yield name, " ".join(values)


def _plain(values: tuple[Written, ...] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(map(str, values))
