"""Leaks put in on purpose, one for each place: the search must find every one of them."""

from __future__ import annotations

import logging
import sqlite3
import tempfile
import traceback
from collections.abc import Callable
from typing import Any, Final

from bot.adapters.keyring import Keyring
from bot.adapters.sqlite import turns
from bot.channels.telegram import desk, updates
from bot.core.turn import Say
from bot.service import intake
from bot.service.turns import TurnService


def _on_words(leak: Callable[[str], None]) -> None:
    real = TurnService.take

    async def take(self: TurnService, person: Any, given: Any, **more: Any) -> Any:
        if isinstance(given, Say):
            leak(given.text)
        return await real(self, person, given, **more)

    TurnService.take = take  # type: ignore[method-assign]


def _log() -> None:
    _on_words(lambda text: logging.getLogger("bot").debug(text))


def _library_log() -> None:
    _on_words(lambda text: logging.getLogger("some.library").debug("took %s", text))


def _stdout() -> None:
    _on_words(lambda text: print(text, flush=True))  # noqa: T201


def _temp_file() -> None:
    def leak(text: str) -> None:
        with tempfile.NamedTemporaryFile("w", delete=False) as file:
            file.write(text)

    _on_words(leak)


def _exception() -> None:
    def leak(text: str) -> None:
        traceback.print_exception(ValueError(text))

    _on_words(leak)


def _database() -> None:
    real = turns.write_turn

    def write(con: sqlite3.Connection, turn: Any, seals: Any) -> None:
        real(con, turn, seals)
        plain = turn.commit.session or b""
        con.execute(
            "insert into codes (tag, sealed, erase_on) values (randomblob(9), ?, '')", (plain,)
        )

    turns.write_turn = write


def _key_folder() -> None:
    real = Keyring.person_key

    def person_key(self: Keyring, chat_id: int) -> Any:
        (self._folder / "people").write_text(str(chat_id))
        return real(self, chat_id)

    Keyring.person_key = person_key  # type: ignore[method-assign]


def _identity() -> list[str]:
    """The names of whoever wrote last, caught at the door."""
    names: list[str] = []
    real = updates.read

    def read(raw: Any) -> Any:
        if isinstance(raw, dict) and "message" in raw:
            names[:] = [str(raw["message"].get("from"))]
        return real(raw)

    updates.read = read
    return names


def _compose(change: Callable[[bytes], bytes]) -> None:
    real = vars(intake)["compose"]

    def compose(*given: Any, **named: Any) -> bytes:
        return change(real(*given, **named))

    setattr(intake, "compose", compose)  # noqa: B010 - it is the module's import of it


def _mail_header() -> None:
    words: list[str] = []
    _on_words(words.append)
    _compose(lambda mail: f"X-Said: {words[0]}\r\n".encode() + mail)


def _mail_body() -> None:
    names = _identity()
    _compose(lambda mail: mail.replace(b"\r\n\r\n", b"\r\n\r\n" + names[0].encode(), 2))


def _alarm() -> None:
    real = desk.Desk._ours

    def ours(self: desk.Desk, parsed: Any) -> Any:
        if isinstance(parsed, updates.Arrival) and isinstance(parsed.given, Say):
            self._alarm(parsed.given.text)
        return real(self, parsed)

    desk.Desk._ours = ours  # type: ignore[method-assign]


LEAKS: Final[dict[str, Callable[[], None]]] = {
    "log": _log,
    "library_log": _library_log,
    "stdout": _stdout,
    "temp_file": _temp_file,
    "exception": _exception,
    "database": _database,
    "key_folder": _key_folder,
    "mail_header": _mail_header,
    "mail_body": _mail_body,
    "alarm": _alarm,
}
