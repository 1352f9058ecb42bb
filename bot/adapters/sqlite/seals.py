"""What is inside each sealed column, and what it is bound to. Nothing else here touches keys."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.adapters.envelope import (
    KEY_BYTES,
    Key,
    bind,
    in_quarters,
    in_steps,
    key_id,
    seal,
    unseal,
)
from bot.adapters.keyring import Keyring
from bot.core.errand import Errand, dump, load
from bot.errors import KeyringError, SealingError, StoreUnavailable
from bot.ports import Clock, NewItem, PersonKey, StoredSession

_ITEM_KEY: Final = 0
_LENGTH: Final = 4


@dataclass(frozen=True, slots=True)
class SealedItem:
    """A new item ready for the disk: the mail under a key of its own, which is still to wrap; and
    the same mail for its other mailbox, under another key.
    """

    item: NewItem
    content: bytes
    key: Key
    other: SealedItem | None = None


class Seals:
    """Seals and opens rows. Raises StoreUnavailable where a key cannot be had."""

    def __init__(self, keyring: Keyring, clock: Clock) -> None:
        self._keyring = keyring
        self.slots = keyring.slots
        self._clock = clock

    def session(self, person: PersonKey, version: int, body: bytes, chat: bytes) -> bytes:
        """A session and its chat record, as the given version of this person."""
        both = len(body).to_bytes(_LENGTH) + body + chat
        return self._seal_today(both, _about_session(person, version))

    def open_session(self, person: PersonKey, version: int, sealed: bytes) -> StoredSession | None:
        """The session, or None when its key has been destroyed or it has been tampered with: it
        is gone, and the person begins anew.
        """
        both = self._open(sealed, _about_session(person, version))
        if both is None:
            return None
        end = _LENGTH + int.from_bytes(both[:_LENGTH])
        return StoredSession(both[_LENGTH:end], version, both[end:])

    def entry(self, person: PersonKey, update: int, body: bytes) -> bytes:
        """An input that waits."""
        return self._seal_today(body, _about_input(person, update))

    def open_entry(self, person: PersonKey, update: int, sealed: bytes) -> bytes | None:
        """The input, or None when its key has been destroyed."""
        return self._open(sealed, _about_input(person, update))

    def errand(self, person: PersonKey, id_: str, address: bytes, errand: Errand) -> bytes:
        """An errand and the way to its chat."""
        both = len(address).to_bytes(_LENGTH) + address + dump(errand)
        try:
            return seal(self._keyring.errands, both, bind("errand", id_, person), in_steps)
        except SealingError as error:
            raise StoreUnavailable(error.code) from None

    def open_errand(
        self, person: PersonKey, id_: str, sealed: bytes
    ) -> tuple[bytes, Errand] | None:
        """The way to the chat and the errand; None when it does not open or is not known."""
        try:
            both = unseal(self._keyring.errands, sealed, bind("errand", id_, person))
            end = _LENGTH + int.from_bytes(both[:_LENGTH])
            return both[_LENGTH:end], load(both[end:])
        except (SealingError, ValueError):
            return None

    def item(self, new: NewItem) -> SealedItem:
        """A mail under a key of its own, bound to where it may go; its other copy as well."""
        copy = new.other
        other = (
            self.item(replace(new, mailbox=copy.mailbox, message=copy.message, other=None))
            if copy
            else None
        )
        key = Key(_ITEM_KEY, os.urandom(KEY_BYTES))
        try:
            content = seal(key, new.message, bind(*_bound(new)), in_quarters)
        except SealingError as error:
            raise StoreUnavailable(error.code) from None
        return SealedItem(new, content, key, other)

    def wrap(self, sealed: SealedItem, slot: int | None) -> bytes:
        """The key of a mail under the key of its slot."""
        about = bind(*_bound(sealed.item))
        try:
            return seal(self._slot_key(slot), sealed.key.secret, about, in_steps)
        except SealingError as error:
            raise StoreUnavailable(error.code) from None

    def open_message(
        self, about: Sequence[str], slot: int | None, wrapped: bytes, content: bytes
    ) -> bytes:
        """The mail again. Raises SealingError when it was made for another mailbox, reference,
        Message-ID or mode than the row says, or when its slot has been filled anew.
        """
        bound = bind(*about)
        return unseal(Key(_ITEM_KEY, unseal(self._slot_key(slot), wrapped, bound)), content, bound)

    def _slot_key(self, slot: int | None) -> Key:
        return self._keyring.outbox if slot is None else self._keyring.slot_key(slot)

    def _seal_today(self, content: bytes, about: bytes) -> bytes:
        try:
            key = self._keyring.session_key(self._clock.now().date())
            return seal(key, content, about, in_steps)
        except (SealingError, KeyringError) as error:
            raise StoreUnavailable(error.code) from None

    def _open(self, sealed: bytes, about: bytes) -> bytes | None:
        try:
            key = self._keyring.opening_key(key_id(sealed))
            return unseal(key, sealed, about) if key else None
        except SealingError:
            return None
        except KeyringError as error:
            raise StoreUnavailable(error.code) from None


def bound_fields(
    item: str, route: str, mailbox: str, reference: str, message_id: str, *, training: bool
) -> tuple[str, ...]:
    """What a mail is bound to, in order."""
    return (item, route, mailbox, reference, message_id, "training" if training else "live")


def _bound(new: NewItem) -> tuple[str, ...]:
    return bound_fields(
        new.id, new.route, new.mailbox, new.reference, new.message_id, training=new.training
    )


def _about_session(person: PersonKey, version: int) -> bytes:
    return f"session {version} {person}".encode()


def _about_input(person: PersonKey, update: int) -> bytes:
    return f"input {update} {person}".encode()
