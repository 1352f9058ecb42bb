"""Each statement of the source documents is said at each of its homes, in words that the trace
quotes from there: rules/<area>/trace.yaml. If one of these fails, docs/WRITING-DIALOGS.md says
under "The trace" what to do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from bot.core.catalogue import Catalogue
from bot.core.spoken import WEEKDAYS
from bot.loading.load import load_catalogue
from bot.loading.quoted import holding, not_said, words_of
from bot.loading.said import said
from bot.loading.trace import Statement, trace

ROOT = Path(__file__).parents[2]
ONE_TO: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
FIGURES: Final = {word: str(number) for number, word in enumerate(ONE_TO, 1)}
ORDINALS: Final = ("first", "second", "third")
NOT: Final = ("not", "never", "no", "nobody", "nothing", "none", "cannot", "without")


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    rows, problems = trace(ROOT)
    assert "\n".join(map(str, problems)) == ""
    return tuple(row for row in rows if row.lives_at)


def quoted(statements: tuple[Statement, ...]) -> Iterator[tuple[str, str, str]]:
    for row in statements:
        for home, pieces in row.pieces.items():
            yield from ((row.statement, home, piece) for piece in pieces)


def numbers(text: str) -> set[str]:
    """The numbers, ordinals and days of the week in a text, in figures where there are any."""
    kept = (*FIGURES, *ORDINALS, *(day.lower() for day in WEEKDAYS))
    words = words_of(text)
    return {FIGURES.get(word, word) for word in words if word.isdigit() or word in kept}


def denies(text: str) -> bool:
    return any(word in NOT or word.endswith("n't") for word in words_of(text))


def test_every_statement_of_both_documents_is_looked_at(
    statements: tuple[Statement, ...],
) -> None:
    of = Counter(row.document.split()[0] for row in statements)
    assert of["Wirral"] > 280
    assert of["Newham"] > 240
    assert [row.statement for row in statements if () in row.pieces.values()] == []


def test_what_is_quoted_is_a_short_run_of_words(statements: tuple[Statement, ...]) -> None:
    lengths = {piece: len(words_of(piece)) for _, _, piece in quoted(statements)}
    assert len(lengths) > 800
    assert [piece for piece, length in lengths.items() if not 2 <= length <= 12] == []


def test_a_number_of_a_statement_is_quoted_from_one_of_its_homes_at_least(
    statements: tuple[Statement, ...],
) -> None:
    lost = {
        row.statement: missing
        for row in statements
        if (missing := numbers(row.statement) - numbers(" ".join(sum(row.pieces.values(), ()))))
    }
    assert lost == {}


def test_where_a_statement_says_no_so_does_what_is_quoted_from_each_home(
    statements: tuple[Statement, ...],
) -> None:
    lost = [
        (row.statement, home)
        for row in statements
        if denies(row.statement)
        for home, pieces in row.pieces.items()
        if not denies(" ".join(pieces))
    ]
    assert lost == []


def test_each_sentence_that_carries_a_statement_is_missed_where_it_is_gone(
    content: Catalogue, statements: tuple[Statement, ...]
) -> None:
    unnoticed = []
    for statement, home, piece in quoted(statements):
        sentences = said(content, home)
        [carries] = holding(sentences, piece)
        rest = tuple(sentence for sentence in sentences if sentence != carries)
        if not not_said(rest, piece):
            unnoticed.append((statement, home, piece))
    assert unnoticed == []


@pytest.mark.parametrize("turn", ["not", "hardly", "might"])
def test_each_sentence_that_carries_a_statement_is_missed_where_it_is_turned_round(
    content: Catalogue, statements: tuple[Statement, ...], turn: str
) -> None:
    unnoticed = []
    for statement, home, piece in quoted(statements):
        [carries] = holding(said(content, home), piece)
        spoken, words = f" {' '.join(words_of(carries))} ", " ".join(words_of(piece))
        turned = spoken.replace(f" {words} ", f" {turn} {words} ")
        if turn not in words_of(piece) and not not_said((turned,), piece):
            unnoticed.append((statement, home, piece))
    assert unnoticed == []
