"""Endings are taken off alike, wherever a word stands."""

from __future__ import annotations

import pytest

from bot.adapters.stemming import stem


@pytest.mark.parametrize(
    "words",
    [
        ("refer", "refers", "referred", "refering", "referral"),
        ("exploit", "exploited", "exploiting", "exploitation"),
        ("abuse", "abused", "abusing"),
        ("traffic", "trafficked", "trafficking"),
        ("policy", "policies"),
        ("disclose", "disclosed", "disclosure"),
        ("investigate", "investigating", "investigation"),
        ("vulnerable", "vulnerability"),
        ("anonymous", "anonymously", "anonymity"),
        ("witness", "witnesses"),
        ("stop", "stopped", "stopping"),
        ("call", "calls", "called", "calling"),
        ("assess", "assessed", "assessment"),
    ],
)
def test_words_of_one_family_are_one(words: tuple[str, ...]) -> None:
    assert len({stem(word) for word in words}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("meeting", "meet"), ("carer", "care"), ("thing", "th"), ("bed", "b")]
)
def test_words_that_are_not_of_one_family_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("word", ["87a", "cse1", "999", "iro", "crisis", "virus"])
def test_short_words_and_words_with_digits_stay_as_they_are(word: str) -> None:
    assert stem(word) == word
