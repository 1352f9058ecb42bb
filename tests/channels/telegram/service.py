"""A small turn service and inbox for the channel's tests: scripted replies, failures on demand."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.core.turn import Begin, Button, Gone, Input, Press, Reply, Say, Screen
from bot.errors import StoreUnavailable
from bot.ports import InboxEntry, PersonKey
from bot.service.quoting import Quote


@dataclass(frozen=True, slots=True)
class Taken:
    reply: Reply
    chat: bytes


@dataclass(slots=True)
class Kept:
    turn: int = 0
    chat: bytes = b""
    update: int = 0


def question(text: str, *labels: str, protect: bool = True) -> Screen:
    buttons = tuple(Button(str(i), label) for i, label in enumerate(labels or ("Yes", "No")))
    return Screen(f"In danger now? Call 999.\n\n{text}", buttons, protect=protect)


@dataclass
class Service:
    """Echoes, unless `replies` holds the next reply's screens. Stale presses change nothing."""

    kept: dict[PersonKey, Kept] = field(default_factory=dict)
    taken: list[tuple[PersonKey, Input, int]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    failing: int = 0
    broken: int = 0
    wants_file: bool = False
    gate: asyncio.Event | None = None
    inbox: dict[int, InboxEntry] = field(default_factory=dict)
    inbox_failing: bool = False
    next_id: int = 1
    most_at_once: int = 0
    known: tuple[Quote, ...] = ()  # what inline queries find
    hold: asyncio.Event | None = None
    _at_once: int = 0

    async def quotes(self, words: str) -> tuple[Quote, ...]:
        if self.hold is not None:
            await self.hold.wait()
        return tuple(quote for quote in self.known if words in quote.text.casefold())

    async def take(
        self,
        person: PersonKey,
        given: Input,
        *,
        update: int = 0,
        inbox: tuple[int, ...] = (),
        chat: Callable[[bytes], bytes] = lambda old: old,
    ) -> Taken:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            if self.gate is not None:
                await self.gate.wait()
            if self.failing:
                self.failing -= 1
                raise StoreUnavailable("store_unavailable")
            if self.broken:
                self.broken -= 1
                raise RuntimeError
        finally:
            self._at_once -= 1
        return self._commit(person, given, update, inbox, chat)

    async def takes_file(self, person: PersonKey) -> bool:
        if self.failing:
            raise StoreUnavailable("store_unavailable")
        return self.wants_file

    def _commit(
        self,
        person: PersonKey,
        given: Input,
        update: int,
        inbox: tuple[int, ...],
        chat: Callable[[bytes], bytes],
    ) -> Taken:
        kept = self.kept.setdefault(person, Kept())
        self.taken.append((person, given, update))
        for entry in inbox:
            self.inbox.pop(entry, None)
        kept.chat = chat(kept.chat)
        if isinstance(given, Gone):
            del self.kept[person]
            return Taken(Reply((), 0), b"")
        repeated = update and update == kept.update
        kept.update = update
        if not repeated and not (isinstance(given, Press) and given.turn != kept.turn):
            kept.turn += 1
        return self._reply(person, kept, given)

    def _reply(self, person: PersonKey, kept: Kept, given: Input) -> Taken:
        if self.replies:
            reply = self.replies.pop(0)
            if reply.clear:
                del self.kept[person]
                return Taken(reply, b"")
            return Taken(replace(reply, turn=kept.turn), kept.chat)
        match given:
            case Say(text):
                said = f"You said {text}"
            case Press(_, option):
                said = f"Turn {kept.turn} after {option}"
            case Begin(payload):
                said = f"Welcome {payload}"
            case _:
                said = type(given).__name__
        return Taken(Reply((question(said),), kept.turn), kept.chat)

    async def take_in(self, entries: Sequence[tuple[PersonKey, int, bytes]]) -> list[int]:
        if self.inbox_failing:
            raise StoreUnavailable("store_unavailable")
        ids = []
        for person, update, body in entries:
            found = [e.id for e in self.inbox.values() if e.update == update]
            if not found:
                self.inbox[self.next_id] = InboxEntry(self.next_id, person, update, body)
                found = [self.next_id]
                self.next_id += 1
            ids += found
        return ids

    async def waiting_inputs(self) -> list[InboxEntry]:
        if self.inbox_failing:
            raise StoreUnavailable("store_unavailable")
        return list(self.inbox.values())

    @property
    def inputs(self) -> list[Input]:
        return [given for _, given, _ in self.taken]
