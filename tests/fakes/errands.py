"""The errands of the store in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.adapters.sqlite import coarse
from bot.core.errand import Remove
from bot.errors import StoreUnavailable
from bot.ports import Commit, NewErrand, PersonKey, StoredErrand


@dataclass(slots=True)
class Kept:
    person: PersonKey
    new: NewErrand
    due: int
    expires: int


class MemoryErrands:
    """`ports.ErrandStore`. `broken` is a safe code that every call then raises."""

    def __init__(self) -> None:
        self.broken = ""
        self.errands: dict[str, Kept] = {}

    def _works(self) -> None:
        if self.broken:
            raise StoreUnavailable(self.broken)

    def write_errands(self, commit: Commit) -> None:
        if commit.forget_errands:
            for id_, one in list(self.errands.items()):
                if one.person == commit.person and isinstance(one.new.planned.errand, Remove):
                    one.due = 0
                elif one.person == commit.person:
                    del self.errands[id_]
        self._keep(commit.person, commit.errands)

    def lapse_errands(self, now_minutes: int) -> None:
        self.errands = {i: one for i, one in self.errands.items() if one.expires > now_minutes}

    def _keep(self, person: PersonKey, new: Sequence[NewErrand]) -> None:
        for one in new:
            due, expires = coarse.hour(one.planned.due), coarse.hour(one.planned.expires)
            self.errands[one.id] = Kept(person, one, due, expires)

    def _forget(self, person: PersonKey) -> None:
        self.errands = {i: one for i, one in self.errands.items() if one.person != person}

    async def keep_errands(self, person: PersonKey, errands: Sequence[NewErrand]) -> None:
        self._works()
        self._keep(person, errands)

    async def due_errands(self, now_minutes: int, limit: int) -> list[StoredErrand]:
        self._works()
        due = [one for one in self.errands.values() if one.due <= now_minutes < one.expires]
        due.sort(key=lambda one: (one.due, one.new.id))
        return [
            StoredErrand(one.new.id, one.person, one.new.address, one.new.planned.errand)
            for one in due[:limit]
        ]

    async def errand_done(self, errand: str) -> None:
        self._works()
        self.errands.pop(errand, None)

    async def errand_later(self, errand: StoredErrand, due_minutes: int) -> None:
        self._works()
        if (kept := self.errands.get(errand.id)) is not None:
            planned = replace(kept.new.planned, errand=errand.errand)
            kept.new = replace(kept.new, planned=planned)
            kept.due = coarse.hour(due_minutes)

    async def forget_errands(self, person: PersonKey) -> None:
        self._works()
        self._forget(person)
