from __future__ import annotations

import pytest

from bot.core.reading import Spelling, one_slip

SPELLING = Spelling(
    means={"rn": ("right", "now"), "hes": ("he", "s"), "gna": ("going", "to"), "help": ("help",)},
    known=frozenset({"kill", "help", "knife", "overdose", "boss", "scared"}),
    keep=frozenset({"moss"}),
)


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("Hes GNA stab me rn", " . he s going to stab me right now . "),
        ("HEEELP!!! meee", " . help . me . "),
        ("killllll", " . kill . "),
        ("he’s got a kinfe", " . he s got a knife . "),
        ("a knofe, an overdse", " . a knife an overdose . "),
        ("im scrd", " . im scared . "),
        ("the man's dog", " . the man s dog . "),
        ("dont\ngo", " . dont . go . "),
        ("Ｈélp", " . help . "),
        ("", " . "),
        ("...", " . "),
        ("h3lp", " . help . "),
        ("b0ss", " . boss . "),
        ("kn1fe kn17e", " . knife kn17e . "),
        ("dog's", " . dog s . "),
        ("o'dog's", " . odog s . "),
        ("'hes'", " . he s . "),
        ("he's", " . he s . "),
        ("abc", " . abc . "),
        ("hlp hlq", " . help hlq . "),
        ("kil", " . kil . "),
        ("kills", " . kill . "),
        ("akill", " . akill . "),
        ("bosss moooss", " . boss moss . "),
        ("hesss", " . he s . "),
        ("hlp?! Kil. .", " . help . kil . "),
    ],
)
def test_typed_words_become_plain_words(typed: str, line: str) -> None:
    assert SPELLING.read(typed).line == line


def test_each_word_knows_where_it_stood_in_code_points() -> None:
    text = "😱 hes gna"
    reading = SPELLING.read(text)
    words = reading.words(reading.line.index(" s "), len(reading.line) - 1)
    assert [text[slice(*reading.spans[i])] for i in words] == ["hes", "gna", "gna"]


def test_a_sentence_is_counted_from_its_break() -> None:
    assert SPELLING.read("a b. c").sentences == (1, 1, 1, 2, 2, 3)


def test_a_word_that_rules_use_is_never_taken_for_another() -> None:
    assert SPELLING.meant("boss") == ("boss",)
    assert SPELLING.meant("moss") == ("moss",)


@pytest.mark.parametrize("typed", ["knife", "knif", "knifes", "kinfe", "knige", "nknife"])
def test_one_slip_is_known(typed: str) -> None:
    assert one_slip(typed, "knife")


@pytest.mark.parametrize("typed", ["knifess", "kn", "kinef", "fork", "knoge"])
def test_two_slips_are_not(typed: str) -> None:
    assert not one_slip(typed, "knife")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ab", "ba"), ("abc", "acb"), ("abcd", "abdc"), ("a", "b"), ("a", "")],
)
def test_a_slip_is_one_letter_or_two_neighbours(typed: str, meant: str) -> None:
    assert one_slip(typed, meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("abc", "cba"), ("abcx", "acby"), ("", "ab"), ("abc", "abcde"), ("ab", "bac")],
)
def test_anything_more_is_another_word(typed: str, meant: str) -> None:
    assert not one_slip(typed, meant)


def test_of_two_words_that_may_be_meant_it_is_the_longer_then_the_first() -> None:
    near = Spelling(known=frozenset({"scar", "scared", "scarf", "stare", "start"}))
    assert near.meant("scare") == ("scared",)
    assert near.meant("starx") == ("stare",)


def test_a_word_with_its_vowels_left_out_is_the_shortest_that_it_may_be() -> None:
    near = Spelling(known=frozenset({"hurting", "hurt", "heart"}))
    assert near.meant("hrt") == ("hurt",)


def test_words_with_digits_are_no_words_to_repair_others_by() -> None:
    near = Spelling(known=frozenset({"2moro", "abc"}))
    assert near.meant("2moroo") == ("2moroo",)
    assert near.meant("abd") == ("abd",)


def test_the_words_between_two_places_leave_out_the_breaks_at_either_end() -> None:
    reading = SPELLING.read("one. two. three")
    assert reading.line == " . one . two . three . "
    assert reading.words(0, len(reading.line)) == range(1, 6)
    assert reading.words(reading.line.index(" two"), reading.line.index(" three")) == range(3, 4)
    assert SPELLING.read("").words(0, 2) == range(1)


def test_a_reading_knows_each_of_its_words_once() -> None:
    assert SPELLING.read("to be or to").known == {"", ".", "to", "be", "or"}
