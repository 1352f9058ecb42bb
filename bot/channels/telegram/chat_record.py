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
_HEAD: Final = struct.Struct(">BqI")
_VERSION: Final = 1
_MOST: Final = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class ChatRecord:
    """`newest` is the last message that was a present screen or the person's own: a button
    pressed on it, or below it, is on the present screen. `messages` are oldest first.
    """

    chat: int = 0
    newest: int = 0
    messages: tuple[int, ...] = ()

    @classmethod
    def load(cls, raw: bytes) -> ChatRecord:
        """The record that `dump` wrote; an empty one from b"" or another version's bytes."""
        if len(raw) < _HEAD.size or raw[0] != _VERSION:
            return cls()
        _, chat, newest = _HEAD.unpack_from(raw)
        return cls(chat, newest, struct.unpack_from(f">{(len(raw) - _HEAD.size) // 4}I", raw, 13))

    def dump(self) -> bytes:
        """13 bytes and four for each message."""
        head = _HEAD.pack(_VERSION, self.chat, self.newest)
        return head + struct.pack(f">{len(self.messages)}I", *self.messages)

    def knowing(self, messages: Iterable[int], newest: int = 0) -> ChatRecord:
        """The record with these messages too."""
        fresh = [m for m in messages if 0 < m <= _MOST and m not in self.messages]
        kept = (*self.messages, *dict.fromkeys(fresh))[-KEPT:]
        return replace(self, messages=kept, newest=max(self.newest, min(newest, _MOST)))


class Learnt:
    """Message ids Telegram told us after a turn was committed: kept in memory, for a bounded
    number of people, until the next turn takes them into the record.
    """

    def __init__(self, people: int = 10_000) -> None:
        self._people = people
        self._known: OrderedDict[PersonKey, ChatRecord] = OrderedDict()

    def of(self, person: PersonKey) -> ChatRecord:
        """What was learnt since the person's last committed turn."""
        return self._known.get(person, ChatRecord())

    def learn(self, person: PersonKey, messages: Iterable[int], newest: int = 0) -> None:
        """Remember messages; the person longest not heard of is forgotten when there are many."""
        self._known[person] = self.of(person).knowing(messages, newest)
        self._known.move_to_end(person)
        if len(self._known) > self._people:
            self._known.popitem(last=False)

    def merged(self, person: PersonKey, taken: ChatRecord) -> None:
        """These are in the stored record now; what came meanwhile stays."""
        left = [m for m in self.of(person).messages if m not in taken.messages]
        self._known.pop(person, None)
        if left:
            self._known[person] = ChatRecord(messages=tuple(left))

    def forget(self, person: PersonKey) -> None:
        """Nothing is known of this person any more."""
        self._known.pop(person, None)
