"""The delivery side of a store, in memory, for tests of what uses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.turn import ItemState
from bot.ports import Counts, ItemId, OutboxItem


@dataclass(slots=True)
class Row:
    """One item and how far it has come. Minutes since 1970."""

    item: OutboxItem
    due: int = 0
    lease: int = 0
    state: str = "waiting"
    code: str = ""


class MemoryOutbox:
    """`ports.Outbox`. `tries` counts claims, the present one included."""

    def __init__(self, *items: OutboxItem) -> None:
        self.rows = {item.id: Row(item) for item in items}
        self.fault: Exception | None = None

    async def claim(self, now_minutes: int, lease_minutes: int, limit: int) -> list[OutboxItem]:
        if self.fault is not None:
            raise self.fault
        free = [
            row
            for row in self.rows.values()
            if row.state == "waiting" and row.due <= now_minutes and row.lease <= now_minutes
        ]
        taken = sorted(free, key=lambda row: row.due)[:limit]
        for row in taken:
            row.lease = now_minutes + lease_minutes
            row.item = replace(row.item, tries=row.item.tries + 1)
        return [row.item for row in taken]

    async def delivered(self, item: ItemId, now_minutes: int) -> None:
        self.rows[item].state = "delivered"

    async def later(self, item: ItemId, due_minutes: int, code: str) -> None:
        row = self.rows[item]
        row.due, row.lease, row.code = due_minutes, 0, code

    async def parked(self, item: ItemId, code: str) -> None:
        self.rows[item].state, self.rows[item].code = "parked", code

    async def retry_parked(self, reference: str, now_minutes: int) -> int:
        rows = [row for row in self.rows.values() if row.item.reference == reference]
        for row in rows:
            row.state, row.due, row.lease = "waiting", now_minutes, 0
        return len(rows)

    async def states(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        words = {
            "waiting": ItemState.SAVED,
            "delivered": ItemState.HANDED_OVER,
            "parked": ItemState.PROBLEM,
        }
        return {item: words[self.rows[item].state] for item in items}

    async def erase_delivered(self, before_minutes: int) -> int:
        gone = [key for key, row in self.rows.items() if row.state == "delivered"]
        for key in gone:
            del self.rows[key]
        return len(gone)

    async def counts(self) -> Counts:
        states = [row.state for row in self.rows.values()]
        return Counts(items={state: states.count(state) for state in states})
