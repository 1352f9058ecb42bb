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
