"""Whatever an author breaks, the answer is problems with a place, never an exception."""

from __future__ import annotations

import random
import re

import pytest

from bot.loading.check import check_files
from bot.loading.codes import Code
from tests.broken.samples import good_files

TOKEN = re.compile(r"[\w{}]+|[^\s\w]")


def broken(seed: int) -> dict[str, bytes]:
    """The good pack with one to three random changes in one file."""
    chance = random.Random(seed)  # noqa: S311 - a test
    files = good_files()
    path = chance.choice(sorted(files))
    text = files[path].decode()
    words = TOKEN.findall("".join(f.decode() for f in files.values()))
    for _ in range(chance.randint(1, 3)):
        lines = text.splitlines(keepends=True)
        match chance.randrange(4):
            case 0 if len(lines) > 1:
                lines.pop(chance.randrange(len(lines)))
                text = "".join(lines)
            case 1:
                lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines or ["\n"]))
                text = "".join(lines)
            case _:
                found = list(TOKEN.finditer(text))
                if found:
                    at = chance.choice(found)
                    text = text[: at.start()] + chance.choice(words) + text[at.end() :]
    return {**files, path: text.encode()}


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_random_changes_bring_problems_with_a_place_and_never_an_exception(start: int) -> None:
    for seed in range(start, start + 100):
        files = broken(seed)
        for problem in check_files(files):
            assert problem.code in set(Code)
            assert problem.line >= 1
            assert problem.file.startswith(("dialogs/", "rules/"))
            assert problem.message
