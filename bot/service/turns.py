"""One turn, whatever the channel: lock the person, load, advance, seal, commit, reply.

Only after the commit does a reply exist, so nothing is ever said to be saved that is not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.core.catalogue import Catalogue
from bot.core.engine import advance, takes_file
from bot.core.errand import Planned
from bot.core.session import Session
from bot.core.turn import Gone, Input, Reply
from bot.core.turning import Turn, begin, lapse_after, lapses_at, minutes, show
from bot.core.walk import Walk
from bot.errors import SessionConflict, StoreUnavailable
from bot.ports import Clock, Commit, NewErrand, PersonKey, SessionStore, StoredSession
from bot.service.effects import Done, Effects
from bot.service.limits import Limits
from bot.service.locks import Locks


@dataclass(frozen=True, slots=True)
class Taken:
    """What a channel needs: what to show, and its own record of the chat as it is now stored."""

    reply: Reply
    chat: bytes


@dataclass(frozen=True, slots=True)
class _Opened:
    """A stored session, read, and its walk where it is known. The store keeps this beside the
    bytes of the few sessions it has in memory: who answers again soon costs neither a reading
    nor a replay (a quarter of a turn's time).
    """

    session: Session | None = None
    walk: Walk | None = None


def _opened(stored: StoredSession | None) -> _Opened:
    if stored is None:
        return _Opened()
    known = stored.opened
    return known if isinstance(known, _Opened) else _Opened(Session.load(stored.body))


class Editions(Protocol):
    """The content: every edition that a session may be pinned to."""

    def find(self, edition: str) -> Catalogue:
        """That edition with today's closed routes and the newest safety texts; the newest edition
        when the name is empty or no longer kept.
        """
        ...


class Plans(Protocol):
    """What is to be done later in a chat."""

    def new(self, record: bytes, planned: Sequence[Planned]) -> tuple[NewErrand, ...]:
        """Errands for a commit; `record` is the channel's own. None where nothing can be done
        later.
        """
        ...


def _same(chat: bytes) -> bytes:
    return chat


@dataclass(frozen=True, slots=True)
class _Taking:
    person: PersonKey
    given: Input
    update: int
    inbox: tuple[int, ...]
    chat: Callable[[bytes], bytes]


class TurnService:
    """Takes inputs for people by key; knows no channel."""

    def __init__(
        self,
        store: SessionStore,
        editions: Editions,
        effects: Effects,
        clock: Clock,
        limits: Limits,
        errands: Plans | None = None,
    ) -> None:
        self._store = store
        self._editions = editions
        self._effects = effects
        self._clock = clock
        self._limits = limits
        self._errands = errands
        self._locks: Locks[PersonKey] = Locks()

    async def take(
        self,
        person: PersonKey,
        given: Input,
        *,
        update: int = 0,
        inbox: tuple[int, ...] = (),
        chat: Callable[[bytes], bytes] = _same,
    ) -> Taken:
        """Take one input. `update` is the channel's number, so a repeat shows the present screen;
        `inbox` are entries to empty in the same commit; `chat` changes the channel's own record.

        Raises StoreUnavailable when nothing could be saved: then, and only then, say so.
        """
        taking = _Taking(person, given, update, inbox, chat)
        async with self._locks.held(person):
            await self._limits.slow_inputs(person)
            try:
                return await self._turn(taking)
            except SessionConflict:
                pass
            try:
                return await self._turn(taking)
            except SessionConflict as conflict:
                raise StoreUnavailable(conflict.code) from None

    async def takes_file(self, person: PersonKey) -> bool:
        """Whether a file from this person is asked for now. Nothing else is ever fetched.

        Raises StoreUnavailable.
        """
        stored = await self._store.load(person)
        session = _opened(stored).session
        catalogue = self._editions.find(session.edition if session else "")
        if session is None or session.edition != catalogue.edition:
            return False
        return takes_file(catalogue, session, self._clock.now())

    async def show(self, person: PersonKey) -> Taken:
        """The present screen, and nothing changed."""
        stored = await self._store.load(person)
        session = Session.load(stored.body) if stored else None
        catalogue = self._editions.find(session.edition if session else "")
        shown = session or begin(catalogue, self._clock.now())
        return Taken(show(catalogue, shown), stored.chat if stored else b"")

    async def _turn(self, taking: _Taking) -> Taken:
        stored = await self._store.load(taking.person)
        opened = _opened(stored)
        session = opened.session
        catalogue = self._editions.find(session.edition if session else "")
        if session and session.edition != catalogue.edition:
            session = None  # its edition is no longer kept; begin again on today's
        repeated = session is not None and 0 < taking.update <= session.update
        if session and repeated and not isinstance(taking.given, Gone):
            turn = Turn(session, show(catalogue, session))
        else:
            turn = advance(catalogue, session, taking.given, self._clock.now(), opened.walk)
        lasting = session if turn.session is None or self._lasts(catalogue, session) else None
        done = await self._effects.carry_out(taking.person, catalogue, turn, lasting)
        return await self._commit(taking, catalogue, stored, done, turn.walk)

    def _lasts(self, catalogue: Catalogue, session: Session | None) -> bool:
        """Whether the session has not lapsed: one that has was not left, only not come back to."""
        if session is None:
            return False
        return minutes(self._clock.now()) - session.touched <= lapse_after(catalogue, session)

    async def _commit(
        self,
        taking: _Taking,
        catalogue: Catalogue,
        stored: StoredSession | None,
        done: Done,
        walk: Walk | None,
    ) -> Taken:
        record = taking.chat(stored.chat if stored else b"")
        after = done.session
        nothing = not taking.inbox and not done.drop_codes and not done.forget_errands
        if after is None and stored is None and nothing:
            return Taken(done.reply, record)
        if after is not None:
            after = replace(after, update=max(taking.update, after.update))
        await self._store.commit(
            Commit(
                person=taking.person,
                version=stored.version if stored else 0,
                session=after.dump() if after else None,
                chat=record if after else b"",
                lapses=lapses_at(catalogue, after, self._clock.now()) if after else 0,
                items=done.items,
                codes=done.codes,
                drop_codes=done.drop_codes,
                inbox=taking.inbox,
                errands=self._errands.new(record, done.errands) if self._errands else (),
                forget_errands=done.forget_errands,
                opened=_Opened(after, walk),
            )
        )
        self._effects.committed(done)
        return Taken(done.reply, record)
