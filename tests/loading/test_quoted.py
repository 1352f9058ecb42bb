from __future__ import annotations

import pytest

from bot.loading.quoted import not_said

SAYS = ("Tell the reviewing officer within 24 hours.", "Write it down.")


@pytest.mark.parametrize(
    "piece",
    ["tell the reviewing officer", "within 24 hours", "The  Reviewing\nofficer,", "Write it down"],
)
def test_words_are_said_whatever_their_letters_and_marks(piece: str) -> None:
    assert not_said(SAYS, piece) == ""


@pytest.mark.parametrize(
    "piece",
    ["within 2 hours", "tell the officer", "reviewing office", "24 hours write", "hours within"],
)
def test_other_words_or_words_of_two_sentences_are_not_said(piece: str) -> None:
    assert not_said(SAYS, piece) == "is not said any more"


def test_words_of_two_sentences_could_lose_one_unnoticed() -> None:
    found = not_said(("Do not wait.", "Do not wait for it."), "do not wait")
    assert found.startswith("stands in several sentences")


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Do not tell the reviewing officer.", "not"),
        ("Don’t tell the reviewing officer.", "don't"),
        ("Now you may tell the reviewing officer.", "may"),
        ("Tell the reviewing officer, unless it is late.", "unless"),
    ],
)
def test_a_word_that_takes_it_back_is_named(sentence: str, word: str) -> None:
    found = not_said((sentence,), "tell the reviewing officer")
    assert found.startswith(f"is taken back by “{word}”")


@pytest.mark.parametrize(
    "sentence",
    [
        "Do not wait: tell the reviewing officer.",
        "If you are not sure, tell the reviewing officer.",
        "Tell the reviewing officer, and not the parents.",
    ],
)
def test_a_no_in_another_part_of_the_sentence_takes_nothing_back(sentence: str) -> None:
    assert not_said((sentence,), "tell the reviewing officer") == ""


def test_a_no_that_is_quoted_takes_nothing_back() -> None:
    assert not_said(("You may not have to ask.",), "may not have to ask") == ""
