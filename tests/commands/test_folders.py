"""The folders that a first start makes belong to their owner alone."""

from __future__ import annotations

import os
from pathlib import Path

from bot.app import house
from bot.settings import Settings


async def test_a_first_start_makes_the_folders_of_its_data_for_the_owner_alone(
    tmp_path: Path,
) -> None:
    before = os.umask(0o022)
    try:
        async with house(Settings(data_dir=tmp_path / "data", key_dir=tmp_path / "keys")):
            pass
    finally:
        os.umask(before)
    made = (tmp_path / "data", *(p for p in (tmp_path / "data").iterdir() if p.is_dir()))
    assert len(made) == 3
    assert {folder.stat().st_mode & 0o777 for folder in made} == {0o700}
