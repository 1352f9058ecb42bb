"""The store's ports over one writer and one reader connection."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial

from bot.adapters.keyring import Keyring
from bot.adapters.sqlite import coarse, errands, outbox, sql, turns
from bot.adapters.sqlite.lane import Lane
from bot.adapters.sqlite.recent import Recent
from bot.adapters.sqlite.seals import Seals
from bot.core.turn import ItemState
from bot.errors import StoreError
from bot.ports import (
    Clock,
    Commit,
    Counts,
    InboxEntry,
    ItemId,
    Kept,
    NewErrand,
    OutboxItem,
    PersonKey,
    StoredErrand,
    StoredSession,
)


class SqliteStore:
    """Everything in one file, sealed. Every method raises StoreUnavailable, with a safe code,
    when the database cannot be read or written. A cancelled write may have happened.
    """

    def __init__(self, writer: Lane, reader: Lane, keyring: Keyring, clock: Clock) -> None:
        self._writer = writer
        self._reader = reader
        self._keyring = keyring
        self._clock = clock
        self._seals = Seals(keyring, clock)
        self._recent = Recent()

    # ---- the conversation's side ----

    async def load(self, person: PersonKey) -> StoredSession | None:
        """The person's session, or None when there is none or its key has been destroyed."""
        recent = self._recent.get(person)
        if recent is not None:
            return recent
        return await self._reader.do(lambda con: turns.read_session(con, person, self._seals))

    async def commit(self, commit: Commit) -> None:
        """All of it or nothing. Raises SessionConflict or StoreUnavailable."""
        turn = self._sealed(commit)
        erases = commit.session is None or commit.forget_errands or bool(commit.drop_codes)
        try:
            await self._writer.do(
                lambda con: turns.write_turn(con, turn, self._seals),
                partial(self._remember, commit),
                erases=erases,
            )
        except StoreError:
            self._recent.drop(commit.person)
            raise

    async def take_in(self, entries: Sequence[tuple[PersonKey, int, bytes]]) -> list[int]:
        """Seal and store inputs in one commit; gives their ids, those of known updates too."""
        day = self._clock.now().date().isoformat()
        sealed = [(p, u, self._seals.entry(p, u, body)) for p, u, body in entries]
        return await self._writer.do(lambda con: turns.take_in(con, sealed, day))

    async def waiting_inputs(self) -> list[InboxEntry]:
        """Every input still unanswered, oldest first."""
        return await self._reader.do(lambda con: turns.waiting_inputs(con, self._seals))

    async def open_code(self, tag: bytes) -> bytes | None:
        """The sealed content kept under this tag, or None."""
        return await self._reader.do(lambda con: turns.open_code(con, tag))

    async def codes_by_day(self) -> dict[str, int]:
        """How many codes are kept, by the day on which they are erased, soonest first."""
        return await self._reader.do(turns.codes_by_day)

    async def lapse(self, now_minutes: int, today: str) -> int:
        """Erase sessions and codes past their time; how many went."""
        oldest = self._keyring.oldest_session_day().isoformat()
        return await self._writer.do(
            lambda con: turns.lapse(con, now_minutes, today, oldest),
            self._recent.clear,
            erases=True,
        )

    # ---- the delivery side ----

    async def claim(self, now_minutes: int, lease_minutes: int, limit: int) -> list[OutboxItem]:
        """Due items, leased so that no other courier takes them meanwhile."""
        until = now_minutes + lease_minutes
        return await self._writer.do(
            lambda con: outbox.claim(con, now_minutes, until, limit, self._seals)
        )

    async def delivered(self, item: ItemId, now_minutes: int) -> None:
        """The far mail server accepted it."""
        await self._change(sql.DELIVERED, coarse.day_start(now_minutes), item)

    async def later(self, item: ItemId, due_minutes: int, code: str) -> None:
        """Try again at that time."""
        await self._change(sql.LATER, coarse.step(due_minutes), due_minutes, code, item)

    async def parked(self, item: ItemId, code: str) -> None:
        """Stop trying by itself; an operator must act."""
        await self._change(sql.PARK, code, item)

    async def retry_parked(self, reference: str, now_minutes: int) -> int:
        """Put parked items of this reference back in the queue; how many."""
        return await self._change(sql.RETRY_PARKED, now_minutes, reference)

    async def pass_on(self, item: ItemId, code: str) -> bool:
        """From now on a waiting item goes to its other mailbox, under the same Message-ID."""
        return await self._writer.do(lambda con: outbox.pass_on(con, item, code))

    async def kept(self, reference: str) -> list[Kept]:
        """The items of this reference that are still kept, by mailbox."""
        return await self._reader.do(lambda con: outbox.kept(con, reference))

    async def came_back(self, item: ItemId, *, to_other: bool = False) -> bool:
        """An accepted item goes again from its copy, under its own Message-ID."""
        return await self._writer.do(lambda con: outbox.came_back(con, item, to_other=to_other))

    async def states(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        """How far each item has come; one that was forgotten is absent."""
        today = self._clock.now().date()
        return await self._reader.do(lambda con: outbox.states(con, items, today))

    async def returns(self, items: Sequence[ItemId]) -> dict[ItemId, int]:
        """How often each of those came back whose content is still kept."""
        return await self._reader.do(lambda con: outbox.returns(con, items))

    async def withdraw(self, items: Sequence[ItemId]) -> dict[ItemId, ItemState]:
        """Destroy those that have not left, and give how far each has come then."""
        today = self._clock.now().date()
        told = await self._writer.do(lambda con: outbox.withdraw(con, items, today), erases=True)
        with suppress(StoreError):  # they are gone all the same; the next sweep fills the slots
            await self._refill_spent()
        return told

    async def forget_canaries(self, items: Sequence[ItemId]) -> None:
        """Destroy these tests and every trace of them."""
        await self._writer.do(lambda con: outbox.forget_canaries(con, items), erases=True)
        await self._refill_spent()

    async def erase_delivered(self, before_minutes: int) -> int:
        """Destroy the key and content of items delivered before then, and the secret of every
        slot that was spent; how many items.
        """
        gone = await self._writer.do(
            lambda con: outbox.erase_delivered(con, before_minutes), erases=True
        )
        await self._refill_spent()
        return gone

    # ---- errands ----

    async def keep_errands(self, person: PersonKey, new: Sequence[NewErrand]) -> None:
        """Keep these for the person."""
        sealed = errands.sealed(person, new, self._seals)
        await self._writer.do(lambda con: errands.add(con, person, sealed))

    async def due_errands(self, now_minutes: int, limit: int) -> list[StoredErrand]:
        """Those whose time has come and is not over, earliest first."""
        return await self._writer.do(lambda con: errands.due(con, now_minutes, limit, self._seals))

    async def errand_done(self, errand: str) -> None:
        """Forget this one."""
        await self._change(sql.ERRAND_DONE, errand, erases=True)

    async def errand_later(self, errand: StoredErrand, due_minutes: int) -> None:
        """Not before that time, and as it is now."""
        sealed = self._seals.errand(errand.person, errand.id, errand.address, errand.errand)
        await self._change(sql.ERRAND_LATER, coarse.hour(due_minutes), sealed, errand.id)

    async def forget_errands(self, person: PersonKey) -> None:
        """Forget all of this person's."""
        await self._change(sql.FORGET_ERRANDS, person, erases=True)

    # ---- counts ----

    async def counts(self) -> Counts:
        """What exists, in counts."""
        today = self._clock.now().date()
        return await self._reader.do(lambda con: outbox.counts(con, today))

    async def _refill_spent(self) -> None:
        """The reader sees what is committed, and nothing else."""
        numbers = await self._reader.do(outbox.spent)
        if numbers:
            await self._writer.do(lambda con: outbox.refill(con, numbers, self._seals))

    async def _change(
        self, statement: str, *values: str | int | bytes, erases: bool = False
    ) -> int:
        return await self._writer.do(
            lambda con: con.execute(statement, values).rowcount, erases=erases
        )

    def _sealed(self, commit: Commit) -> turns.SealedTurn:
        session = (
            self._seals.session(commit.person, commit.version + 1, commit.session, commit.chat)
            if commit.session is not None
            else None
        )
        items = tuple(self._seals.item(item) for item in commit.items)
        now = coarse.minutes(self._clock.now()) if items else 0
        later = tuple(errands.sealed(commit.person, commit.errands, self._seals))
        return turns.SealedTurn(commit, session, items, now, later)

    def _remember(self, commit: Commit) -> None:
        if commit.session is None:
            self._recent.drop(commit.person)
        else:
            session = StoredSession(commit.session, commit.version + 1, commit.chat, commit.opened)
            self._recent.keep(commit.person, session)
