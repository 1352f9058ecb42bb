"""What a rulebook makes of the answers: a finding, or an error, never an empty result."""

from __future__ import annotations

from typing import Final

from bot.core.compiled import Compiled, Line, Ready, Seen, compiled
from bot.core.facts import Known
from bot.core.finding import Finding, NearMiss, Reason
from bot.core.rules import Hit, RuleBook
from bot.errors import BotError


class NoRow(BotError):  # noqa: N818 - named for what is true
    """A table has no single outcome: no row matches and none is declared (`no_row`), or more than
    one row of an `only_one` table matches (`several_rows`). The person sees the duty contact.
    """

    def __init__(self, code: str, table: str) -> None:
        super().__init__(code)
        self.table = table


def evaluate(book: RuleBook, known: Known) -> Finding:
    """The finding of every table in turn (docs/CONDITIONS.md, The finding). Raises NoRow."""
    ready = _kept(book)
    seen = _take_in(ready, known)
    results: dict[str, str] = {}
    because: list[Reason] = []
    rows: list[Line] = []
    near: list[NearMiss] = []
    waiting = 0
    for table in ready.tables:
        matched, close, open_bits = _match(table, seen, len(ready.layout.conditions))
        outcome, rank = _outcome(table, matched)
        results[table.table.id] = outcome
        seen |= table.marks[outcome]
        because += [line.reason for line in matched] or [table.otherwise]
        rows += matched
        near += [line.near[bit] for bit, line in close if line.rank > rank]
        waiting |= open_bits
    return Finding(
        rules=book.id,
        results=results,
        routes=tuple(dict.fromkeys(route for line in rows for route in line.row.routes)),
        advice=tuple(dict.fromkeys(advice for line in rows for advice in line.row.advice)),
        because=tuple(because),
        near_misses=tuple(near),
        not_asked=_not_asked(ready, seen, waiting),
        emergency=any(line.row.emergency for line in rows),
        editions={book.file: book.edition},
    )


def _take_in(ready: Compiled, known: Known) -> Seen:
    """Everything known, as bits. An indicator or fact that no condition reads leaves none."""
    seen = 0
    for fact in ready.facts:
        value = known.facts.get(fact.name)
        if value is not None:
            mark = fact.marks.get(value) if fact.marks is not None else None
            seen |= fact.mark(value) if mark is None else mark
    marks = ready.indicators
    for name, answer in known.indicators.items():
        if name in marks:
            seen |= marks[name].get(answer, 0)
    for tally in ready.tallies:
        count = (seen & tally.counts).bit_count()
        if count >= tally.need:
            seen |= tally.reached
        elif count + tally.size - (seen & tally.asked).bit_count() < tally.need:
            seen |= tally.missed
    return seen


def _match(table: Ready, seen: Seen, width: int) -> tuple[list[Line], list[tuple[int, Line]], int]:
    """The lines that match, those that one condition keeps from it, and the conditions that the
    open ones wait for.
    """
    refuted = seen >> width
    lacking = ~seen
    matched: list[Line] = []
    close: list[tuple[int, Line]] = []
    waiting = 0
    for need, line in table.lines:
        missing = need & lacking
        if not missing:
            matched.append(line)
            continue
        if not need & refuted:
            waiting |= missing
        if not missing & (missing - 1):
            close.append((missing, line))
    return matched, close, waiting


def _outcome(table: Ready, matched: list[Line]) -> tuple[str, int]:
    definition = table.table
    if not matched:
        if not definition.otherwise:
            raise NoRow("no_row", definition.id)
        return definition.otherwise, definition.scale.index(definition.otherwise)
    if definition.hit is Hit.ONLY_ONE and len(matched) > 1:
        raise NoRow("several_rows", definition.id)
    rank = max(line.rank for line in matched)
    return definition.scale[rank], rank


def _not_asked(ready: Compiled, seen: Seen, waiting: int) -> tuple[str, ...]:
    if not waiting:
        return ()
    return tuple(name for name, bit, reads in ready.waits if waiting & reads and not seen & bit)


_MOST_KEPT: Final = 64
_books: dict[int, Compiled] = {}  # by identity; each holds its book, so an id is never reused


def _kept(book: RuleBook) -> Compiled:
    found = _books.get(id(book))
    if found is None:
        if len(_books) >= _MOST_KEPT:
            _books.clear()
        found = _books[id(book)] = compiled(book)
    return found
