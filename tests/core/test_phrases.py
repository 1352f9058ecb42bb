from __future__ import annotations

import pytest

from bot.core.needs import Needs
from bot.core.phrases import Looked, WrongPhrase, expression, look_for, vocabulary
from bot.core.reading import Spelling

LISTS = {"weapon": ("knife|gun", "baseball bat"), "him": ("he|they",)}


def found(phrase: str, text: str) -> list[str]:
    reading = Spelling().read(text)
    spans = look_for([phrase], LISTS).spans(reading)
    return [text[reading.spans[w[0]][0] : reading.spans[w[-1]][1]] for w in spans]


@pytest.mark.parametrize(
    ("phrase", "text", "there"),
    [
        ("knife", "a knife.", ["knife"]),
        ("knife", "a penknife", []),
        ("knife|gun", "a gun", ["gun"]),
        ("a (big) knife", "a big knife, a knife", ["a big knife", "a knife"]),
        ("stab*", "he stabbed", ["stabbed"]),
        ("a _ knife", "a sharp knife", ["a sharp knife"]),
        ("a _ knife", "a knife", []),
        ("has ... knife", "he has got a very big knife", ["has got a very big knife"]),
        ("has ... knife", "he has got a very very big knife", []),
        ("has ... knife", "he has not got a knife", []),
        ("has ... knife", "he has. A knife", []),
        ("<him> ... <weapon>", "they hold a baseball bat", ["they hold a baseball bat"]),
        ("{come in|get out} now", "get out now", ["get out now"]),
        ("^ help $", "Come. Help! Now", ["Help"]),
        ("^ help $", "help me", []),
        ("help me|$", "please help", ["help"]),
        ("# years", "12 years", ["12 years"]),
        ("in ####", "in 2014, in 20", ["in 2014"]),
        ("he is here", "he's here", ["he's here"]),
        ("he has gone", "he's gone", ["he's gone"]),
    ],
)
def test_a_phrase_finds_what_it_says(phrase: str, text: str, there: list[str]) -> None:
    assert found(phrase, text) == there


@pytest.mark.parametrize(
    "phrase", ["", "...", "(a)", "a,b", "(a", "a)", "{a", "[a]", "<nothing>", "a||b", "A", "*"]
)
def test_what_is_not_in_the_language_is_refused(phrase: str) -> None:
    with pytest.raises(WrongPhrase):
        expression(phrase, LISTS)


def test_a_list_that_holds_itself_is_refused() -> None:
    with pytest.raises(WrongPhrase, match="holds itself"):
        expression("<a>", {"a": ("x <b>",), "b": ("<a>",)})


def test_no_phrases_find_nothing() -> None:
    assert look_for([], LISTS).spans(Spelling().read("anything")) == ()


def test_the_vocabulary_is_every_whole_word() -> None:
    assert vocabulary(["stab* (the) <weapon> a|b ... {c d|e}"]) == {"the", "a", "b", "c", "d", "e"}


def test_a_quick_no_is_never_wrong() -> None:
    """Each phrase finds the same with the words it needs and without looking at them."""
    lists = {"weapon": ("knife", "a (big) gun"), "now": ("now|tonight", "{right away|at once}")}
    phrases = (
        "<weapon> ... <now>",
        "stab*",
        "(he) is coming",
        "i|we _ scared",
        "{help me|save us}",
        "room #",
        "help|$",
    )
    texts = (
        "He has a gun tonight",
        "a big gun right away!",
        "stabbed",
        "he's coming",
        "we are scared",
        "Please help me",
        "room 6",
        "knife",
        "it is now",
        "nothing here at all",
    )
    spelling = Spelling()
    for phrase in phrases:
        looked = look_for([phrase], lists)
        always = Looked(looked.source, Needs(((),)))
        for written in texts:
            reading = spelling.read(written)
            assert looked.spans(reading) == always.spans(reading), (phrase, written)
