"""Words that may point to one child, where it was said that what is known points to none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Call, End, Manner, Outcome
from bot.core.facts import FactType
from bot.core.session import Answer, Said
from bot.core.text import Template
from tests.core.chat import Chat
from tests.core.little import REVIEW, catalogue
from tests.core.writing import ask, choice, dialog, text, to

POINTS = choice("child_identifiable", unsure=True)
ALSO = choice("has_information")
NOTE, WHAT = text("note"), text("what", FactType.LONG_TEXT)
WORRY = text("worry", FactType.LONG_TEXT)
TOO = "<child_too>"

ABOUT = dialog(
    "north/child",
    ask(WORRY, "done"),
    End(id="done", outcome=Outcome.RETURN),
    facts=(WORRY,),
    manner=Manner.NAMED,
)


def content(*, giveaway: bool = True) -> Catalogue:
    start = dialog(
        "common/start",
        ask(POINTS, "child_identifiable is yes or unsure > about", "what"),
        Call(id="about", dialog="north/child", next=to("also")),
        replace(ask(ALSO, "has_information is yes > what", "review"), id="also"),
        ask(WHAT, "note", skip="Leave out"),
        ask(NOTE, "review", skip="Leave out"),
        replace(REVIEW, text=Template("Look:"), giveaway=giveaway, next=to("over")),
        End(id="over", outcome=Outcome.FINISH, text=Template("Over.")),
        facts=(POINTS, ALSO, NOTE, WHAT),
    )
    return catalogue(start, ABOUT)


def told(words: str, note: str = "skip", points: str = "no") -> Chat:
    return Chat(content()).start().say(points, words, note)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Kayla Smith aged 14 of 12 Oak St is picked up", "aged 14"),
        ("A girl AGED about fifteen", "AGED about fifteen"),
        ("age 9 I think", "age 9"),
        ("a 14 year old girl", "14 year old"),
        ("a 17-year-old", "17-year-old"),
        ("a 12 yrs old", "12 yrs old"),
        ("some 14yo lad", "14yo"),
        ("a 13 y/o", "13 y/o"),
        ("Kayla is 14", "Kayla is 14"),
        ("She's only 13, and", "She's only 13"),
        ("he was fifteen and drunk", "he was fifteen"),
        ("a girl called Kayla", "girl called Kayla"),
        ("the lad is named Sam", "lad is named Sam"),
        ("her name is Kayla", "her name is Kayla"),
        ("the boy’s name is Sam", "the boy’s name is Sam"),
        ("she is in year 9", "year 9"),
        ("a yr 11", "yr 11"),
        ("goes to Weatherhead High School", "goes to Weatherhead High School"),
        ("a pupil at Pensby School", "pupil at Pensby School"),
    ],
)
def test_words_that_may_point_to_one_child_are_named_before_sending(
    words: str, found: str
) -> None:
    chat = told(words)
    assert f"[one_child] “{found}”" in chat.text
    assert chat.labels[0] == "Send it"
    assert TOO in chat.labels


@pytest.mark.parametrize(
    "words",
    [
        "girls aged 14 to 16",
        "girls aged 14-16",
        "14 year olds in uniform",
        "14-year-old girls",
        "a 13-15 year old crowd",
        "aged 40",
        "aged 140",
        "the man is 25 years old",
        "she is 45",
        "she is 2 doors down",
        "last year 9 men came",
        "year 6",
        "they go to the school",
        "outside Birkenhead High School",
        "his name is Dave",
        "a man called Dave",
        "a girl in school uniform",
        "about 10 at night",
    ],
)
def test_words_about_many_a_place_or_an_adult_are_left_alone(words: str) -> None:
    chat = told(words)
    assert "[one_child]" not in chat.text
    assert TOO not in chat.labels


def test_the_same_words_are_named_once_and_every_answer_is_looked_at() -> None:
    chat = told("She is in year 9, year 9.", note="a girl called Kayla")
    assert "[one_child] “year 9”, “girl called Kayla”" in chat.text


def test_it_is_not_asked_where_it_was_said_to_point_to_a_child() -> None:
    chat = told("Kayla aged 14", points="i don't know", note="no")
    assert "Look:" in chat.text
    assert ("[one_child]" in chat.text, TOO in chat.labels) == (False, False)


def test_it_is_not_asked_where_the_author_does_not_say_so() -> None:
    chat = Chat(content(giveaway=False)).start().say("no", "aged 14", "skip")
    assert ("Look:" in chat.text, "[one_child]" in chat.text) == (True, False)
    assert TOO not in chat.labels


def test_nothing_of_it_stands_before_the_review_and_it_never_blocks() -> None:
    chat = Chat(content()).start().say("no", "aged 14")
    assert ("[one_child]" in chat.text, TOO in chat.labels) == (False, False)
    assert "Over." in chat.say("skip").press("Send it").text


def test_one_press_leads_to_the_questions_about_the_child_and_loses_nothing() -> None:
    chat = told("Kayla aged 14", note="By the shop").press(TOO)
    assert "Earlier: Kayla aged 14" in chat.asks
    chat.press("<use_told>")
    answers = chat.present.answers
    assert answers["about/worry"].value == "Kayla aged 14"
    assert answers["child_identifiable"] == Answer(Said.VALUE, "yes")
    assert answers["also"] == Answer(Said.VALUE, "yes")
    assert (answers["what"].value, answers["note"].value) == ("Kayla aged 14", "By the shop")
    assert "Look:" in chat.text
    assert ("[one_child]" in chat.text, TOO in chat.labels) == (False, False)


def test_all_that_points_to_a_child_is_offered_and_no_more() -> None:
    both = told("She is in year 9", note="called a 14 year old").press(TOO)
    assert both.present.told == "She is in year 9\ncalled a 14 year old"


def test_words_too_few_to_tell_anything_are_not_offered_but_the_way_is_the_same() -> None:
    chat = told("aged 14").press(TOO)
    assert (chat.present.told, chat.asks) == ("", "Q worry")
    assert chat.present.misses == 0
