"""Each statement of Wirral's document is truly said where the trace says that it lives.

wirral_statements.yaml holds, for each statement, the words of the document that its homes must
say between them; another form of the same word counts. Where we say it otherwise, our words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.adapters.stemming import stem
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, End, Tell, Tick
from bot.loading.load import load_catalogue
from bot.loading.trace import Statement, trace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="module")
def statements() -> list[Statement]:
    rows, problems = trace(ROOT)
    assert problems == ()
    return [row for row in rows if row.document.startswith("Wirral") and row.lives_at]


@pytest.fixture(scope="module")
def wanted() -> dict[str, list[str]]:
    path = Path(__file__).parent / "wirral_statements.yaml"
    found: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    return found


def _told(content: Catalogue, home: str) -> Iterator[str]:
    """What a person can read at one home."""
    kind, _, rest = home.partition(":")
    file, _, inside = rest.partition("#")
    if kind == "guidance":
        yield from (content.guidance[rest].title, content.guidance[rest].whole)
    elif kind == "advice":
        yield content.rules[file].advice[inside].text
    elif kind == "indicator":
        yield content.rules[file].indicators[inside].text
    elif kind == "route":
        route = content.routes[rest]
        yield from (route.name, route.after, route.note, route.subject)
        yield route.due.text if route.due else ""
    elif kind == "dialog" and inside:
        step = content.dialogs[file].steps[inside]
        if isinstance(step, Ask | End | Tell | Tick):
            yield step.text.source
        if isinstance(step, Ask):
            yield from (choice.label for choice in step.choices)


def _stems(text: str) -> set[str]:
    return {stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())}


def test_the_list_holds_every_statement_that_has_a_home(
    statements: list[Statement], wanted: dict[str, list[str]]
) -> None:
    assert {row.statement for row in statements} == wanted.keys()
    assert len(wanted) > 280
    assert [statement for statement, words in wanted.items() if not words] == []


def test_each_statement_is_said_at_its_homes(
    content: Catalogue, statements: list[Statement], wanted: dict[str, list[str]]
) -> None:
    missing = {}
    for row in statements:
        said = _stems(" ".join(text for home in row.lives_at for text in _told(content, home)))
        if lost := [word for word in wanted[row.statement] if stem(word) not in said]:
            missing[row.statement] = lost
    assert missing == {}
