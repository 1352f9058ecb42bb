"""The transactions of the conversation's side: sessions, inbox and codes. Each is one plain
function that runs on the writer's thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.adapters.sqlite import coarse, errands, outbox, sql
from bot.adapters.sqlite.errands import SealedErrand
from bot.adapters.sqlite.seals import SealedItem, Seals
from bot.errors import SessionConflict
from bot.ports import Commit, InboxEntry, PersonKey, StoredSession


@dataclass(frozen=True, slots=True)
class SealedTurn:
    """A commit whose contents are sealed already."""

    commit: Commit
    session: bytes | None
    items: tuple[SealedItem, ...]
    now: int
    errands: tuple[SealedErrand, ...] = ()


def write_turn(con: sqlite3.Connection, turn: SealedTurn, seals: Seals) -> None:
    """All of a turn. Raises SessionConflict when the stored version is another."""
    commit = turn.commit
    if not _write_session(con, turn):
        _make_way(con, turn, seals)
    for sealed in turn.items:
        outbox.add(con, sealed, turn.now, seals)
    for tag in commit.drop_codes:
        con.execute(sql.DROP_CODE, (tag,))
    for code in commit.codes:
        con.execute(sql.KEEP_CODE, (code.tag, code.sealed, code.erase_on))
    if commit.forget_errands:
        errands.leave(con, commit.person, seals)
    errands.add(con, commit.person, turn.errands)
    for entry in commit.inbox:
        con.execute(sql.EMPTY_INBOX, (entry, commit.person))


def _write_session(con: sqlite3.Connection, turn: SealedTurn) -> bool:
    """Whether the stored version was the expected one, and the session is now written."""
    commit = turn.commit
    if turn.session is None:
        erased = con.execute(sql.ERASE_SESSION, (commit.person, commit.version)).rowcount
        return erased == 1 or (
            commit.version == 0 and con.execute(sql.LOAD, (commit.person,)).fetchone() is None
        )
    values = (turn.session, coarse.lapse(commit.lapses), commit.person)
    if commit.version == 0:
        return con.execute(sql.NEW_SESSION, values).rowcount == 1
    return con.execute(sql.MOVE_SESSION, (*values, commit.version)).rowcount == 1


def _make_way(con: sqlite3.Connection, turn: SealedTurn, seals: Seals) -> None:
    """A new session may take the place of one that nobody can open any more, and of no other."""
    person = turn.commit.person
    row = con.execute(sql.LOAD, (person,)).fetchone()
    if turn.commit.version or row is None or seals.open_session(person, *row) is not None:
        raise SessionConflict("session_conflict")
    con.execute(sql.ERASE_SESSION, (person, row[0]))
    _write_session(con, turn)


def read_session(con: sqlite3.Connection, person: PersonKey, seals: Seals) -> StoredSession | None:
    """The session, opened."""
    row = con.execute(sql.LOAD, (person,)).fetchone()
    return seals.open_session(person, *row) if row else None


def take_in(
    con: sqlite3.Connection, entries: Sequence[tuple[PersonKey, int, bytes]], day: str
) -> list[int]:
    """Store sealed inputs; the id of each, also of those that were there before."""
    return [
        int(con.execute(sql.TAKE_IN, (person, update, day, sealed)).fetchone()[0])
        for person, update, sealed in entries
    ]


def waiting_inputs(con: sqlite3.Connection, seals: Seals) -> list[InboxEntry]:
    """Every input that can still be opened, oldest first."""
    found: list[InboxEntry] = []
    for entry, person, update, sealed in con.execute(sql.WAITING_INPUTS):
        body = seals.open_entry(person, update, sealed)
        if body is not None:
            found.append(InboxEntry(entry, person, update, body))
    return found


def open_code(con: sqlite3.Connection, tag: bytes) -> bytes | None:
    """What is kept under a tag."""
    row = con.execute(sql.OPEN_CODE, (tag,)).fetchone()
    return bytes(row[0]) if row else None


def codes_by_day(con: sqlite3.Connection) -> dict[str, int]:
    """How many codes are kept, by the day on which they are erased."""
    return dict(con.execute(sql.CODES_BY_DAY).fetchall())


def lapse(con: sqlite3.Connection, now: int, today: str, oldest_key: str) -> int:
    """Erase what is past its time: sessions, codes, errands, inputs whose key has been destroyed,
    tests that were left, and the bare rows of items that no receipt can ask after. How many
    sessions and codes went.
    """
    con.execute(sql.LAPSE_INBOX, (oldest_key,))
    con.execute(sql.LAPSE_ERRANDS, (now,))
    con.execute(sql.FORGET_ITEMS, (coarse.forget_before(today),))
    outbox.forget_left_canaries(con, coarse.canaries_before(today))
    sessions = con.execute(sql.LAPSE_SESSIONS, (now,)).rowcount
    return sessions + con.execute(sql.LAPSE_CODES, (today,)).rowcount
