"""What the channel knows of one chat: its id and the messages that may have to be removed.

Sealed with the session and gone with it; nothing else links a person key to a chat.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.ports import PersonKey

KEPT: Final = 400  # messages; Telegram lets a bot delete what is under 48 hours old
_HEAD: Final = struct.Struct(">BqIH")
_VERSION: Final = 2
_MOST: Final = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """`newest` is the last message that was a present screen or the person's own: a button
    pressed on it, or below it, is on the present screen. `messages` are oldest first. `codes` are
    those of ours that show a code and were not removed yet.
    """

    chat: int = 0
    newest: int = 0
    messages: tuple[int, ...] = ()
    codes: tuple[int, ...] = ()

    @property
    def everything(self) -> tuple[int, ...]:
        """All that may have to be removed, each once."""
        return tuple(dict.fromkeys((*self.codes, *self.messages)))

    @classmethod
    def load(cls, raw: bytes) -> ChatRecord:
        """The record that `dump` wrote; an empty one from b"" or another version's bytes."""
        if len(raw) < _HEAD.size or raw[0] != _VERSION:
            return cls()
        _, chat, newest, codes = _HEAD.unpack_from(raw)
        ids = struct.unpack_from(f">{(len(raw) - _HEAD.size) // 4}I", raw, _HEAD.size)
        return cls(chat, newest, ids[codes:], ids[:codes])

    def dump(self) -> bytes:
        """15 bytes, and four for each message and each code."""
        head = _HEAD.pack(_VERSION, self.chat, self.newest, len(self.codes))
        ids = (*self.codes, *self.messages)
        return head + struct.pack(f">{len(ids)}I", *ids)

    def knowing(self, messages: Iterable[int], newest: int = 0) -> ChatRecord:
        """The record with these messages too."""
        fresh = [m for m in messages if 0 < m <= _MOST and m not in self.messages]
        kept = (*self.messages, *dict.fromkeys(fresh))[-KEPT:]
        return replace(self, messages=kept, newest=max(self.newest, min(newest, _MOST)))

    def showing(self, codes: Iterable[int]) -> ChatRecord:
        """The record with these codes in the chat, and no others."""
        return replace(self, codes=tuple(c for c in codes if 0 < c <= _MOST)[-KEPT:])


class Learnt:
    """Message ids Telegram told us after a turn was committed: kept in memory, for a bounded
    number of people, until the next turn takes them into the record.
    """

    def __init__(self, people: int = 10_000) -> None:
        self._people = people
        self._known: OrderedDict[PersonKey, ChatRecord] = OrderedDict()
        self._codes: OrderedDict[PersonKey, tuple[int, ...]] = OrderedDict()

    def of(self, person: PersonKey) -> ChatRecord:
        """What was learnt since the person's last committed turn."""
        return self._known.get(person, ChatRecord())

    def learn(self, person: PersonKey, messages: Iterable[int], newest: int = 0) -> None:
        """Remember messages; the person longest not heard of is forgotten when there are many."""
        self._known[person] = self.of(person).knowing(messages, newest)
        self._known.move_to_end(person)
        if len(self._known) > self._people:
            self._known.popitem(last=False)

    def learn_codes(self, person: PersonKey, codes: Iterable[int]) -> None:
        """These codes are in the chat now, and no others."""
        self._codes[person] = tuple(codes)
        self._codes.move_to_end(person)
        if len(self._codes) > self._people:
            self._codes.popitem(last=False)

    def codes_of(self, person: PersonKey) -> tuple[int, ...] | None:
        """Every code in the chat; None when the stored record knows no less."""
        return self._codes.get(person)

    def merged(self, person: PersonKey, taken: ChatRecord) -> None:
        """These are in the stored record now; what came meanwhile stays."""
        left = [m for m in self.of(person).messages if m not in taken.messages]
        self._known.pop(person, None)
        self._codes.pop(person, None)
        if left:
            self._known[person] = ChatRecord(messages=tuple(left))

    def forget(self, person: PersonKey) -> None:
        """Nothing is known of this person any more."""
        self._known.pop(person, None)
        self._codes.pop(person, None)
