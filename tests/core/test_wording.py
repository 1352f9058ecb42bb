"""Words that shift blame to a child are remarked; quoted speech and ordinary uses are not."""

from __future__ import annotations

import pytest

from bot.core.wording import Label, Remark, Whose, WordingRules, compile_wording, labels_in, look


def rules() -> WordingRules:
    """Compiled anew for each test, as an edition is."""
    return compile_wording(
        [
            Label("streetwise", ("streetwise",), "why", "instead", unless=("streetwise project",)),
            Label("partner", ("boyfriend", "older boyfriend"), "why", "instead"),
            Label("boyish", ("boyfriend",), "another why", "another instead"),
            Label("choosing", ("chooses to _",), "why", "instead"),
        ],
        whose=Whose(frozenset({"mother", "man"}), frozenset({"she"}), ("the word",)),
    )


def terms(text: str) -> list[str]:
    return [remark.term for remark in look(text, rules())]


def test_a_remark_says_where_why_and_what_instead() -> None:
    assert look("😱 Streetwise!", rules()) == (Remark(2, 12, "Streetwise", "why", "instead"),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("streetwise streetwise project", ["streetwise"]),
        ("the streetwise project streetwise", ["streetwise"]),
        ("“streetwise” streetwise", ["streetwise"]),
        ("streetwise “streetwise”", ["streetwise"]),
        ("“she is streetwise and quick” they said", []),
        ("she “is” streetwise", ["streetwise"]),
        ("He said that streetwise “girl” left", ["streetwise"]),
        ("A man saw the child. streetwise", ["streetwise"]),
        ("A man and she, streetwise", ["streetwise"]),
        ("She and a man, streetwise", []),
        ("She is streetwise. Why not the word streetwise?", ["streetwise"]),
        ("She joined the streetwise project.", []),
        ("He called her “streetwise”.", []),
        ("He called her 'streetwise', she said.", []),
        ('"She\'s streetwise" said the teacher.', []),
        ("She's streetwise, isn't she", ["streetwise"]),
        ("Her mother's boyfriend moved in.", []),
        ("Her mother says she has a boyfriend.", ["boyfriend"]),
        ("The man left. Her boyfriend came.", ["boyfriend"]),
        ("Why not the word streetwise? She is streetwise.", ["streetwise"]),
        ("Her older boyfriend", ["older boyfriend"]),
        ("She chooses to go with her boyfriend.", ["chooses to go", "boyfriend"]),
    ],
)
def test_what_is_remarked(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_of_two_labels_on_the_same_words_the_longer_is_remarked() -> None:
    assert [remark.why for remark in look("Her older boyfriend", rules())] == ["why"]


def test_labels_are_told_by_their_ids() -> None:
    assert labels_in("streetwise boyfriend", rules()) == {"streetwise", "partner", "boyish"}
