"""What a screen can hold of a finding is bounded by what can be said at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest

from bot.core.catalogue import Catalogue
from bot.core.conditions import parse_condition
from bot.core.evaluate import NoRow, evaluate
from bot.core.facts import NO, UNSURE, YES, FactType, Known, Value
from bot.core.rules import RuleBook
from bot.core.saying import finding_words
from bot.loading.checks.at_once import Item, advice_of, most_at_once, reasons_of, routes_of
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
DAY = date(2026, 11, 21)
PEOPLE = 300


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _item(length: int, *ways: str) -> Item:
    return Item(length, tuple(tuple(parse_condition(c) for c in way.split(", ")) for way in ways))


def _most(content: Catalogue, *items: Item) -> int:
    return most_at_once(items, content.rules["wirral/assess"])


def test_what_excludes_each_other_is_not_counted_together(content: Catalogue) -> None:
    young, older = _item(100, "child_age < 13"), _item(70, "child_age >= 13")
    foster, home = _item(30, "care is foster"), _item(40, "care is residential")
    assert _most(content, young, older) == 100
    assert _most(content, young, older, foster, home) == 140
    assert _most(content, _item(5, "moved is yes"), young) == 105


def test_unsure_may_hold_with_what_is_said_of_unsure(content: Catalogue) -> None:
    unsure = _item(10, "child_age < 13 or unsure")
    assert _most(content, unsure, _item(20, "child_age >= 15 or unsure")) == 30
    assert _most(content, _item(10, "child_age < 13"), _item(20, "child_age >= 15")) == 20


def test_one_text_of_two_rows_is_counted_once_wherever_one_of_them_holds(
    content: Catalogue,
) -> None:
    either = _item(10, "care is foster", "moved is yes")
    assert _most(content, either) == 10
    assert _most(content, either, _item(20, "care is residential")) == 30
    assert _most(content, either, _item(20, "care is residential, moved is no")) == 20


def test_groups_and_earlier_tables_may_take_any_outcome(content: Catalogue) -> None:
    groups = (_item(10, "any of harm"), _item(20, "none of harm"))
    assert _most(content, *groups) == 30
    tables = (_item(10, "signs is harm"), _item(20, "signs is risk"))
    assert _most(content, *tables) == 20
    assert _most(content) == 0


def _answers(book: RuleBook, chance: Random) -> Known:
    facts: dict[str, Value] = {}
    for name, fact in book.reads.items():
        values: list[Value] = [*fact.of, *([UNSURE] if fact.unsure else [])]
        if fact.type is FactType.WHOLE_NUMBER:
            values += [chance.randint(fact.minimum, fact.maximum) for _ in range(4)]
        if values and chance.random() < 0.9:
            facts[name] = chance.choice(values)
    loud = chance.random()
    marks = {i: YES if chance.random() < loud else NO for i in book.indicators}
    return Known(facts, marks)


@pytest.mark.parametrize("name", ["wirral/assess", "wirral/intelligence", "newham/assess"])
def test_no_finding_says_more_than_the_bound(name: str, content: Catalogue) -> None:
    book = content.rules[name]
    lengths = {
        r: len(content.routes[r].name) + 3 for t in book.tables for x in t.rows for r in x.routes
    }
    bounds = {
        "reasons": most_at_once(reasons_of(book), book),
        "advice": most_at_once(advice_of(book), book),
        "routes": most_at_once(routes_of(book, lengths), book),
    }
    longest = dict.fromkeys(bounds, 0)
    for number in range(PEOPLE):
        known = _answers(book, Random(number))  # noqa: S311 - the same people every time
        try:
            finding = evaluate(book, known)
        except NoRow:
            continue
        said = {key: finding_words(content, finding, key, DAY) for key in bounds}
        longest = {key: max(most, len(said[key])) for key, most in longest.items()}
    for key, most in longest.items():
        assert bounds[key] // 4 < most <= bounds[key], key
