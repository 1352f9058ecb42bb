"""Declared facts, and the rules for each type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.core.facts import UNSURE, Fact, FactType
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.source import Written
from bot.loading.written_facts import SPANS, WrittenFact

ELSEWHERE: Final = "elsewhere"
AREAS: Final = "areas"

# Which keys each type takes; those marked True it needs.
_TAKES: Final[Mapping[FactType, Mapping[str, bool]]] = {
    FactType.CHOICE: {"of": True},
    FactType.WHOLE_NUMBER: {"from": True, "to": True},
    FactType.DATE: {"when": False},
    FactType.SHORT_TEXT: {},
    FactType.LONG_TEXT: {},
    FactType.LIST: {"of": True, "at_most": True},
}


def link_facts(
    declared: Mapping[Written, WrittenFact | None], areas: tuple[str, ...], faults: Faults
) -> dict[str, Fact | None]:
    """Each fact by id; None stands for one with a fault, so that its users are not blamed."""
    return {
        str(id_): None if written is None else _fact(id_, written, areas, faults)
        for id_, written in declared.items()
    }


def _fact(
    id_: Written, written: WrittenFact, areas: tuple[str, ...], faults: Faults
) -> Fact | None:
    kind = FactType(str(written.type))
    if not _keys_fit(id_, kind, written, faults):
        return None
    of = tuple(map(str, written.of))
    if kind is FactType.CHOICE and of == (AREAS,):
        of = (*areas, ELSEWHERE)
    if kind is FactType.CHOICE and not _values_fit(id_, written.of, faults):
        return None
    if kind is FactType.LIST and len(of) != 1:
        faults.add(id_.place, Code.WRONG_VALUE, f"`of` of the list `{id_}` is one dialog.")
        return None
    from_, to = SPANS[str(written.when)] if written.when else (written.from_, written.to)
    return Fact(
        id=str(id_),
        type=kind,
        of=of if kind is FactType.CHOICE else (),
        minimum=from_ or 0,
        maximum=to or 0,
        unsure=written.unsure is not None,
        item=of[0] if kind is FactType.LIST else "",
        at_most=written.at_most or 0,
        source=str(written.source or ""),
        file=id_.place.file,
        line=id_.place.line,
    )


def _keys_fit(id_: Written, kind: FactType, written: WrittenFact, faults: Faults) -> bool:
    given = {
        "of": bool(written.of),
        "from": written.from_ is not None,
        "to": written.to is not None,
        "at_most": written.at_most is not None,
        "when": written.when is not None,
    }
    takes = _TAKES[kind]
    fits = True
    for name, is_given in given.items():
        if is_given and name not in takes:
            message = f"`{id_}` is a {kind} and has no key `{name}`."
            faults.add(id_.place, Code.UNKNOWN_KEY, message)
            fits = False
        if not is_given and takes.get(name):
            faults.add(id_.place, Code.MISSING_KEY, f"`{id_}` is a {kind} and needs `{name}`.")
            fits = False
    if fits and kind is FactType.WHOLE_NUMBER and (written.from_ or 0) >= (written.to or 0):
        message = f"`{id_}` must go from a lower to a higher number."
        faults.add(id_.place, Code.WRONG_NUMBER, message)
        fits = False
    return fits


def _values_fit(id_: Written, values: tuple[Written, ...], faults: Faults) -> bool:
    for number, value in enumerate(values):
        if value == UNSURE or not re.fullmatch(r"[a-z0-9_]{1,24}", value):
            message = (
                f"`{value}` cannot be a value of `{id_}`: up to 24 small letters, digits and _, "
                "and not unsure (write `unsure: allowed`)."
            )
            faults.add(value.place, Code.WRONG_VALUE, message)
            return False
        if value in values[:number]:
            faults.add(value.place, Code.DUPLICATE_ID, f"`{id_}` lists `{value}` twice.")
            return False
    return True
