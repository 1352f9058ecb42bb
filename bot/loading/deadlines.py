"""Dates and bank holidays, linked."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from bot.core.deadlines import After, Before, Deadline, Monthly
from bot.core.holidays import Holidays
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import Files, holding, once
from bot.loading.source import Written
from bot.loading.written_deadlines import (
    DAYS,
    NTH,
    DeadlinesFile,
    HolidaysFile,
    WrittenAfter,
    WrittenBefore,
    WrittenDeadline,
    WrittenMonthly,
    WrittenMove,
)


def deadlines_in(files: Files, faults: Faults) -> dict[str, Deadline]:
    """Every date of every area by id, in the order of the files."""
    found = once(
        (
            (id_, (file.area, written))
            for file, held in holding(files, DeadlinesFile)
            for id_, written in held.deadlines.items()
        ),
        "date",
        faults,
    )
    monthly = {i: w for i, (_, (_, w)) in found.items() if isinstance(w, WrittenMonthly)}
    deadlines: dict[str, Deadline] = {}
    for id_, (_, (area, written)) in found.items():
        if isinstance(written, WrittenBefore) and written.before not in monthly:
            message = f"`{id_}` lies before `{written.before}`, which is no date of each month."
            faults.add(
                written.before.place,
                Code.WRONG_VALUE,
                message,
                written=written.before,
                allowed=monthly,
            )
        elif isinstance(written, WrittenAfter) and not _window_is_whole(written, found):
            opens = written.opens
            message = f"`{id_}` ends a window: it needs `window`, and `opens` with a date."
            faults.add(
                written.place, Code.WRONG_VALUE, message, written=opens or "", allowed=found
            )
        elif written is not None:
            deadlines[id_] = _deadline(id_, area, written)
    return deadlines


def _window_is_whole(written: WrittenAfter, dates: Container[str]) -> bool:
    if not written.opens and not written.window:
        return True
    return bool(written.window) and (written.opens or "") in dates


def _deadline(id_: str, area: str, written: WrittenDeadline) -> Deadline:
    what, clause = str(written.what), str(written.clause)
    if isinstance(written, WrittenMonthly):
        nth, day = _every(written.every)
        return Monthly(
            id=id_,
            area=area,
            what=what,
            clause=clause,
            moved=_moves(written.moved),
            nth=nth,
            weekday=day,
            ahead=written.ahead,
        )
    if isinstance(written, WrittenBefore):
        return Before(
            id=id_,
            area=area,
            what=what,
            clause=clause,
            moved=_moves(written.moved),
            days=written.days,
            before=str(written.before),
        )
    return After(
        id=id_,
        area=area,
        what=what,
        clause=clause,
        days=written.days_after,
        since=tuple(written.since),
        opens=str(written.opens or ""),
        window=str(written.window or ""),
    )


def _every(written: Written) -> tuple[int, int]:
    nth, day = written.split()
    return NTH.index(nth) + 1, DAYS.index(day)


def _moves(written: tuple[WrittenMove, ...]) -> dict[date, date]:
    return {move.from_: move.to for move in written}


def holidays_in(files: Files) -> Holidays:
    """The bank holidays that no rule gives."""
    held = [found.holidays for _, found in holding(files, HolidaysFile)]
    return Holidays(
        {day.day: str(day.name) for found in held for day in found.proclaimed},
        {day: to for found in held for day, to in _moves(found.moved).items()},
    )
