"""Files at a prompt: written where nobody else can read them, and their path is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest

from bot.channels.kept_files import kept_in
from bot.channels.terminal import converse, play
from bot.channels.transcript import Transcript, Turned
from bot.core.gifts import Offer
from bot.core.turn import File
from tests.core.offers import DATES, with_note
from tests.service.talking import Talking, talking

TO_NOTE = ("no", "north", "professional", "no", "x", "skip", "none", "no more", "AB1", "yes")


@pytest.fixture
async def ann(tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(tmp_path, with_note(Offer(DATES))) as person:
        yield person


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "files"
    path = kept_in(folder, File("dates.ics", "text/calendar", b"dates"))
    assert (path, path.read_bytes()) == (folder / "dates.ics", b"dates")
    assert path.stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_second_file_of_a_name_leaves_the_first(tmp_path: Path) -> None:
    paths = [kept_in(tmp_path, File("dates.ics", "", body)) for body in (b"1", b"2", b"3")]
    assert [path.name for path in paths] == ["dates.ics", "dates (2).ics", "dates (3).ics"]
    assert [path.read_bytes() for path in paths] == [b"1", b"2", b"3"]


def test_a_file_never_leaves_its_folder(tmp_path: Path) -> None:
    assert kept_in(tmp_path / "in", File("../out.txt", "", b"x")) == tmp_path / "in" / "out.txt"


async def test_the_path_of_a_file_is_said_below_the_screen(ann: Talking, tmp_path: Path) -> None:
    lines, written = iter([*TO_NOTE, "<give_calendar>"]), list[str]()

    async def read() -> str | None:
        return next(lines, None)

    folder = tmp_path / "files"
    await converse(ann.talk, read, written.append, partial(kept_in, folder))
    (path,) = folder.iterdir()
    assert path.name == "dates-2026-11-21.ics"
    assert written[-1].splitlines()[1:] == ["[file_calendar]", f"File: {path}"]


async def test_a_recorded_conversation_hands_files_over_too(ann: Talking, tmp_path: Path) -> None:
    turns = tuple(Turned(say=line) for line in (*TO_NOTE, "<give_calendar>"))
    folder = tmp_path / "files"
    keep = partial(kept_in, folder)
    await play(ann.talk, Transcript("files", turns), lambda line: None, keep=keep)
    assert [path.name for path in folder.iterdir()] == ["dates-2026-11-21.ics"]
