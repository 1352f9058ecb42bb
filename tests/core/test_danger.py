from __future__ import annotations

import pytest

from bot.core.danger import Context, Cue, DangerRules, Sign, compile_danger, find


def rules() -> DangerRules:
    """Compiled anew for each test, as an edition is."""
    return compile_danger(
        signs=[
            Sign("weapon", ("has ... knife",), unless=("knife and fork",)),
            Sign("meeting", ("meeting a man",), together_with=("tonight",)),
            Sign("suicide", ("end it",), despite=("past",)),
            Sign("help", ("help me",)),
        ],
        contexts=[
            Context("past", ("last year",), not_with=("now",)),
            Context("over", ("false alarm",), whole=True),
        ],
        keep=["knifed"],
    )


def ids(text: str) -> list[str]:
    return [cue.id for cue in find(text, rules())]


def test_a_cue_says_where_it_stands() -> None:
    text = "😱 he has a kinfe!"
    assert find(text, rules()) == (Cue("weapon", 5, 16),)
    assert text[5:16] == "has a kinfe"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nothing here", []),
        ("", []),
        ("has knife and fork has a knife", ["weapon"]),
        ("has a knife knife and fork", ["weapon"]),
        ("Tonight. She is meeting a man. We ate.", ["meeting"]),
        ("She is meeting a man. Tonight. We ate.", ["meeting"]),
        ("She is meeting a man. We ate. Tonight.", []),
        ("Last year. Today he has a knife", ["weapon"]),
        ("he is knifed", []),
        ("she has a knife and fork", []),
        ("a knife is what he has", []),
        ("last year he has a knife", []),
        ("last year he has a knife now", ["weapon"]),
        ("That was last year. He has a knife", ["weapon"]),
        ("he has a knife. false alarm", []),
        ("she is meeting a man", []),
        ("she is meeting a man tonight", ["meeting"]),
        ("Tonight. She is meeting a man.", ["meeting"]),
        ("Tonight. We ate. We slept. She is meeting a man.", []),
        ("I will end it, like last year", ["suicide"]),
        ("help me he has a knife", ["help", "weapon"]),
    ],
)
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert ids(text) == expected
