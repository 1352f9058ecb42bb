"""The keys: one of 256 bits for each purpose, in a folder apart from the database.

`person`, `outbox`, `receipts` and `limits` are made once, at the first start. `session-DAY` is
made each day, and destroyed when no draft sealed under it may still be opened: after that, no
stolen disk or backup of the database opens those drafts.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from bot.adapters.envelope import KEY_BYTES, Key
from bot.adapters.keyfiles import (
    SESSION,
    SUFFIX,
    destroy_key,
    folder_problem,
    read_key,
    write_key,
)
from bot.adapters.slots import Slots
from bot.errors import KeyringError, Problem, SealingError
from bot.ports import PersonKey

LASTING: Final = ("person", "outbox", "receipts", "limits")
_OUTBOX_ID: Final = 1
_ERRANDS_ID: Final = 2


class Keyring:
    """Every key of one installation, in memory; session keys come and go with the days."""

    def __init__(self, folder: Path, lasting: Mapping[str, bytes], sessions: list[Key]) -> None:
        self._folder = folder
        self._lasting = dict(lasting)
        self._sessions = {key.id: key for key in sessions}
        self.outbox = Key(_OUTBOX_ID, lasting["outbox"])
        secret = hmac.digest(lasting["person"], b"errands", "sha256")
        self.errands = Key(_ERRANDS_ID, secret)  # for as long as a person is known by that key
        self.slots = Slots(folder)

    def __repr__(self) -> str:
        return f"Keyring({len(self._sessions)} session keys)"

    @property
    def receipts_salt(self) -> bytes:
        """The installation's salt of the slow hash of codes."""
        return self._lasting["receipts"]

    @property
    def fingerprint(self) -> str:
        """Names this set of keys without giving them away; the database remembers it."""
        together = b"".join(self._lasting[purpose] for purpose in LASTING)
        return hmac.digest(together, b"fingerprint", "sha256").hex()

    def person_key(self, chat_id: int) -> PersonKey:
        """The keyed hash that stands for a chat everywhere beyond the channel's door."""
        return PersonKey(_keyed(self._lasting["person"], f"chat:{chat_id}"))

    def limit_key(self, person: PersonKey) -> str:
        """The name under which tries are counted; it joins with no other table."""
        return _keyed(self._lasting["limits"], person)

    def slot_key(self, slot: int) -> Key:
        """What wraps the key of the mail in this slot. Raises SealingError or StoreUnavailable."""
        secret = self.slots.secret(slot)
        return Key(_OUTBOX_ID, hmac.digest(self.outbox.secret, b"slot" + secret, "sha256"))

    def session_key(self, today: date) -> Key:
        """The key that seals sessions today, made and put on the disk when it is not there yet.

        Raises SealingError when it cannot be put on the disk.
        """
        found = self.opening_key(today.toordinal())
        if found:
            return found
        path = self._session_file(today)
        try:
            secret = os.urandom(KEY_BYTES)
            write_key(path, path.stem, secret)
        except FileExistsError:  # another program of this installation was quicker
            secret = _sound(read_key(path, path.stem))
        except OSError:
            raise SealingError("session_key_not_written") from None
        key = Key(today.toordinal(), secret)
        self._sessions[key.id] = key
        return key

    def opening_key(self, key_id: int) -> Key | None:
        """The session key of an envelope, or None when it has been destroyed."""
        found = self._sessions.get(key_id)
        if found is None and 0 < key_id < date.max.toordinal():
            path = self._session_file(date.fromordinal(key_id))
            if path.exists():
                found = Key(key_id, _sound(read_key(path, path.stem)))
                self._sessions[key_id] = found
        return found

    def oldest_session_day(self) -> date:
        """The earliest day whose drafts can still be opened; `date.max` if there is none."""
        return min(map(date.fromordinal, self._sessions), default=date.max)

    def rotate(self, today: date, keep_days: int) -> int:
        """Have today's session key; destroy those more than `keep_days` old, and those of days
        to come, which a wrong clock left behind. How many were destroyed. Raises KeyringError
        when one cannot be.
        """
        self.session_key(today)
        first, last = today - timedelta(days=keep_days), today + timedelta(days=1)
        gone = [day for day in _session_days(self._folder) if not first <= day <= last]
        for day in gone:
            self._sessions.pop(day.toordinal(), None)
            _destroy(self._session_file(day))
        return len(gone)

    def _session_file(self, day: date) -> Path:
        return self._folder / f"{SESSION}{day.isoformat()}{SUFFIX}"


def open_keyring(folder: Path, database: Path | None = None) -> Keyring:
    """The keys in a folder (0700, files 0600). An empty or absent folder gets new ones, but never
    while the database file exists. Raises KeyringError with every problem at once.
    """
    if database is not None and database.parent.resolve() == folder.resolve():
        message = "Keys and database share a folder: whoever copies it has both. Set BOT_KEY_DIR."
        raise _error(Problem(str(folder), 1, "keys_beside_database", message))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        bad_folder = folder_problem(folder)
        if bad_folder:
            raise _error(bad_folder)
        if not any(folder.glob("[!.]*" + SUFFIX)):
            _create(folder, database)
    except OSError:
        message = (
            "The key folder cannot be made or written. Check its owner, the disk and the path."
        )
        raise _error(Problem(str(folder), 1, "key_folder", message)) from None
    return _load(folder)


def _create(folder: Path, database: Path | None) -> None:
    if database is not None and database.exists() and database.stat().st_size:
        message = (
            f"There is a database ({database.name}) but not one key. Is the key folder mounted?"
            " Restore the keys; new ones could not read what is stored."
        )
        raise _error(Problem(str(folder), 1, "keys_lost", message))
    for purpose in LASTING:
        write_key(folder / f"{purpose}{SUFFIX}", purpose, os.urandom(KEY_BYTES))


def _load(folder: Path) -> Keyring:
    lasting = {p: read_key(folder / f"{p}{SUFFIX}", p) for p in LASTING}
    names = {day: f"{SESSION}{day.isoformat()}" for day in _session_days(folder)}
    sessions = {day: read_key(folder / f"{n}{SUFFIX}", n) for day, n in names.items()}
    found = (*lasting.values(), *sessions.values())
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        raise _error(*problems)
    keys = [Key(day.toordinal(), _sound(secret)) for day, secret in sessions.items()]
    return Keyring(folder, {p: _sound(secret) for p, secret in lasting.items()}, keys)


def _destroy(path: Path) -> None:
    try:
        destroy_key(path)
    except OSError:
        message = "This key is past its day and could not be destroyed. Delete the file."
        raise _error(Problem(str(path), 1, "key_not_destroyed", message)) from None


def _session_days(folder: Path) -> list[date]:
    stems = (path.stem.removeprefix(SESSION) for path in folder.glob(f"{SESSION}*{SUFFIX}"))
    return [day for stem in stems if (day := _day(stem)) is not None]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _keyed(secret: bytes, text: str) -> str:
    return hmac.digest(secret, text.encode(), "sha256").hex()


def _sound(found: bytes | Problem) -> bytes:
    if isinstance(found, Problem):
        raise _error(found)
    return found


def _error(*problems: Problem) -> KeyringError:
    return KeyringError("keyring", problems)
