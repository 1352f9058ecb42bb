"""What people ask is read from plain text, for the areas that are wanted, when it is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.guidance import Questions
from bot.errors import ContentError
from bot.loading.asked import questions_in
from bot.loading.load import bundle
from tests.broken.samples import good_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, raw in good_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(raw)
    return tmp_path


def test_each_passage_has_the_questions_below_its_heading(root: Path) -> None:
    asked = {
        "north_missing": ("a child has run away",),
        "north_after": ("what comes then",),
    }
    assert questions_in(root) == Questions(asked, ("lost dog",))


def test_only_the_areas_that_are_wanted_are_read(root: Path) -> None:
    assert questions_in(root, ("south",)) == Questions({}, ("lost dog",))


def test_no_edition_is_pinned_to_what_people_ask(root: Path) -> None:
    assert [path for path in bundle(root) if path.endswith(".txt")] == []


def test_what_cannot_be_read_is_said_with_its_line(root: Path) -> None:
    (root / "rules" / "north" / "asked" / "help.txt").write_text("a question alone\n", "utf-8")
    with pytest.raises(ContentError) as raised:
        questions_in(root)
    assert [(p.file, p.line, p.code) for p in raised.value.problems] == [
        ("rules/north/asked/help.txt", 1, "NO_HEADING")
    ]
