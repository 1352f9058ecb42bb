from __future__ import annotations

import pytest

from bot.core.needs import Needs
from bot.core.phrases import Looked, WrongPhrase, expression, look_for, needed, vocabulary
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
        ("has ... knife", "has one two three four knife", ["has one two three four knife"]),
        ("has ... knife", "has one two three four five knife", []),
        ("has ~ knife", f"has {'x ' * 12}knife", [f"has {'x ' * 12}knife"]),
        ("has ~ knife", f"has {'x ' * 13}knife", []),
        ("has ~ knife", "has it. A knife", []),
        ("help $", "help. Come", ["help"]),
        ("help $", "help him", []),
        ("has ... knife", "has has a knife", ["has has a knife"]),
        ("a ... b ... c", "a x b y c", ["a x b y c"]),
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


@pytest.mark.parametrize(
    "word",
    [
        *("not", "no", "never", "nobody", "none", "without", "if", "unless"),
        *("cannot", "hardly", "stopped", "stop", "avoid", "prevent"),
    ],
)
def test_a_gap_never_reaches_over_a_word_that_turns_the_sense(word: str) -> None:
    assert found("has ... knife", f"he has {word} a knife") == []
    assert found("has ... knife", f"he has {word}ish a knife") == [f"has {word}ish a knife"]


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("...", "“...” needs at least one word"),
        ("a,b", "“a,b” is no part of a phrase"),
        ("a||b", "“a||b” is no part of a phrase"),
        ("<nothing>", "there is no list “nothing”"),
        ("<loop>", "the list “loop” holds itself"),
    ],
)
def test_what_is_wrong_with_a_phrase_is_said(phrase: str, said: str) -> None:
    with pytest.raises(WrongPhrase) as wrong:
        expression(phrase, {"loop": ("<loop>",)})
    assert str(wrong.value) == said


def test_what_a_phrase_needs_is_one_word_of_each_of_its_parts() -> None:
    him, weapon = frozenset({"he", "they"}), frozenset({"knife", "gun", "bat"})
    lists = {"him": ("he|they",), "weapon": ("knife|gun", "baseball bat"), "any": ("stab*", "cut")}
    baseball = frozenset({"knife", "gun", "baseball"})
    assert set(needed("<him> ... <weapon>", lists)) <= {him, weapon, baseball}
    assert len(needed("<him> ... <weapon>", lists)) == 2
    assert needed("stab* (the) man", lists) == (frozenset({"man"}),)
    assert needed("<any>", lists) == ()
    assert needed("{get out|leave now}", lists) in {
        (frozenset({"get", "leave"}),),
        (frozenset({"get", "now"}),),
        (frozenset({"out", "leave"}),),
        (frozenset({"out", "now"}),),
    }
    assert frozenset({"is", "s"}) in needed("he is here", lists)


def test_a_list_that_holds_itself_is_refused() -> None:
    with pytest.raises(WrongPhrase, match="holds itself"):
        expression("<a>", {"a": ("x <b>",), "b": ("<a>",)})


def test_no_phrases_find_nothing() -> None:
    assert look_for([], LISTS).spans(Spelling().read("anything")) == ()


def test_the_vocabulary_is_every_whole_word() -> None:
    assert vocabulary(["<a>...<b>c"]) == {"c"}
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
