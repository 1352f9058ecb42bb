"""The transactions of the delivery side. Each is one plain function on the writer's thread."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any

from bot.adapters.sqlite import coarse, sql
from bot.adapters.sqlite.seals import SealedItem, Seals, bound_fields
from bot.core.standing import standing
from bot.core.turn import ItemState
from bot.errors import SealingError
from bot.ports import Counts, ItemId, Kept, OutboxItem


def add(con: sqlite3.Connection, sealed: SealedItem, now: int, seals: Seals) -> None:
    """A new item, its content and its key."""
    item = sealed.item
    due = coarse.first_due(now, item.hold_minutes, anonymous=item.anonymous)
    row = (item.id, item.reference, item.mailbox, item.message_id, item.route, item.day)
    con.execute(sql.NEW_ITEM, (*row, item.training, item.anonymous, item.canary, due))
    con.execute(sql.NEW_CONTENT, (item.id, sealed.content))
    slot = _free_slot(con, seals)
    con.execute(sql.NEW_KEY, (item.id, seals.wrap(sealed, slot), slot))
    if (other := sealed.other) is not None:
        copy = (item.id, other.item.mailbox, other.content, seals.wrap(other, slot))
        con.execute(sql.NEW_OTHER, copy)


def _free_slot(con: sqlite3.Connection, seals: Seals) -> int:
    """Any slot that no mail has, at random: its number tells no order."""
    while 2 * con.execute(sql.SLOTS_TAKEN).fetchone()[0] >= seals.slots.room():
        seals.slots.grow()
    room = seals.slots.room()
    while True:
        slot = secrets.randbelow(room)
        if con.execute(sql.SLOT_TAKEN, {"slot": slot}).fetchone() is None:
            return slot


def withdraw(
    con: sqlite3.Connection, items: Sequence[ItemId], today: date
) -> dict[ItemId, ItemState]:
    """Destroy the items that have not left, and give how far each has come then. One under a
    lease, also one that is over, may have left, and one that came back may have been read: they
    stay.
    """
    for item in items:
        if con.execute(sql.WITHDRAW, (item,)).rowcount:
            _destroy(con, item)
    return states(con, items, today)


def claim(
    con: sqlite3.Connection, now: int, until: int, limit: int, seals: Seals
) -> list[OutboxItem]:
    """Due items, leased and opened; the message of one that does not open is empty."""
    asked = {"now": now, "until": until, "never": coarse.never(now), "limit": limit}
    found = [_opened(row, seals) for row in con.execute(sql.DUE, asked).fetchall()]
    con.executemany(sql.LEASE, [(until, item.id) for item in found])
    return found


def _opened(row: Sequence[Any], seals: Seals) -> OutboxItem:
    item, reference, route, mailbox, message_id, training, tries, day, *rest = row
    passed, other, content, wrapped, slot = rest
    live = bound_fields(item, route, mailbox, reference, message_id, training=bool(training))
    try:
        message = seals.open_message(live, slot, wrapped or b"", content or b"")
    except SealingError:
        message = b""
    return OutboxItem(
        id=item,
        reference=reference,
        route=route,
        mailbox=mailbox,
        message_id=message_id,
        message=message,
        training=bool(training),
        tries=tries + 1,
        day=day,
        other=other,
        passed=bool(passed),
    )


def states(
    con: sqlite3.Connection, items: Sequence[ItemId], today: date
) -> dict[ItemId, ItemState]:
    """How far each known item has come."""
    rows = {item: con.execute(sql.STATE, (item,)).fetchone() for item in items}
    return {item: _standing(row, today) for item, row in rows.items() if row}


def _standing(row: Sequence[Any], today: date) -> ItemState:
    state, leased, tries, code, day, returned, passed = row
    days = (today - date.fromisoformat(day)).days
    return standing(
        ItemState(state),
        leased=bool(leased),
        tries=tries,
        code=code,
        days=days,
        returned=bool(returned),
        passed=bool(passed),
    )


def returns(con: sqlite3.Connection, items: Sequence[ItemId]) -> dict[ItemId, int]:
    """How often each item whose key is still there came back."""
    rows = {item: con.execute(sql.RETURNS, (item,)).fetchone() for item in items}
    return {item: int(row[0]) for item, row in rows.items() if row}


def pass_on(con: sqlite3.Connection, item: ItemId, code: str) -> bool:
    """The two copies of a waiting item change places."""
    row = con.execute(sql.BOTH_COPIES, (item,)).fetchone()
    if row is None:
        return False
    mailbox, content, key, other, other_content, other_key = row
    con.execute(sql.CHANGE_PLACES, (other, code, item))
    con.execute(sql.SET_CONTENT, (other_content, item))
    con.execute(sql.SET_KEY, (other_key, item))
    con.execute(sql.SET_OTHER, (mailbox, content, key, item))
    return True


def kept(con: sqlite3.Connection, reference: str) -> list[Kept]:
    """The items of a reference that are still kept."""
    rows = con.execute(sql.KEPT, (reference,)) if reference else ()
    return [Kept(id_, ItemState(state), *boxes) for id_, state, *boxes in rows]


def came_back(con: sqlite3.Connection, item: ItemId, *, to_other: bool) -> bool:
    """An accepted item waits again, as it was or for its other mailbox."""
    again = con.execute(sql.CAME_BACK, (item,)).rowcount == 1
    if again and to_other:
        pass_on(con, item, "came_back")
    return again


def erase_delivered(con: sqlite3.Connection, before: int) -> int:
    """Destroy content, key and all that names the mail; the bare state stays for the receipt."""
    asked = {"before": before, "never": coarse.to_come(before)}
    gone = con.execute(sql.DELIVERED_BEFORE, asked).fetchall()
    for (item,) in gone:
        con.execute(sql.EMPTY_ITEM, (item,))
        _destroy(con, item)
    return len(gone)


def forget_canaries(con: sqlite3.Connection, items: Sequence[ItemId]) -> None:
    """Destroy those of these that are tests, and every trace of them."""
    for item in items:
        if con.execute(sql.CANARY, (item,)).fetchone():
            _drop(con, item)


def forget_left_canaries(con: sqlite3.Connection, before: str) -> None:
    """The same with tests of days before this one, which their program could not forget."""
    for (item,) in con.execute(sql.LEFT_CANARIES, (before,)).fetchall():
        _drop(con, item)


def _drop(con: sqlite3.Connection, item: ItemId) -> None:
    _destroy(con, item)
    con.execute(sql.DROP_ITEM, (item,))


def counts(con: sqlite3.Connection, today: date) -> Counts:
    """What exists, and how old what is kept is."""
    sessions, inbox, codes, oldest, errands, canaries = con.execute(sql.COUNT).fetchone()
    items = dict(con.execute(sql.COUNT_ITEMS).fetchall())
    kept: dict[str, dict[int, int]] = {}
    for what, day, many in con.execute(sql.COUNT_KEPT):
        kept.setdefault(what, {})[(today - date.fromisoformat(day)).days] = many
    until: dict[str, dict[str, int]] = {}
    for what, day, many in con.execute(sql.COUNT_UNTIL):
        until.setdefault(what, {})[day] = many
    return Counts(sessions, inbox, codes, items, oldest, errands, canaries, kept, until)


def spent(con: sqlite3.Connection) -> list[int]:
    """The slots of mails that were erased, by number of their erasure."""
    return [int(number) for (number,) in con.execute(sql.SPENT_SLOTS)]


def refill(con: sqlite3.Connection, numbers: Sequence[int], seals: Seals) -> None:
    """Fill these anew and give them back. Only for erasures that have been committed: what is
    filled anew cannot be rolled back.
    """
    rows = {number: con.execute(sql.SPENT_SLOT, (number,)).fetchone() for number in numbers}
    seals.slots.refill(row[0] for row in rows.values() if row)
    con.executemany(sql.FREE_SLOT, [(number,) for number in rows])


def _destroy(con: sqlite3.Connection, item: ItemId) -> None:
    con.execute(sql.SPEND_SLOT, (item,))
    con.execute(sql.ERASE_KEY, (item,))
    con.execute(sql.ERASE_CONTENT, (item,))
    con.execute(sql.ERASE_OTHER, (item,))
