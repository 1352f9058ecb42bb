"""After delivery and its hours a sweep leaves nothing of anybody in the raw files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import open_store
from bot.adapters.system import SystemClock
from bot.service.retention import Retention
from bot.settings import Settings
from tests.fakes.clock import FixedClock
from tests.privacy.installation import installed
from tests.privacy.search import files
from tests.privacy.test_leaks import report

SEALED: Final = (
    "select sealed from sessions",
    "select sealed from codes",
    "select sealed from outbox_contents",
    "select wrapped from outbox_keys",
    "select cast(reference as blob) from outbox",
    "select cast(mailbox as blob) from outbox",
    "select cast(message_id as blob) from outbox",
)
LEFT: Final = "select state, reference, mailbox, message_id, due, leased, code from outbox"


def pieces(database: Path) -> Iterator[bytes]:
    """A piece of every sealed column, and what names a mail."""
    con = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        for query in SEALED:
            for (value,) in con.execute(query):
                yield value[:48]
    finally:
        con.close()


def holding(folder: Path, found: list[bytes]) -> list[str]:
    """The files that hold any of these."""
    return [n for n, content in files(folder).items() if any(p in content for p in found)]


async def swept(folder: Path, days: int) -> None:
    """A sweep of this installation, so many days from now."""
    clock = FixedClock(SystemClock().now())
    clock.pass_(days=days)
    database = folder / "data" / "bot.db"
    keyring = open_keyring(folder / "keys", database)
    async with open_store(database, keyring, clock) as store:
        await Retention(store, store, keyring, clock, Settings().draft_hours).sweep()


@pytest.mark.parametrize(("days", "codes"), [(4, 1), (91, 0)])
async def test_nothing_of_a_report_is_left_in_any_file(
    tmp_path: Path, days: int, codes: int
) -> None:
    database = tmp_path / "data" / "bot.db"
    async with installed(tmp_path) as house:
        await house.start()
        await report(house.api)
        await house.mails(1)
        await house.stop()
    before = list(pieces(database))
    assert len(before) == len(SEALED)
    assert holding(tmp_path / "data", before) == ["data/bot.db"]
    await swept(tmp_path, days)
    con = sqlite3.connect(database)
    kept = con.execute("select sealed from codes").fetchall()
    left = con.execute(LEFT).fetchall()
    con.close()
    assert len(kept) == codes
    assert left == [("handed_over", "", "", "", 0, 0, "")]
    gone = [piece for piece in before if (piece,) not in [(k[:48],) for (k,) in kept]]
    assert len(gone) == len(SEALED) - codes
    assert holding(tmp_path / "data", gone) == []
    assert len(list((tmp_path / "keys").glob("session-*.key"))) == 1
