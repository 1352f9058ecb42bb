"""The ids that content must define are those that the program asks for, and no other."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.core.screens import REQUIRED_LABELS, REQUIRED_SCREENS, REQUIRED_WORDS
from bot.core.turn import ItemState

BOT = Path(__file__).parents[2] / "bot"
TEXTS = {
    node.value
    for path in BOT.rglob("*.py")
    if path.name != "screens.py"
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
} | {f"state_{state}" for state in ItemState}


def test_what_content_must_define_is_what_the_program_asks_for() -> None:
    for required in (REQUIRED_SCREENS, REQUIRED_LABELS, REQUIRED_WORDS):
        assert [id_ for id_ in required if id_ not in TEXTS] == []


def test_nothing_is_required_twice() -> None:
    for ids in (REQUIRED_SCREENS, REQUIRED_LABELS, REQUIRED_WORDS):
        assert len(set(ids)) == len(ids)
