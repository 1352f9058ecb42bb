"""The cases an author worked through by hand, run and compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.core.evaluate import NoRow, evaluate
from bot.core.facts import NO, UNSURE, YES, FactType, Known, Value
from bot.core.finding import Finding
from bot.core.rules import RuleBook
from bot.loading.proofs import Fault, Proof


@dataclass(frozen=True, slots=True)
class Example:
    """One case. `rest` is the answer of every indicator not named ("" leaves them not asked).
    None in an expectation means that it is not compared; a whole number may be written in digits.
    """

    name: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    indicators: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""
    expect_results: Mapping[str, str] = field(default_factory=dict)
    expect_rows: tuple[str, ...] | None = None  # `TABLE.otherwise` may be named, need not be
    expect_routes: tuple[str, ...] | None = None
    line: int = 0
    expect_advice: tuple[str, ...] | None = None
    expect_emergency: bool | None = None


def check_examples(book: RuleBook, examples: tuple[Example, ...]) -> tuple[Fault, ...]:
    """One fault for each thing that comes out otherwise than an example says."""
    return tuple(
        Fault(example.line, Proof.EXAMPLE_FAILS, f'The example "{example.name}" {message}.')
        for example in examples
        for message in _differences(book, example)
    )


def _differences(book: RuleBook, example: Example) -> Iterator[str]:
    wrong = list(_unknown(book, example))
    if wrong:
        yield from wrong
        return
    try:
        finding = evaluate(book, _known(book, example))
    except NoRow as fault:
        yield f"has no single row in `{fault.table}`"
        return
    yield from _compared(example, finding)


def _unknown(book: RuleBook, example: Example) -> Iterator[str]:
    for name, value in _known(book, example).facts.items():
        if name not in book.reads:
            yield f"names the fact `{name}`, which the rulebook does not read"
        elif not book.reads[name].allows(value):
            yield f"gives `{name}` a value it does not allow"
    for name in example.indicators:
        if name not in book.indicators:
            yield f"names the indicator `{name}`, which does not exist"
    for name in set(example.expect_results).difference(table.id for table in book.tables):
        yield f"expects something of the table `{name}`, which does not exist"
    if not {*example.indicators.values(), example.rest or NO} <= {YES, NO, UNSURE}:
        yield "answers an indicator with something other than yes, no or unsure"


def _known(book: RuleBook, example: Example) -> Known:
    rest = dict.fromkeys(book.indicators, example.rest) if example.rest else {}
    facts = {name: _typed(book, name, value) for name, value in example.facts.items()}
    return Known(facts, {**rest, **example.indicators})


def _typed(book: RuleBook, name: str, value: Value) -> Value:
    fact = book.reads.get(name)
    number = fact is not None and fact.type is FactType.WHOLE_NUMBER
    return int(value) if number and isinstance(value, str) and value.isdecimal() else value


def _compared(example: Example, finding: Finding) -> Iterator[str]:
    for table, expected in example.expect_results.items():
        if finding.results[table] != expected:
            yield f"gives {table} {finding.results[table]}, not {expected}"
    rows = {reason.row for reason in finding.because}
    if example.expect_rows is not None:
        named = set(example.expect_rows)
        silent = {row for row in rows - named if row.endswith(".otherwise")}
        yield from _differ("rows", rows - silent, named)
    if example.expect_routes is not None:
        yield from _differ("routes", set(finding.routes), set(example.expect_routes))
    if example.expect_advice is not None:
        yield from _differ("advice", set(finding.advice), set(example.expect_advice))
    if example.expect_emergency not in {None, finding.emergency}:
        yield f"{'is' if finding.emergency else 'is not'} an emergency"


def _differ(what: str, found: set[str], expected: set[str]) -> Iterator[str]:
    if found != expected:
        yield (
            f"gives the {what} {', '.join(sorted(found)) or 'none'}, "
            f"not {', '.join(sorted(expected)) or 'none'}"
        )
