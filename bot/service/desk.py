"""The receipt desk: what a code opens. The store keeps only a slow hash of each code, and content
sealed under a key that nothing but the code gives.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, TypeAlias

from bot.core.turn import ItemState
from bot.ports import Clock, Codes, ItemId, NewCode, Outbox, SessionStore
from bot.service.intake import Made, Saved

RECEIPT_DAYS: Final = 90


@dataclass(frozen=True, slots=True)
class Receipt:
    """A report that was saved: what was made for each route, the first and any additions."""

    routes: Mapping[str, tuple[Saved, ...]]
    saved_on: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A paused conversation, and the tag under which it is kept."""

    body: bytes
    tag: bytes


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How far each route's mail has come after taking back. `whole`: something was taken back,
    and nothing may still be on its way.
    """

    states: Mapping[str, str]
    whole: bool


Opened: TypeAlias = Receipt | Draft | None


class Desk:
    """Keeps and opens codes."""

    def __init__(self, codes: Codes, store: SessionStore, outbox: Outbox, clock: Clock) -> None:
        self._codes = codes
        self._store = store
        self._outbox = outbox
        self._clock = clock

    async def keep_receipt(self, code: str, made: Made) -> NewCode:
        """A new receipt for what was just made, kept 90 days."""
        routes = {route: (saved,) for route, saved in made.saved.items()}
        return await self._keep(code, Receipt(routes, made.day))

    async def add(self, code: str, made: Made) -> tuple[NewCode, ...]:
        """The same receipt with an addition; the 90 days begin again."""
        found = await self.open(code)
        if not isinstance(found, Receipt):
            return (await self.keep_receipt(code, made),)
        routes = dict(found.routes)
        for route, saved in made.saved.items():
            routes[route] = (*routes.get(route, ()), saved)
        return (await self._keep(code, Receipt(routes, found.saved_on)),)

    async def keep_draft(self, code: str, body: bytes, hours: int) -> NewCode:
        """A paused draft, kept for so many hours (to the end of that day)."""
        until = self._clock.now() + timedelta(hours=hours)
        return await self._codes.keep(code, b"D" + body, _after(until.date()))

    async def open(self, code: str) -> Opened:
        """What the code opens. The same work is done for a right and a wrong one."""
        tag, unseal = await self._codes.open(code)
        sealed = await self._store.open_code(tag)
        if sealed is None:
            return None
        content = unseal(sealed)
        if content[:1] == b"D":
            return Draft(content[1:], tag)
        return _read(content[1:])

    async def status(self, receipt: Receipt) -> dict[str, Any]:
        """How far each route's mail has come, the least far item speaking for its route."""
        known = await self._outbox.states(_items(receipt))
        return {
            "states": _by_route(receipt, known),
            "references": {route: made[0].reference for route, made in receipt.routes.items()},
            "message_ids": {route: made[0].message_id for route, made in receipt.routes.items()},
            "routes": list(receipt.routes),
            "saved_on": receipt.saved_on,
        }

    async def take_back(self, receipt: Receipt) -> TakenBack:
        """Take back what has not left. It is done, and what is told is as the store then has it:
        said before that, a courier could still prove it untrue.
        """
        known = await self._outbox.withdraw(_items(receipt))
        found = set(known.values())
        whole = ItemState.WITHDRAWN in found and found <= _AT_REST
        return TakenBack(_by_route(receipt, known), whole)

    async def _keep(self, code: str, receipt: Receipt) -> NewCode:
        content = {
            "d": receipt.saved_on,
            "r": {
                route: [[list(s.items), s.reference, s.message_id] for s in made]
                for route, made in receipt.routes.items()
            },
        }
        until = self._clock.now().date() + timedelta(days=RECEIPT_DAYS)
        raw = json.dumps(content, separators=(",", ":")).encode()
        return await self._codes.keep(code, b"R" + raw, until.isoformat())


def _after(day: date) -> str:
    return (day + timedelta(days=1)).isoformat()


def _read(raw: bytes) -> Receipt:
    body = json.loads(raw)
    routes = {
        route: tuple(
            Saved(tuple(ItemId(i) for i in items), reference, message_id)
            for items, reference, message_id in made
        )
        for route, made in body["r"].items()
    }
    return Receipt(routes, body["d"])


def _items(receipt: Receipt) -> list[ItemId]:
    return [item for made in receipt.routes.values() for saved in made for item in saved.items]


def _by_route(receipt: Receipt, known: Mapping[ItemId, ItemState]) -> dict[str, str]:
    """How far each route's mail has come; an item that was forgotten had been handed over."""
    return {
        route: _least([known.get(i, ItemState.HANDED_OVER) for s in made for i in s.items]).value
        for route, made in receipt.routes.items()
    }


_AT_REST: Final = frozenset({ItemState.HANDED_OVER, ItemState.HANDED_AGAIN, ItemState.WITHDRAWN})
_ORDER: Final = (
    ItemState.PROBLEM,
    ItemState.CAME_BACK,
    ItemState.LATE,
    ItemState.SAVED,
    ItemState.LEAVING,
    ItemState.HANDED_AGAIN,
    ItemState.HANDED_OVER,
    ItemState.WITHDRAWN,
)


def _least(states: list[ItemState]) -> ItemState:
    return min(states, key=_ORDER.index)
