"""Whether a file is asked for now: nothing else is ever fetched."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from bot.core.brought import MOST
from bot.core.catalogue import Catalogue
from tests.core.reports import content, file
from tests.service.talking import ANN, Talking, talking


class Newer:
    """Only another edition is kept."""

    def find(self, edition: str) -> Catalogue:
        del edition
        return replace(content(), edition="e2")


async def at_last(person: Talking, role: str = "Professional") -> Talking:
    await person.talk.start()
    for label in ("No", "North", role):
        await person.talk.press(label)
    return person


async def shown(person: Talking, line: str) -> str:
    return (await person.talk.line(line)).screens[0].text


async def test_a_file_is_asked_for_at_its_step_alone(tmp_path: Path) -> None:
    async with talking(tmp_path, content()) as person:
        assert not await person.service.takes_file(ANN)
        await at_last(person)
        assert await person.service.takes_file(ANN)
        await person.talk.press("Without")
        assert not await person.service.takes_file(ANN)


async def test_nobody_is_asked_whose_questions_are_no_longer_kept(tmp_path: Path) -> None:
    async with talking(tmp_path, content()) as person:
        await at_last(person)
        person.service._editions = Newer()
        assert not await person.service.takes_file(ANN)


async def test_a_path_that_is_typed_there_is_read(tmp_path: Path) -> None:
    path = tmp_path / "last month.json"
    path.write_text(json.dumps(file()), encoding="utf-8")
    async with talking(tmp_path, content()) as person:
        await at_last(person)
        assert "[carry_taken]" in await shown(person, f" {path} ")


async def test_a_path_of_nothing_or_of_too_much_is_answered_kindly(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    large.write_bytes(json.dumps(file()).encode().ljust(MOST + 1))
    async with talking(tmp_path, content()) as person:
        await at_last(person)
        for path in (large, tmp_path / "none.json", "\0.json"):
            assert "[carry_refused]" in await shown(person, str(path))
        assert "[reject_choice]" in await shown(person, "report.txt")


async def test_a_path_anywhere_else_is_words(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(file()), encoding="utf-8")
    async with talking(tmp_path, content()) as person:
        await at_last(person)
        await person.talk.press("Without")
        assert "Q age" in await shown(person, str(path))
