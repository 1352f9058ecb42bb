"""A house that cannot be opened still answers 999, and never says that something was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.keyring import open_keyring
from tests.e2e.installation import installation


def a_damaged_database(folder: Path) -> None:
    (folder / "data").mkdir()
    open_keyring(folder / "keys", None)
    (folder / "data" / "bot.db").write_bytes(b"this is not a database " * 400)


def a_database_without_its_keys(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "bot.db").write_bytes(b"SQLite format 3\0" + bytes(8176))


def a_file_where_the_data_folder_belongs(folder: Path) -> None:
    (folder / "data").write_bytes(b"")


def a_file_where_the_key_folder_belongs(folder: Path) -> None:
    (folder / "keys").write_bytes(b"")


def a_file_where_the_embedded_mailbox_belongs(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "embedded-mailbox").write_bytes(b"")


@pytest.mark.parametrize(
    "fault",
    [
        a_damaged_database,
        a_database_without_its_keys,
        a_file_where_the_data_folder_belongs,
        a_file_where_the_key_folder_belongs,
        a_file_where_the_embedded_mailbox_belongs,
    ],
)
async def test_999_is_answered_though_the_house_cannot_be_opened(
    tmp_path: Path, fault: object
) -> None:
    assert callable(fault)
    fault(tmp_path)
    async with installation(tmp_path, own_mail=False) as bot:
        person = bot.person()
        await person.say("999")
        await person.sees("Call 999 now if anyone is in danger.")
        await person.say("The off-licence sells vodka")
        await person.sees("was not saved")
        assert "Crimestoppers on 0800 555 111" in "\n".join(person.bot_texts)
        code, _, said = await bot.stop()
    assert code == 3
    assert "Only 999 is answered until this is mended." in said
    assert "vodka" not in said
    assert str(tmp_path) not in said


async def test_an_edition_that_cannot_be_kept_is_an_alarm_and_the_bot_goes_on(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "editions").write_bytes(b"")
    async with installation(tmp_path) as bot:
        person = bot.person()
        await person.say("999")
        await person.sees("Call 999 now if anyone is in danger.")
        await person.say("/start")
        await person.sees("danger")
        await person.say("no")
        await person.sees("you")
        code, _, said = await bot.stop()
    assert code == 0
    assert "edition_not_kept" in said
    assert "Only 999" not in said
