from __future__ import annotations

import pytest

from bot.adapters.search import Search
from bot.adapters.spelling import Vocabulary, distance
from bot.core.guidance import Passage


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
SEARCH = Search(
    PASSAGES,
    [("teacher", "youth worker"), ("missing", "run away")],
    anchors=["teacher", "youth", "officer", "cse1", "missing"],
    elsewhere=["bread", "parking"],
)


def ids(query: str, area: str = "") -> list[str]:
    return [answer.passage.id for answer in SEARCH.look_up(query, area)]


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


@pytest.mark.parametrize("query", ["bake bread", "", "???", "the", "parking permit for my car"])
def test_what_the_passages_do_not_answer_finds_nothing(query: str) -> None:
    assert ids(query) == []


@pytest.mark.parametrize("query", ["teachers who bake bread", "parking for the form"])
def test_what_is_nearer_to_something_else_finds_nothing(query: str) -> None:
    assert ids(query) == []


def test_who_somebody_is_does_not_hide_what_they_ask() -> None:
    asked = "I am a teacher in the team, what do I do about a missing child"
    assert ids(asked)[0] == "missing"


def test_a_question_is_compared_with_each_everyday_question() -> None:
    one = passage("one", "A final report", "Text.", "common", "who signs", "panel closing")
    two = passage("two", "A final panel", "Text.", "common", "who signs the closing report")
    search = Search([one, two, *PASSAGES], anchors=["report"])
    found = [answer.passage.id for answer in search.look_up("who signs a closing report")]
    assert found == ["two", "one"]


def test_an_area_s_own_passage_comes_before_a_common_one_that_says_the_same() -> None:
    twins = [passage("all", "Forms", "A form."), passage("own", "Forms", "A form.", "wirral")]
    search = Search(twins, anchors=["form"])
    assert [answer.passage.id for answer in search.look_up("forms", "wirral")] == ["own", "all"]


def test_only_the_own_area_and_common_passages_are_told() -> None:
    assert ids("panel deadline", "wirral") == []
    assert ids("panel deadline", "newham") == ["deadline"]
    assert ids("panel deadline") == ["deadline"]


@pytest.mark.parametrize(
    "query", ['"', "AND", "NEAR(", "a-b", "words:x", "(((", "*", "form*", "'"]
)
def test_no_sign_of_the_search_language_means_anything(query: str) -> None:
    assert SEARCH.look_up(query) == SEARCH.look_up(query)


def test_answers_come_best_first_and_at_most_ten() -> None:
    search = Search([passage(f"p{n}", f"Form {'x ' * n}", "A form.") for n in range(12)])
    scores = [answer.score for answer in search.look_up("form")]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [("form", "form", 0), ("form", "from", 1), ("form", "for", 1), ("form", "farms", 2)],
)
def test_slips_are_counted(one: str, other: str, slips: int) -> None:
    assert distance(one, other) == slips


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("refferal", ("referral",)),
        ("polcie", ("police",)),
        ("traficing", ("trafficking",)),
        ("rafficking", ()),
        ("cat", ()),
        ("2016", ()),
    ],
)
def test_a_word_is_repaired_from_the_vocabulary(typed: str, near: tuple[str, ...]) -> None:
    assert Vocabulary(["referral", "police", "trafficking", "cats"]).near(typed) == near
