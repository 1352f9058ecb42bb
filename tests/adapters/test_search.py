from __future__ import annotations

import pytest

from bot.adapters.search import Search
from bot.core.guidance import Passage, Questions


def passage(id_: str, title: str, text: str, area: str = "common", *also: str) -> Passage:
    return Passage(id_, area, title, text, "A guide, 2016", "Section", also)


PASSAGES = (
    passage("trust", "Position of trust", "Refer to the designated officer.", "common", "teacher"),
    passage("missing", "Going missing", "Tell the police when a child is missing.", "common"),
    passage("deadline", "The panel's deadline", "Two weeks before the panel.", "newham", "87a"),
    passage(
        "send", "Where to send the form", "Send the CSE 1 form to the team.", "wirral", "form"
    ),
)
QUESTIONS = Questions(
    {
        "trust": ("teacher dating a pupil", "youth worker", "is she a designated officer") * 20,
        "missing": ("she has run away", "a child is missing", "they run away at night") * 20,
        "deadline": ("when is the panel deadline", "87a") * 20,
        "send": ("where do i send the form", "cse1 form", "cse1") * 20,
    },
    ("how do i bake bread", "bread recipe", "parking permit for my car", "where is the parking"),
)
SEARCH = Search(PASSAGES, QUESTIONS, enough=5.0)


def ids(query: str, area: str = "") -> list[str]:
    return [answer.passage.id for answer in SEARCH.look_up(query, area).told]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("position of trust", "trust"),
        ("Teachers?", "trust"),
        ("misssing child", "missing"),
        ("what do I do with a youth worker", "trust"),
        ("they run away", "missing"),
        ("cse1 form", "send"),
        ("CSE 1", "send"),
        ("87a", "deadline"),
        ("the designated officer", "trust"),
    ],
)
def test_a_question_finds_its_passage_first(query: str, first: str) -> None:
    assert ids(query)[0] == first


def ranked(query: str, area: str = "", search: Search = SEARCH) -> list[str]:
    """Every passage, whether the question is refused or not."""
    return [passage.id for _, passage in search.weighed(query, area).ranks]


@pytest.mark.parametrize("query", ["bake bread", "", "???", "the", "parking permit for my car"])
def test_what_the_passages_do_not_answer_finds_nothing(query: str) -> None:
    assert ids(query) == []


@pytest.mark.parametrize("query", ["teachers who bake bread", "parking for the form"])
def test_what_is_nearer_to_something_else_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_who_somebody_is_does_not_hide_what_they_ask() -> None:
    asked = "I am a teacher in the team, what do I do about a missing child"
    assert ranked(asked)[0] == "missing"


def test_what_is_asked_last_counts_most() -> None:
    asked = "my pupil is missing and a teacher asked me, where do I send the form"
    assert ranked(asked)[0] == "send"


def test_the_very_question_of_a_passage_leads_to_it_whatever_is_like_it() -> None:
    more = [passage("about", "What is the form?", "The form."), *PASSAGES]
    assert ranked("what is the form", search=Search(more, QUESTIONS))[0] == "about"


def test_an_area_s_own_passage_comes_before_a_common_one_that_says_the_same() -> None:
    twins = [passage("all", "Forms", "A form."), passage("own", "Forms", "A form.", "wirral")]
    assert ranked("forms", "wirral", Search(twins, QUESTIONS)) == ["own", "all"]


def test_another_area_s_passage_is_told_only_for_its_very_terms() -> None:
    assert ids("panel", "wirral")[0] == "deadline"
    own = passage("own", "The form", "Send the form to the panel.", "newham")
    search = Search((*PASSAGES, own), QUESTIONS)
    assert ranked("send form panel", "newham", search)[0] == "own"
    assert ranked("cse1", "newham", search)[0] == "send"
    assert ids("panel deadline", "newham")[0] == "deadline"
    assert ids("panel deadline")[0] == "deadline"


@pytest.mark.parametrize(
    "query", ['"', "AND", "NEAR(", "a-b", "words:x", "(((", "*", "form*", "'"]
)
def test_no_sign_of_the_search_language_means_anything(query: str) -> None:
    assert SEARCH.look_up(query) == SEARCH.look_up(query)


def test_answers_come_best_first_and_at_most_ten() -> None:
    forms = [passage(f"p{n}", f"Form {'x ' * n}", "A form.") for n in range(12)]
    search = Search(forms, QUESTIONS, enough=1.0)
    scores = [answer.score for answer in search.look_up("form").told]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
