"""Files handed over at a prompt: written into a folder that nobody else can read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bot.core.turn import File


def kept_in(folder: Path, file: File) -> Path:
    """Write the file and give its path. One of the same name stays: the new one gets a number."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in _names(folder / Path(file.name).name):
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(file.content)
        return path
    raise AssertionError("names never end")


def _names(path: Path) -> Iterator[Path]:
    yield path
    number = 2
    while True:
        yield path.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
