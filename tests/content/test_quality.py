"""No half may fall below what recorded.json says. `make quality` prints the figures."""

from __future__ import annotations

from itertools import chain

import pytest

from bot.loading.asked import questions_in
from tests.content.quality import (
    HALVES,
    LEARNED,
    LESS_IS_BETTER,
    ROOT,
    Quality,
    asked,
    figures,
    messages,
    recorded,
    rows,
)

FILES = ("danger", "wording", "guidance_questions", "guidance_none")
LEAST = {"danger": 200, "wording": 100, "guidance_questions": 75, "guidance_none": 30}


@pytest.fixture(scope="module")
def quality() -> Quality:
    return Quality()


@pytest.mark.parametrize("half", HALVES)
def test_no_figure_falls_below_what_is_recorded(half: str, quality: Quality) -> None:
    kept = {name: pair["now"] for name, pair in recorded()[half].items()}
    present = figures(quality, half)
    assert kept.keys() <= present.keys()
    worse = {
        name: (was, present[name])
        for name, was in kept.items()
        if (present[name] > was if name in LESS_IS_BETTER else present[name] < was)
    }
    assert worse == {}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("name", FILES)
def test_each_half_is_large_enough_to_say_something(half: str, name: str) -> None:
    assert len(rows(half, name)) >= LEAST[name]


@pytest.mark.parametrize("half", HALVES)
def test_danger_is_balanced_in_each_half(half: str) -> None:
    told = [row["danger"] for row in rows(half, "danger")]
    assert 0.45 <= sum(told) / len(told) <= 0.55


def test_nothing_learned_from_stands_word_for_word_in_the_measured_half() -> None:
    questions = questions_in(ROOT)
    lines = [*chain.from_iterable(questions.by_passage.values()), *questions.elsewhere]
    learned = {one.casefold() for one in lines}
    kinds = ("guidance_questions", "guidance_none")
    measured = {row["question"].casefold() for name in kinds for row in rows("held_out", name)}
    assert len(learned & measured) == 0
    learned = {row["text"].casefold() for _, row in messages("own")}
    assert len(learned & {row["text"].casefold() for row in rows("held_out", "danger")}) == 0


def test_no_line_of_the_measured_half_is_in_those_learned_from() -> None:
    for name in FILES:
        key = "question" if name.startswith("guidance") else "text"
        learned = {row[key].casefold() for half in LEARNED for row in rows(half, name)}
        assert not learned & {row[key].casefold() for row in rows("held_out", name)}


@pytest.mark.parametrize("half", HALVES)
def test_every_passage_that_the_questions_name_is_there(half: str, quality: Quality) -> None:
    named = {id_ for row in asked(half) for id_ in row.get("passages", ())}
    assert named <= quality.catalogue.guidance.keys()
