"""Words weigh for danger or against it: where no sign was foreseen, and where one is mistaken."""

from __future__ import annotations

import math

import pytest

from bot.core.danger import WEIGHED, Cue, DangerRules, Sign, compile_danger, find, signed
from bot.core.reading import Spelling
from bot.core.weighing import NO_SIGN, SIGN, Points, Weighed, parts, said

BOTH = Weighed(with_sign=True, alone=True)
ONE = Weighed(with_sign=True, alone=False)
NEITHER = Weighed(with_sign=False, alone=False)
KINDS = {"he": "<man>", "knife": "<weapon>", "gun": "<weapon>"}


def heard(text: str) -> list[str]:
    reading = Spelling().read(text)
    return [words for words, _ in said(reading.line.split(), KINDS, asks=reading.asks)]


def placed(text: str) -> dict[str, tuple[int, int]]:
    return dict(said(Spelling().read(text).line.split(), KINDS))


def weighed(text: str, points: Points) -> Weighed:
    return points.weigh(Spelling().read(text))


def rules(points: Points) -> DangerRules:
    return compile_danger([Sign("knife", ("has a knife",))], points=points)


def test_a_message_says_its_words_beginnings_pairs_and_threes_and_how_long_it_is() -> None:
    assert heard("she stabbed") == [
        *(".", "she", ". she", "stabbed", "stab*", "she stabbed", ". she stabbed"),
        *(".", "stabbed .", "she stabbed .", "length 2"),
    ]


def test_words_of_a_kind_say_their_kind_alone_beside_others_and_with_a_word_between() -> None:
    assert heard("he got gun x") == [
        *(".", "he", "<man>", ". he", ". <man>"),
        *("got", "he got", "<man> got", ". <man> got"),
        *("gun", "<weapon>", "got gun", "got <weapon>", "<man> got <weapon>", "<man> _ <weapon>"),
        *("x", "gun x", "<weapon> x", "got <weapon> x"),
        *(".", "x .", "<weapon> x .", "<man> & <weapon>", "length 4"),
    ]


def test_two_words_of_a_kind_side_by_side_have_nothing_between() -> None:
    assert [words for words in heard("he knife x") if " _ " in words] == []
    assert [words for words in heard("x he gun") if " _ " in words] == []


def test_kinds_of_one_sentence_are_said_together_each_two_once() -> None:
    together = [one for one in heard("a gun for 7 x. he x. gun y knife y he") if " & " in one]
    assert together == ["<age> & <weapon>", "<man> & <weapon>"]
    assert [one for one in heard("gun. he.") if " & " in one] == []
    assert [one for one, _ in said(["gun", "x", "he"], KINDS) if " & " in one] == [
        "<man> & <weapon>"
    ]


def test_a_message_is_one_part_until_it_is_long() -> None:
    assert list(parts(["x"] * 45)) == [["x"] * 45]
    assert next(parts(["x"] * 46)) == ["x"] * 46


def test_a_long_message_is_in_parts_of_whole_sentences_that_overlap() -> None:
    nine = ["x"] * 9
    words = [".", *nine, ".", *nine, ".", *nine, ".", *nine, ".", *nine, "."]
    spans = [(part[0], len(part), part[-1]) for part in parts(words)]
    assert spans == [
        *((".", 51, "."), (".", 31, "."), (".", 31, "."), (".", 31, ".")),
        *((".", 21, "."), (".", 11, "."), (".", 1, ".")),
    ]


def test_short_sentences_do_not_each_begin_a_part() -> None:
    words = [str(n) if n % 9 else "." for n in range(60)]
    assert [words.index(part[1]) - 1 for part in parts(words)][1:] == [0, 18, 36, 54]


def test_a_long_sentence_is_cut_into_parts() -> None:
    words = [str(n) for n in range(100)]
    assert [(part[0], len(part)) for part in parts(words)] == [
        *(("0", 100), ("0", 46), ("25", 46), ("50", 46), ("75", 25)),
    ]
    ended = [*words[:45], ".", *words[46:]]
    assert [len(part) for part in parts(ended)][1] == 46
    assert [len(part) for part in parts([*words[:24], ".", "x", *words[26:]])][1] == 46
    assert [len(part) for part in parts([*words[:25], ".", "x", *words[27:]])][1] == 26


def test_a_long_message_weighs_the_mean_of_the_whole_and_its_weightiest_part() -> None:
    points = Points({"a": 100, "b": 80}, start=0)
    assert points.weight([{"a", "b"}, {"b"}, {"a"}]) == (180 / math.sqrt(2) + 100) / 2
    assert points.weight([{"b"}]) == 80


@pytest.mark.parametrize(("asks", "found"), [(220, BOTH), (221, NEITHER)])
def test_danger_in_the_middle_of_a_long_message_counts(asks: int, found: Weighed) -> None:
    points = Points({"gun": 300, "z": -100}, asks=asks)  # whole 200 / root of 2, a part 300
    assert weighed("z. " + "x. " * 30 + "gun. " + "x. " * 30 + "z.", points) == found


def test_a_word_of_four_letters_has_no_beginning_of_its_own() -> None:
    assert "stab*" not in heard("stab")


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        *(("4", "number"), ("5", "age"), ("17yo", "age"), ("18", "number"), ("1899", "number")),
        *(("1900", "year"), ("2099", "year"), ("2100", "number"), ("2a2", "number")),
        ("1" * 5000, "number"),
    ],
)
def test_a_number_is_an_age_a_year_or_a_number(number: str, kind: str) -> None:
    assert next(words for words in heard(number) if words.startswith("<")) == f"<{kind}>"


