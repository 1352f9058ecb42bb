"""The transactions of errands. Each is one plain function on the writer's thread."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.sqlite import coarse, sql
from bot.adapters.sqlite.seals import Seals
from bot.core.errand import Remove
from bot.ports import NewErrand, PersonKey, StoredErrand


@dataclass(frozen=True, slots=True)
class SealedErrand:
    """A new errand ready for the disk."""

    new: NewErrand
    sealed: bytes


def sealed(person: PersonKey, errands: Sequence[NewErrand], seals: Seals) -> list[SealedErrand]:
    """Each errand, sealed."""
    return [
        SealedErrand(new, seals.errand(person, new.id, new.address, new.planned.errand))
        for new in errands
    ]


def add(con: sqlite3.Connection, person: PersonKey, errands: Sequence[SealedErrand]) -> None:
    """Keep them."""
    for one in errands:
        planned = one.new.planned
        times = (coarse.hour(planned.due), coarse.hour(planned.expires))
        con.execute(sql.NEW_ERRAND, (one.new.id, person, *times, one.sealed))


def leave(con: sqlite3.Connection, person: PersonKey, seals: Seals) -> None:
    """Forget all of the person's but removals, which are due at once: whoever leaves wants the
    chat empty, and the channel may not be able to see to it now.
    """
    for id_, body in con.execute(sql.ERRANDS_OF, (person,)).fetchall():
        opened = seals.open_errand(person, id_, body)
        stays = opened is not None and isinstance(opened[1], Remove)
        con.execute(sql.ERRAND_NOW if stays else sql.ERRAND_DONE, (id_,))


def due(con: sqlite3.Connection, now: int, limit: int, seals: Seals) -> list[StoredErrand]:
    """Errands whose time has come and is not over. One that does not open can only go."""
    found: list[StoredErrand] = []
    for id_, person, body in con.execute(sql.DUE_ERRANDS, (now, now, limit)).fetchall():
        opened = seals.open_errand(person, id_, body)
        if opened is None:
            con.execute(sql.ERRAND_DONE, (id_,))
        else:
            found.append(StoredErrand(id_, person, *opened))
    return found
