"""Words that shift blame to a child are remarked; quoted speech and ordinary uses are not."""

from __future__ import annotations

import pytest

from bot.core.whose import Whose
from bot.core.wording import Label, Remark, WordingRules, compile_wording, labels_in, look


def rules() -> WordingRules:
    """Compiled anew for each test, as an edition is."""
    return compile_wording(
        [
            Label("streetwise", ("streetwise",), "why", "instead", unless=("streetwise project",)),
            Label("partner", ("boyfriend", "older boyfriend"), "why", "instead"),
            Label("boyish", ("boyfriend",), "another why", "another instead"),
            Label("choosing", ("chooses to _",), "why", "instead"),
        ],
        whose=Whose(
            frozenset({"mother", "man"}),
            frozenset({"she"}),
            ("the word",),
            ("calls her", "recorded as"),
            ("but", "and she"),
            ("not (a|at|her) (all)", "supposed"),
        ),
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dad calls her streetwise", []),
        ("Dad calls her a bit of a streetwise girl", []),
        ("Dad calls her kind. Streetwise", ["Streetwise"]),
        ("Streetwise, he calls her", ["Streetwise"]),
        ("Dad calls her kind but streetwise", ["streetwise"]),
        ("Dad calls her kind and she chooses to go", ["chooses to go"]),
        ("But dad calls her streetwise", []),
        ("Dad calls her streetwise but sad", []),
        ("Recorded as streetwise", []),
    ],
)
def test_what_somebody_else_is_said_to_have_called_the_child(
    text: str, expected: list[str]
) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is not streetwise", []),
        ("She is not a streetwise girl", []),
        ("Not at all streetwise", []),
        ("She is not happy, streetwise", ["streetwise"]),
        ("Streetwise she is not", ["Streetwise"]),
        ("This is not her older boyfriend", []),
        ("Her supposed boyfriend", []),
        ("Supposed. Boyfriend", ["Boyfriend"]),
    ],
)
def test_words_that_are_rejected(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He goes to Streetwise on Monday", []),
        ("Goes To Streetwise on Monday", []),
        ("He goes to the StreetWise", []),
        ("He goes to the Older Boyfriend", []),
        ("He goes to the Older boyfriend", ["Older boyfriend"]),
        ("Streetwise on Monday", ["Streetwise"]),
        ("She Is Streetwise", ["Streetwise"]),
        ("SHE IS STREETWISE", ["STREETWISE"]),
        ("He is STREETWISE now", ["STREETWISE"]),
        ("the worry: Streetwise girl", ["Streetwise"]),
        ("the worry (Streetwise girl)", ["Streetwise"]),
        ("the worry - Streetwise girl", ["Streetwise"]),
    ],
)
def test_a_name_is_no_label(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The streetwise of the man", []),
        ("A boyfriend by an older man", []),
        ("A boyfriend of hers, man", ["boyfriend"]),
        ("A boyfriend of", ["boyfriend"]),
        ("A boyfriend man", ["boyfriend"]),
        ("She has a boyfriend of the", ["boyfriend"]),
        ("A man is the boyfriend of hers", []),
        ("A young man is the boyfriend of hers", ["boyfriend"]),
        ("She is young. A man is the boyfriend", []),
        ("Man. Is the boyfriend", ["boyfriend"]),
    ],
)
def test_an_adult_named_behind_the_words(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


def test_the_words_by_which_it_is_told_whose_words_they_are_are_not_misread() -> None:
    rules_ = compile_wording(
        [Label("streetwise", ("streetwise",), "why", "instead"), Label("x", ("mothes",), "", "")],
        whose=Whose(frozenset({"mother"}), about_words=("a file",)),
    )
    assert look("The mother is streetwise", rules_) == ()
    assert look("A fille about her: streetwise", rules_) == ()


def test_of_two_labels_on_the_same_words_the_longer_is_remarked() -> None:
    assert [remark.why for remark in look("Her older boyfriend", rules())] == ["why"]


def test_labels_are_told_by_their_ids() -> None:
    assert labels_in("streetwise boyfriend", rules()) == {"streetwise", "partner", "boyish"}
