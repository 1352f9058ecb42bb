"""What no fault may break, asked of the disk, the wire and the far mailbox."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from email import message_from_bytes, policy
from pathlib import Path

from bot.adapters.keyring import open_keyring
from bot.adapters.mailbox import Arrived
from bot.adapters.sqlite import open_store
from tests.fakes.clock import FixedClock
from tests.privacy.search import files, found, spellings, spellings_of_number

FAR = 40_000_000  # minutes: everything is due
WAITING = "update outbox set state = 'saved', due = 0, leased = 0 where state != 'withdrawn'"


def copied(database: Path, copy: Path) -> Path:
    """A whole copy of a database that is in use, as OPERATING's backup makes it."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


async def opened(database: Path, keys: Path, folder: Path) -> list[str]:
    """The words of every mail that this database still gives with these keys."""
    copy = copied(database, folder / "copy.db")
    with closing(sqlite3.connect(copy, isolation_level=None)) as con:
        con.execute(WAITING)
    async with open_store(copy, open_keyring(keys), FixedClock()) as store:
        items = await store.claim(FAR, 5, 10_000)
    for file in folder.glob("copy.db*"):
        file.unlink()
    return [said(item.message) for item in items if item.message]


def said(raw: bytes) -> str:
    """The text of a mail as its reader sees it."""
    body = message_from_bytes(raw, policy=policy.SMTP).get_body(("plain",))
    return str(body.get_content()) if body is not None else ""


def mails_about(arrived: Iterable[Arrived], words: str) -> list[Arrived]:
    """Those that hold these words."""
    return [mail for mail in arrived if words in said(mail.raw)]


def assert_one_message(mails: Sequence[Arrived]) -> None:
    """However often it came: the same bytes, the same Message-ID."""
    assert mails, "nothing arrived"
    assert len({str(mail.message["Message-ID"]) for mail in mails}) == 1
    assert len({mail.raw for mail in mails}) == 1


def assert_nothing_plain(folder: Path, words: Iterable[str], chats: Iterable[int]) -> None:
    """No file below this folder holds any of it, however it is written."""
    wanted = {word: list(spellings(word)) for word in words}
    wanted |= {f"chat {chat}": list(spellings_of_number(chat)) for chat in chats}
    places = files(folder)
    assert places, "no file was looked at"
    assert found(places, wanted) == set()
