"""Words weigh for danger or against it: where no sign was foreseen, and where one is mistaken."""

from __future__ import annotations

import math

import pytest

from bot.core.danger import WEIGHED, Cue, DangerRules, Sign, compile_danger, find
from bot.core.reading import Spelling
from bot.core.weighing import Points, Weighed, said


def weighed(text: str, points: Points) -> Weighed:
    return points.weigh(Spelling().read(text))


def rules(points: Points) -> DangerRules:
    return compile_danger([Sign("knife", ("has a knife",))], points=points)


def test_a_message_says_its_words_beginnings_and_pairs_once_each() -> None:
    assert [words for words, _ in said(Spelling().read("he stabbed"))] == [
        *(".", "he", ". he", "stabbed", "stab*", "he stabbed", ".", "stabbed ."),
    ]


def test_a_word_of_four_letters_has_no_beginning_of_its_own() -> None:
    assert "stab*" not in dict(said(Spelling().read("stab")))


def test_each_thing_said_stands_where_its_words_stand() -> None:
    where = dict(said(Spelling().read("he stabbed")))
    assert (where["stab*"], where["he stabbed"]) == (range(2, 3), range(1, 3))


def test_a_message_weighs_the_start_and_its_points_over_the_root_of_how_many_they_are() -> None:
    points = Points({"a": 100, "b": 200, "c": 30, "a b": 100}, start=-50)
    assert weighed("a b", points).total == -50 + 400 / math.sqrt(3)


def test_a_word_said_twice_counts_once() -> None:
    points = Points({"a": 100})
    assert weighed("a x a", points).total == weighed("a", points).total == 100


def test_a_message_of_unknown_words_weighs_the_start() -> None:
    assert weighed("nothing known", Points({"a": 100}, start=7)) == Weighed(7, range(0), 2)


def test_what_weighs_most_is_named_and_never_the_end_of_a_sentence() -> None:
    points = Points({". help": 900, "help": 20, "help now": 40, "now": -10})
    assert weighed("help now", points).most == range(1, 3)
    assert weighed("help", Points({". help": 900})).most == range(0)


def test_of_equals_the_later_in_the_alphabet_is_named() -> None:
    assert weighed("a b", Points({"a": 5, "b": 5})).most == range(2, 3)


@pytest.mark.parametrize(("asks", "asked"), [(150, (Cue(WEIGHED, 3, 6),)), (151, ())])
def test_words_that_weigh_enough_are_asked_about(asks: int, asked: tuple[Cue, ...]) -> None:
    assert find("oh gun oh no", rules(Points({"gun": 150}, asks=asks))) == asked


def test_what_weighs_enough_by_a_sentence_s_end_alone_is_not_asked_about() -> None:
    assert find("gun x y z", rules(Points({". gun": 500}, asks=100))) == ()


def test_where_a_sign_stands_its_own_words_are_named() -> None:
    found = find("he has a knife", rules(Points({"he": 500}, asks=100)))
    assert found == (Cue("knife", 3, 14),)


@pytest.mark.parametrize(("silences", "found"), [(-200, 0), (-201, 1)])
def test_words_that_speak_strongly_against_hold_a_sign_back(silences: int, found: int) -> None:
    held = rules(Points({"museum": -200}, silences=silences))
    assert len(find("museum has a knife", held)) == found


@pytest.mark.parametrize(("text", "found"), [("gun x y.", 0), ("gun x y z.", 1)])
def test_in_fewer_than_four_words_only_a_sign_is_asked_about(text: str, found: int) -> None:
    assert len(find(text, rules(Points({"gun": 500}, asks=100)))) == found


def test_without_points_only_signs_count() -> None:
    assert find("he has a knife", compile_danger([Sign("knife", ("has a knife",))]))
    assert not find("gun", compile_danger([Sign("knife", ("has a knife",))]))


@pytest.mark.parametrize("text", ["", "...", "?!"])
def test_a_message_without_words_is_never_asked_about(text: str) -> None:
    assert find(text, rules(Points({"gun": 1}, start=500, asks=100))) == ()
