"""The tables of one rulebook: rows, `for_each` rows laid out, outcomes on their scale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.conditions import Condition
from bot.core.forms import GROUP_FORMS
from bot.core.rules import Hit, Row, Table
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.names import Names
from bot.loading.scope import Scope
from bot.loading.source import Written
from bot.loading.written_rules import (
    WrittenBook,
    WrittenIndicator,
    WrittenOtherwise,
    WrittenRow,
    WrittenTable,
)

ALWAYS: Final = "always"
IT: Final = "it"
ITS_LEVEL: Final = "its level"
EXPECTED: Final = frozenset({"rows", "routes", "advice", "emergency"})


@dataclass(slots=True)
class TableLinker:
    """Links the tables of one book in order; `used` collects the facts their conditions name."""

    book: WrittenBook
    names: Names
    scope: Scope
    numbers: Mapping[str, int]
    faults: Faults
    used: set[str] = field(default_factory=set)

    def link(self) -> tuple[Table, ...]:
        """Every table that has no fault of shape."""
        return tuple(
            self._table(id_, written)
            for id_, written in self.book.tables.items()
            if written is not None
        )

    def _table(self, id_: Written, written: WrittenTable) -> Table:
        scale = tuple(map(str, written.scale))
        if not scale or not written.rows:
            message = f"The table `{id_}` needs at least one row and one outcome on its scale."
            self.faults.add(id_.place, Code.NO_ROWS, message)
        rows = tuple(row for one in written.rows for row in self._rows(one, scale))
        self._once(written)
        hit = Hit(str(written.hit))
        otherwise = self._otherwise(id_, hit, written.otherwise, scale)
        return Table(
            id=str(id_),
            hit=hit,
            scale=scale,
            rows=rows,
            otherwise=str(otherwise.then) if otherwise else "",
            otherwise_clause=otherwise.clause if otherwise else "",
            otherwise_text=(otherwise.text or "") if otherwise else "",
            line=id_.place.line,
        )

    def _once(self, written: WrittenTable) -> None:
        ids = [row.id for row in written.rows]
        for number, id_ in enumerate(ids):
            if id_ in ids[:number]:
                message = f"The row `{id_}` is already on line {ids[ids.index(id_)].place.line}."
                self.faults.add(id_.place, Code.DUPLICATE_ID, message)

    def _otherwise(
        self,
        id_: Written,
        hit: Hit,
        written: WrittenOtherwise | None,
        scale: tuple[str, ...],
    ) -> WrittenOtherwise | None:
        if written is None:
            return None
        if hit is Hit.ONLY_ONE:
            message = f"`{id_}` is only_one: one row always matches, so remove `otherwise`."
            self.faults.add(written.place, Code.WRONG_OTHERWISE, message)
        self._outcome(written.then, written.then, scale)
        return written

    def _outcome(self, then: str, written: Written, scale: tuple[str, ...]) -> None:
        if then not in scale:
            message = f"`{then}` is not on the scale {', '.join(scale)}."
            self.faults.add(
                written.place, Code.WRONG_OUTCOME, message, written=then, allowed=scale
            )

    def _rows(self, written: WrittenRow, scale: tuple[str, ...]) -> Iterator[Row]:
        """One row, or one for each indicator that `for_each` names."""
        for route in written.routes:
            self.names.visible(route, "route", self.names.routes, Code.UNKNOWN_ROUTE, self.faults)
        self._known_advice(written)
        if written.for_each is None:
            yield self._row(written, "", None, scale)
            return
        signs = self._signs(written.for_each)
        for id_, sign in signs.items():
            yield self._row(written, id_, sign, scale)

    def _known_advice(self, written: WrittenRow) -> None:
        known = tuple(self.book.advice or ())
        for advice in written.advice:
            if advice not in known:
                message = f"There is no advice `{advice}` in this rulebook."
                self.faults.add(
                    advice.place, Code.UNKNOWN_ADVICE, message, written=advice, allowed=known
                )

    def _signs(self, for_each: Written) -> dict[str, WrittenIndicator]:
        signs = {str(i): s for i, s in (self.book.indicators or {}).items() if s is not None}
        match for_each.split():
            case ["indicator"]:
                return signs
            case ["indicator", "of", group] if group in (self.book.groups or {}):
                return {i: sign for i, sign in signs.items() if sign.group == group}
        groups = tuple(self.book.groups or ())
        message = f"`for_each` is `indicator`, or `indicator of` a group; not `{for_each}`."
        self.faults.add(
            for_each.place,
            Code.UNKNOWN_GROUP,
            message,
            written=for_each.split()[-1],
            allowed=groups,
        )
        return {}

    def _row(
        self, written: WrittenRow, it: str, sign: WrittenIndicator | None, scale: tuple[str, ...]
    ) -> Row:
        clause = written.clause or (sign.clause if sign else None)
        text = written.text or (sign.text if sign else None)
        for name, given in (("clause", clause), ("text", text)):
            if given is None:
                message = f"The row `{written.id}` needs `{name}`."
                self.faults.add(written.place, Code.MISSING_CLAUSE, message)
        then = self._then(written.then, sign)
        self._outcome(then, written.then, scale)
        return Row(
            id=f"{written.id}.{it}" if it else str(written.id),
            when=self._when(written, it),
            then=then,
            clause=clause or "",
            text=text or "",
            routes=tuple(map(str, written.routes)),
            advice=tuple(map(str, written.advice)),
            emergency=written.emergency,
            line=written.place.line,
        )

    def _then(self, then: Written, sign: WrittenIndicator | None) -> str:
        if sign is not None and then == ITS_LEVEL:
            return str(min(sign.levels, default=""))
        return str(then)

    def _when(self, written: WrittenRow, it: str) -> tuple[Condition, ...]:
        if written.when == (ALWAYS,):
            return ()
        texts = [Written(_instead_of_it(text, it), text.place) for text in written.when]
        conditions = self.scope.conditions(texts, self.numbers, self.faults)
        self.used |= {
            condition.subject
            for condition in conditions
            if condition.form not in GROUP_FORMS and condition.subject in self.scope.facts
        }
        return conditions


def _instead_of_it(text: Written, it: str) -> str:
    first, space, rest = text.partition(" ")
    return f"{it}{space}{rest}" if it and first == IT else text
