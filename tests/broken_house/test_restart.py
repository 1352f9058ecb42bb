"""What cannot be mended under a running program: it says so, and serves again from a restored
file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.app import house
from bot.channels.talk import Talk
from bot.errors import BotError, KeyringError, StoreUnavailable
from bot.settings import Settings
from tests.kill.road import MOMENTS, ROAD, WHAT, WHERE


def _garbage(folder: Path) -> Callable[[], object]:
    database = folder / "data" / "bot.db"
    whole = database.read_bytes()
    database.write_bytes(b"\xa5" * len(whole))
    return lambda: database.write_bytes(whole)


def _no_keys(folder: Path) -> Callable[[], object]:
    away = (folder / "keys").rename(folder / "keys-away")

    def restore() -> None:
        (folder / "keys").rmdir()
        away.rename(folder / "keys")

    return restore


def _bad_key(folder: Path) -> Callable[[], object]:
    key = folder / "keys" / "person.key"
    whole = key.read_bytes()
    key.write_bytes(whole[:20])
    return lambda: key.write_bytes(whole)


@pytest.mark.parametrize(
    ("broken", "error", "code"),
    [
        (_garbage, StoreUnavailable, "database_corrupt"),
        (_no_keys, KeyringError, "keyring"),
        (_bad_key, KeyringError, "keyring"),
    ],
)
async def test_a_restored_file_serves_again_with_nothing_lost(
    tmp_path: Path, broken: Any, error: type[BotError], code: str
) -> None:
    settings = Settings(data_dir=tmp_path / "data", key_dir=tmp_path / "keys")
    async with house(settings) as built:
        talk = Talk(built.service, built.keyring.person_key(1))
        await talk.start()
        for act in ROAD[1 : MOMENTS["press"]]:
            await (talk.press(act.press) if act.press else talk.line(act.say))
    restore = broken(tmp_path)
    with pytest.raises(error) as caught:
        async with house(settings):
            pass
    assert caught.value.code == code
    restore()
    async with house(settings) as built:
        talk = Talk(built.service, built.keyring.person_key(1))
        shown = str(await talk.line("answers"))
        assert WHAT[:30] in shown
        assert WHERE[:30] in shown
