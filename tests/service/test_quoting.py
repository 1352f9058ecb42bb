"""Guidance quoted in any chat, from the shipped content, whatever was typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.adapters.library import Library
from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.loading.asked import questions_in
from bot.loading.load import load_catalogue
from bot.service.quoting import MOST, Quoting

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture
def alarms() -> list[str]:
    return []


@pytest.fixture
def quoting(content: Catalogue, alarms: list[str]) -> Iterator[Quoting]:
    library = Library(content, lambda: questions_in(ROOT), alarms.append)
    yield Quoting(library, content)
    library.close()


async def test_each_quote_is_whole_with_999_above_and_names_whose_rule_it_is(
    quoting: Quoting,
) -> None:
    found = await quoting.quotes("what is mase")
    assert 0 < len(found) <= MOST
    first = found[0]
    assert first.title == "Newham: What is MASE?"
    assert first.text.startswith(f"{HEADER}\n\nNewham: What is MASE?\n\n")
    assert "\n\nFrom: Newham" in first.text


HOSTILE = (
    "",
    " \n\t ",
    "x" * 10_000,
    "mase " * 2_000,
    "\u202egnissim dlihc a",
    "\x00\x1f\ud800",
    "ребёнок пропал",
    "孩子失踪了",
    "🚨" * 100,
    "' OR 1=1; DROP TABLE passages; --",
    '"mase" AND NEAR(*) OR title:^',
    "<b>mase</b> {phones} {area}",
    "../../etc/passwd",
    "999",
    "p-wirral_missing",
    "7KQF2M-9XHT4B-WZ3N8C",
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
async def test_no_words_break_it_and_none_come_back(
    quoting: Quoting, content: Catalogue, alarms: list[str], words: str
) -> None:
    for quote in await quoting.quotes(words):
        assert quote.id in content.guidance
        assert quote.text.startswith(f"{HEADER}\n\n{quote.title}")
        assert "DROP TABLE" not in quote.text
    assert alarms == []


async def test_nothing_is_quoted_to_words_in_another_alphabet(quoting: Quoting) -> None:
    assert await quoting.quotes("ребёнок пропал") == ()
    assert await quoting.quotes("") == ()
