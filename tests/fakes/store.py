"""The store in memory; obeys tests/contracts/test_store_contract.py as the real one does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.adapters.sqlite import coarse
from bot.core.standing import standing
from bot.core.turn import ItemState
from bot.errors import SessionConflict, StoreUnavailable
from bot.ports import (
    Clock,
    Commit,
    Counts,
    InboxEntry,
    ItemId,
    Kept,
    NewCode,
    NewItem,
    OtherCopy,
    OutboxItem,
    PersonKey,
    StoredSession,
)
from tests.fakes.errands import MemoryErrands

_OPEN = (ItemState.SAVED, ItemState.PROBLEM)


@dataclass(slots=True)
class Row:
    """An item and how far it has come."""

    item: NewItem
    due: int
    state: ItemState = ItemState.SAVED
    tries: int = 0
    leased: int = 0
    delivered: int = 0
    returned: int = 0
    passed: int = 0
    code: str = ""
    erased: bool = False


class MemoryStore(MemoryErrands):
    """`ports.SessionStore` and `ports.Outbox`. `broken` is a safe code that every call then
    raises as StoreUnavailable.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock
        self.sessions: dict[PersonKey, StoredSession] = {}
        self.lapses: dict[PersonKey, int] = {}
        self.inbox: list[InboxEntry] = []
        self.codes: dict[bytes, NewCode] = {}
        self.rows: dict[ItemId, Row] = {}
        self._last_entry = 0

    async def load(self, person: PersonKey) -> StoredSession | None:
        self._works()
        return self.sessions.get(person)

    async def commit(self, commit: Commit) -> None:
        self._works()
        stored = self.sessions.get(commit.person)
        if (stored.version if stored else 0) != commit.version:
            raise SessionConflict("session_conflict")
        if any(item.id in self.rows for item in commit.items):
            raise StoreUnavailable("database_error")
        self._write_session(commit)
        now = coarse.minutes(self._clock.now())
        for item in commit.items:
            due = coarse.first_due(now, item.hold_minutes, anonymous=item.anonymous)
            self.rows[item.id] = Row(item, due)
        for tag in commit.drop_codes:
            self.codes.pop(tag, None)
        self.codes.update({code.tag: code for code in commit.codes})
        self.write_errands(commit)
        mine = (commit.person, commit.inbox)
        self.inbox = [e for e in self.inbox if e.person != mine[0] or e.id not in mine[1]]

    def _write_session(self, commit: Commit) -> None:
        person = commit.person
        if commit.session is None:
            self.sessions.pop(person, None)
            self.lapses.pop(person, None)
        else:
            self.sessions[person] = StoredSession(commit.session, commit.version + 1, commit.chat)
            self.lapses[person] = coarse.lapse(commit.lapses)

    def _withdraw(self, item: ItemId) -> None:
        row = self.rows.get(item)
        if row and row.state in _OPEN and not row.leased and not row.returned:
            row.state = ItemState.WITHDRAWN
            self._erase(row)

    @staticmethod
    def _erase(row: Row) -> None:
        row.erased = True
        row.item = replace(
            row.item, message=b"", reference="", mailbox="", message_id="", other=None
        )

    async def take_in(self, entries: Sequence[tuple[PersonKey, int, bytes]]) -> list[int]:
        self._works()
        return [self._take_in(*entry) for entry in entries]

    def _take_in(self, person: PersonKey, update: int, body: bytes) -> int:
        for known in self.inbox:
            if (known.person, known.update) == (person, update):
                return known.id
        self._last_entry += 1
        self.inbox.append(InboxEntry(self._last_entry, person, update, body))
        return self._last_entry

    async def waiting_inputs(self) -> list[InboxEntry]:
        self._works()
        return list(self.inbox)

    async def open_code(self, tag: bytes) -> bytes | None:
        self._works()
        return self.codes[tag].sealed if tag in self.codes else None

    async def codes_by_day(self) -> dict[str, int]:
        self._works()
        days = sorted(code.erase_on for code in self.codes.values())
        return {day: days.count(day) for day in days}

    async def lapse(self, now_minutes: int, today: str) -> int:
        self._works()
        people = [p for p, lapses in self.lapses.items() if lapses <= now_minutes]
        tags = [tag for tag, code in self.codes.items() if code.erase_on <= today]
        before = coarse.forget_before(today)
        self.lapse_errands(now_minutes)
        for id_, row in list(self.rows.items()):
            if row.item.canary and row.item.day < coarse.canaries_before(today):
                del self.rows[id_]
        for person in people:
            del self.sessions[person], self.lapses[person]
        for tag in tags:
            del self.codes[tag]
        self.rows = {i: r for i, r in self.rows.items() if not r.erased or r.item.day >= before}
        return len(people) + len(tags)

    async def claim(self, now_minutes: int, lease_minutes: int, limit: int) -> list[OutboxItem]:
        self._works()
        due = [
            row
            for row in self.rows.values()
            if row.state is ItemState.SAVED
            and not now_minutes < row.due <= coarse.never(now_minutes)
            and not now_minutes < row.leased <= now_minutes + lease_minutes
        ]
        due.sort(key=lambda row: (row.due, row.item.day, row.item.id))
        for row in due[:limit]:
            row.leased = now_minutes + lease_minutes
            row.tries += 1
        return [_opened(row) for row in due[:limit]]

    async def delivered(self, item: ItemId, now_minutes: int) -> None:
        self._works()
        row = self.rows.get(item)
        if row and row.state in _OPEN:
            row.delivered = coarse.day_start(now_minutes)
            row.state, row.leased, row.due, row.code = ItemState.HANDED_OVER, 0, 0, ""

    async def later(self, item: ItemId, due_minutes: int, code: str) -> None:
        self._works()
        row = self.rows.get(item)
        if row and row.state is ItemState.SAVED:
            row.due = coarse.step(due_minutes) if row.item.anonymous else due_minutes
            row.leased, row.code = 0, code

    async def parked(self, item: ItemId, code: str) -> None:
        self._works()
        row = self.rows.get(item)
        if row and row.state is ItemState.SAVED:
            row.state, row.leased, row.code = ItemState.PROBLEM, 0, code

    async def retry_parked(self, reference: str, now_minutes: int) -> int:
        self._works()
        found = [
            row
            for row in self.rows.values()
            if row.state is ItemState.PROBLEM and row.item.reference == reference
        ]
        for row in found:
            row.state, row.due, row.leased = ItemState.SAVED, now_minutes, 0
        return len(found)

    async def pass_on(self, item: ItemId, code: str) -> bool:
        self._works()
        row = self.rows.get(item)
        if row is None or row.state is not ItemState.SAVED or row.item.other is None:
            return False
        here, there = OtherCopy(row.item.mailbox, row.item.message), row.item.other
        row.item = replace(row.item, mailbox=there.mailbox, message=there.message, other=here)
        row.due, row.leased, row.tries, row.code, row.passed = 0, 0, 0, code, row.passed + 1
        return True

    async def kept(self, reference: str) -> list[Kept]:
        self._works()
        found = [
            Kept(
                id_, row.state, row.item.mailbox, row.item.other.mailbox if row.item.other else ""
            )
            for id_, row in self.rows.items()
            if row.item.reference == reference != ""
        ]
        return sorted(found, key=lambda kept: kept.mailbox)

    async def came_back(self, item: ItemId, *, to_other: bool = False) -> bool:
        self._works()
        row = self.rows.get(item)
        if row is None or row.state is not ItemState.HANDED_OVER or row.erased:
            return False
        row.state, row.due, row.leased, row.tries = ItemState.SAVED, 0, 0, 0
        row.delivered, row.code, row.returned = 0, "came_back", row.returned + 1
        if to_other:
            await self.pass_on(item, "came_back")
        return True

    async def states(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        self._works()
        return {item: self._standing(self.rows[item]) for item in items if item in self.rows}

    def _standing(self, row: Row) -> ItemState:
        days = (self._clock.now().date() - date.fromisoformat(row.item.day)).days
        leased = bool(row.leased)
        return standing(
            row.state,
            leased=leased,
            tries=row.tries,
            code=row.code,
            days=days,
            returned=bool(row.returned),
            passed=bool(row.passed),
        )

    async def returns(self, items: Sequence[ItemId]) -> dict[ItemId, int]:
        self._works()
        rows = {item: self.rows[item] for item in items if item in self.rows}
        return {item: row.returned for item, row in rows.items() if not row.erased}

    async def withdraw(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        self._works()
        for item in items:
            self._withdraw(item)
        return await self.states(items)

    async def forget_canaries(self, items: Sequence[ItemId]) -> None:
        self._works()
        for item in items:
            if item in self.rows and self.rows[item].item.canary:
                del self.rows[item]

    async def erase_delivered(self, before_minutes: int) -> int:
        self._works()
        found = [
            row
            for row in self.rows.values()
            if row.state is ItemState.HANDED_OVER
            and not before_minutes <= row.delivered <= coarse.to_come(before_minutes)
            and not row.erased
        ]
        for row in found:
            self._erase(row)
        return len(found)

    async def counts(self) -> Counts:
        self._works()
        items: dict[str, int] = {}
        reports = [row for row in self.rows.values() if not row.item.canary]
        for row in reports:
            items[row.state.value] = items.get(row.state.value, 0) + 1
        waiting = [row.item.day for row in reports if row.state in _OPEN]
        return Counts(
            len(self.sessions),
            len(self.inbox),
            len(self.codes),
            items,
            min(waiting, default=""),
            len(self.errands),
            len(self.rows) - len(reports),
            self._kept(reports),
            self._until(),
        )

    def _until(self) -> dict[str, dict[str, int]]:
        ends = [datetime.fromtimestamp(one * 60, UTC).date() for one in self.lapses.values()]
        days = sorted(end.isoformat() for end in ends)
        codes = sorted(code.erase_on for code in self.codes.values())
        until = {"sessions": days, "codes": codes}
        return {what: {day: of.count(day) for day in of} for what, of in until.items() if of}

    def _kept(self, reports: Sequence[Row]) -> dict[str, dict[int, int]]:
        today, kept = self._clock.now().date(), dict[str, dict[int, int]]()
        days = [("inbox", today) for _ in self.inbox]  # the fake keeps no older ones
        for row in reports:
            accepted = datetime.fromtimestamp(row.delivered * 60, UTC).date()
            waiting = date.fromisoformat(row.item.day)
            handed_over = row.state is ItemState.HANDED_OVER
            if not row.erased:
                days.append((row.state.value, accepted if handed_over else waiting))
        for what, day in days:
            of_this = kept.setdefault(what, {})
            age = (today - day).days
            of_this[age] = of_this.get(age, 0) + 1
        return kept


def _opened(row: Row) -> OutboxItem:
    item = row.item
    return OutboxItem(
        id=item.id,
        reference=item.reference,
        route=item.route,
        mailbox=item.mailbox,
        message_id=item.message_id,
        message=item.message,
        training=item.training,
        tries=row.tries,
        day=item.day,
        other=item.other.mailbox if item.other else "",
        passed=bool(row.passed),
    )