@pytest.mark.parametrize(
    ("many", "length"), [(0, 0), (1, 1), (3, 3), (4, 4), (5, 4), (6, 5), (23, 7), (24, 8), (99, 8)]
)
def test_few_words_are_a_length_of_their_own_and_more_are_by_sixes(many: int, length: int) -> None:
    assert heard("x " * many)[-1] == f"length {length}"


def test_a_question_mark_anywhere_is_said() -> None:
    assert heard("is it? yes")[-1] == "?"
    assert "?" not in heard("it is")


def test_each_thing_said_stands_where_its_words_stand() -> None:
    where = placed("he stabbed a gun")
    assert (where["stabbed"], where["stab*"], where["he stabbed"]) == ((2, 2), (2, 2), (1, 2))
    assert (where["<man> stabbed"], where["<man> stabbed a"]) == ((1, 2), (1, 3))
    assert (where["<man>"], where["length 4"]) == ((1, 1), (0, -1))
    assert placed("he has gun?")["<man> _ <weapon>"] == (1, 3)
    assert placed("he has gun")["<man> & <weapon>"] == (0, -1)
    assert dict(said(["gun"], KINDS, asks=True))["?"] == (0, -1)


def test_a_message_weighs_the_start_and_its_points_over_the_root_of_how_many_they_are() -> None:
    points = Points({"a": 100, "b": 200, "c": 30, "a b": 100}, start=-50)
    assert points.total({"a", "b", "a b", "unknown"}) == -50 + 400 / math.sqrt(3)
    assert points.total(()) == -50


def test_a_word_said_twice_counts_once() -> None:
    assert weighed("a x a", Points({"a": 100}, asks=101)).alone is False
    assert weighed("a x a", Points({"a": 100}, asks=100)).alone is True


@pytest.mark.parametrize(("asks", "found"), [(140, BOTH), (200, ONE)])
def test_whether_a_sign_stands_is_weighed_with_the_words(asks: int, found: Weighed) -> None:
    points = Points({"a": 200, SIGN: 100, NO_SIGN: 0}, asks=asks)
    assert weighed("a", points) == found
    assert weighed("x", Points({"a": 1, SIGN: 100}, asks=100)) == ONE
    assert weighed("x", Points({"a": 1, NO_SIGN: -9}, asks=0)) == ONE
    assert weighed("x", Points({"a": 1}, asks=1)) == NEITHER


def test_what_weighs_most_is_named_and_never_the_end_of_a_sentence() -> None:
    points = Points({". help": 900, "help": 20, "help now": 40, "now": -10, "length 2": 99})
    assert points.most(Spelling().read("help now")) == range(1, 3)
    assert points.most(Spelling().read("...")) == range(0)


def test_of_equals_the_later_in_the_alphabet_is_named() -> None:
    assert Points({"a": 5, "b": 5}).most(Spelling().read("a b")) == range(2, 3)
    assert Points({"b": 5, "c": -5}).most(Spelling().read("c b c")) == range(2, 3)


@pytest.mark.parametrize(("asks", "asked"), [(150, (Cue(WEIGHED, 3, 6),)), (151, ())])
def test_words_that_weigh_enough_are_asked_about(asks: int, asked: tuple[Cue, ...]) -> None:
    assert find("oh gun oh no", rules(Points({"gun": 150}, asks=asks))) == asked


def test_where_a_sign_stands_its_own_words_are_named() -> None:
    found = find("he has a knife", rules(Points({"he": 500}, asks=100)))
    assert found == (Cue("knife", 3, 14),)


@pytest.mark.parametrize(("asks", "found"), [(-200, 1), (-199, 0)])
def test_words_that_speak_strongly_against_hold_a_sign_back(asks: int, found: int) -> None:
    held = rules(Points({"museum": -200}, asks=asks))
    assert len(find("museum has a knife", held)) == found


def test_what_asks_only_with_a_sign_is_not_asked_about_without() -> None:
    held = rules(Points({"he": 60, SIGN: 100, NO_SIGN: -100}, asks=80))
    assert find("he has a knife", held)
    assert not find("he has a fork", held)


def test_without_points_only_signs_count() -> None:
    bare = compile_danger([Sign("knife", ("has a knife",))])
    assert find("he has a knife", bare)
    assert not find("gun", bare)


@pytest.mark.parametrize(("text", "stands"), [("he has a knife", True), ("a gun", False)])
def test_a_sign_stands_whatever_the_words_weigh(text: str, *, stands: bool) -> None:
    held = rules(Points({"a": -500}, asks=100))
    assert signed(held.spelling.read(text), held) is stands


@pytest.mark.parametrize("text", ["", "...", "?!"])
def test_a_message_without_words_is_never_asked_about(text: str) -> None:
    assert find(text, rules(Points({"gun": 1}, start=500, asks=100))) == ()


@pytest.mark.parametrize(("text", "found"), [("gun", 0), ("gun gun.", 0), ("gun x", 1)])
def test_a_single_word_is_asked_about_only_as_a_sign(text: str, found: int) -> None:
    assert len(find(text, rules(Points({"gun": 500}, asks=100)))) == found
