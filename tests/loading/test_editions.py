"""Editions kept for conversations that began with them; a folder that fails is only an alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.loading.editions import KeptEditions
from bot.loading.load import load_from
from tests.broken.samples import good_files
from tests.fakes.clock import FixedClock


def kept(folder: Path, alarms: list[str]) -> KeptEditions:
    files = good_files()
    return KeptEditions(load_from(files), files, folder, FixedClock(), alarm=alarms.append)


def test_an_edition_is_kept_once_and_without_an_alarm(tmp_path: Path) -> None:
    alarms: list[str] = []
    edition = kept(tmp_path / "editions", alarms).newest.edition
    assert [path.name for path in (tmp_path / "editions").iterdir()] == [f"{edition}.json"]
    assert alarms == []


def test_a_folder_that_is_a_file_is_an_alarm_and_the_newest_is_used(tmp_path: Path) -> None:
    (tmp_path / "editions").write_bytes(b"")
    alarms: list[str] = []
    editions = kept(tmp_path / "editions", alarms)
    assert alarms == ["edition_not_kept"]
    assert editions.find("").edition == editions.newest.edition


def test_a_full_disk_is_an_alarm_and_leaves_no_half_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, text: str, **_: object) -> int:
        self.write_bytes(text[:10].encode())
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    alarms: list[str] = []
    kept(tmp_path / "editions", alarms)
    assert alarms == ["edition_not_kept"]
    assert list((tmp_path / "editions").iterdir()) == []
