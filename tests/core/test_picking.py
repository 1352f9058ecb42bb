"""Few words typed at the answer of a look-up: understood, or read where they were meant for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.danger import Sign, compile_danger
from bot.core.looking import LONGEST, QUESTION, tells, to_look_up
from bot.core.picking import place_in, wants_next
from bot.core.session import Answer, Overlay, Said
from bot.core.tongue import other_tongue
from bot.core.turn import Find, LookUp
from tests.core.chat import OTHER_CODE, STATES, Chat, at_review, with_receipt
from tests.core.little import catalogue

FOUND = "[found] Going missing {}"
NAME, AGE, DAY = "entry/about/name", "entry/about/age", "entry/info/day"


def state(name: str) -> Chat:
    made: Callable[[], Chat] = STATES[name]
    return made()


def dangerous() -> Catalogue:
    return replace(catalogue(), danger=compile_danger([Sign("knife", ("has a knife",))]))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2", 2),
        ("2.", 2),
        ("#2", 2),
        ("number 12", 12),
        ("No. 2", 2),
        ("no 2", 2),
        ("nr 2", 2),
        ("option 3 please", 3),
        ("the second", 2),
        ("the second one", 2),
        ("First", 1),
        ("fifth", 5),
        ("two", 2),
        ("five", 5),
        ("3rd", 3),
        ("999", 999),
        ("1000", 0),
        ("2?", 0),
        ("the second?", 0),
        ("no one", 0),
        ("no two", 0),
        ("nor 2", 0),
        ("the second girl", 0),
        ("87a", 0),
        ("the", 0),
        ("", 0),
    ],
)
def test_which_place_few_words_name(text: str, place: int) -> None:
    assert place_in(text) == place


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("next", True),
        ("Other!", True),
        ("others", True),
        ("another one", True),
        ("the next two", True),
        ("see the next two", True),
        ("no, not that", False),
        ("no not that", True),
        ("not that one", True),
        ("show me more", True),
        ("no", False),
        ("no one", False),
        ("next week", False),
        ("other council", False),
    ],
)
def test_which_words_ask_for_the_next_passage(text: str, *, wanted: bool) -> None:
    assert wants_next(text) is wanted


def test_a_place_in_words_presses_its_button() -> None:
    assert FOUND.format(3) in at_review().say("? missing", "the second").text
    assert FOUND.format(2) in at_review().say("? missing", "number 1").text
    assert "Look: " in at_review().say("? missing", "the third").text  # carry on


@pytest.mark.parametrize("typed", ["4", "number 12", "fourth", "0", "2?", "..."])
def test_a_number_without_a_button_is_said_to_be_none_and_not_looked_up(typed: str) -> None:
    chat = at_review().say("? missing")
    before = chat.asks
    chat.say(typed)
    assert chat.effects == ()
    assert (chat.asks, "[reject_choice]" in chat.text) == (before, True)


def test_next_goes_round_what_was_found() -> None:
    chat = at_review().say("? missing")
    seen = [chat.say("next").present.found[0] for _ in range(3)]
    assert seen == ["missing_2", "missing_3", "missing_1"]
    assert chat.labels == ["Going missing 2", "Going missing 3", "<carry_on>"]


def test_where_there_is_no_other_next_asks_for_other_words() -> None:
    chat = at_review().say("? bus times", "other")
    assert chat.asks == "[look_up]"
    assert "Look: " in chat.press("<carry_on>").text
    assert Chat().start("p-missing_1").say("next").asks == "[look_up]"


def test_where_words_are_wanted_no_word_names_a_passage() -> None:
    assert at_review().say("look up", "next").effects == (Find("next", "north"),)
    chat = at_review().say("look up", "the second")
    assert chat.effects == (Find("the second", "north"),)
    chat = at_review().say("look up", "2")
    assert chat.effects == ()
    assert "[reject_text]" in chat.text


@pytest.mark.parametrize("opened", ["? missing", "? bus times", "look up"])
def test_an_answer_that_nobody_would_look_up_is_read_where_it_was_meant_for(opened: str) -> None:
    number = state("a number")
    assert number.say(opened, "14").present.answers[AGE].value == 14
    assert number.effects == ()
    day = state("a date")
    day.say(opened, "20/11/2026")
    assert day.present.answers[DAY].value == "2026-11-20"
    text = state("a short text").say(opened, "2013-05")
    assert text.present.answers[NAME].value == "2013-05"
    tick = state("a tick")
    before = dict(tick.present.marks)
    tick.say(opened, "2? 3")
    assert tick.present.overlay is Overlay.NONE
    assert len(tick.present.marks) == len({*before, "x", "y"})


def test_a_number_no_question_takes_is_no_answer() -> None:
    chat = state("a number").say("? missing", "99")
    assert "[reject_choice]" in chat.text
    assert chat.present.overlay is Overlay.FOUND


@pytest.mark.parametrize("typed", ["...", "-.-"])
def test_signs_without_a_letter_or_digit_are_no_answer_and_no_question(typed: str) -> None:
    chat = state("a short text").say("? missing", typed)
    assert "[reject_choice]" in chat.text
    assert NAME not in chat.present.answers
    chat = state("a choice").say("look up", "12")
    assert "[reject_text]" in chat.text


def test_numbers_are_read_beneath_only_where_the_question_lies_right_beneath() -> None:
    chat = state("a number").start().say("? missing", "14")
    assert "[reject_choice]" in chat.text
    assert chat.press("<carry_on>").asks == "[resume]"


def test_what_is_told_at_an_answer_is_read_where_the_person_was() -> None:
    chat = state("a long text").say("? missing", "he takes her to a flat")
    assert chat.effects == ()
    assert Answer(Said.VALUE, "he takes her to a flat") in chat.present.answers.values()
    chat = Chat().start().say("? missing", "he takes her to a flat")
    assert "[words_later]" in chat.text
    assert chat.present.told == "he takes her to a flat"


def test_what_is_told_where_it_would_be_lost_is_looked_up() -> None:
    over = Chat().start().press("No", "Elsewhere", "Public").say("? missing", "he is missing")
    assert over.effects == (Find("he is missing", "elsewhere"),)
    sent = state("after sending").say("? missing", "he is missing")
    assert sent.effects == (Find("he is missing", "north"),)
    asked = state("a long text").say("look up", "he is missing")
    assert asked.effects == (Find("he is missing", "north"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("he is missing", True),
        ("mum has a knife", True),
        ("missing", False),
        ("what if he has a knife", False),
        ("he has a knife?", False),
        ("mum has a knife what do i do", False),
        ("he is missing who do we tell", False),
        ("he is missing and how we got here is bad", False),
        ("he knows where she lives", True),
    ],
)
def test_what_tells_and_asks_nothing(text: str, *, told: bool) -> None:
    assert tells(dangerous(), text) is told


def test_words_of_danger_told_at_an_answer_are_kept_for_the_question_beneath() -> None:
    chat = Chat(dangerous()).start().press("No", "North", "Public", "No")
    chat.say("? missing", "mum has a knife")
    assert "[danger_noticed]" in chat.text
    chat.press("<carry_on>")
    assert Answer(Said.VALUE, "mum has a knife") in chat.present.answers.values()
    assert chat.present.overlay is Overlay.NONE


@pytest.mark.parametrize("typed", ["who has a knife missing", "? who has a knife missing"])
@pytest.mark.parametrize("opened", ["look up", "? missing"])
def test_words_of_danger_at_a_look_up_after_sending_lead_back_to_what_was_sent(
    opened: str, typed: str
) -> None:
    chat = at_review(dangerous()).press("Send it", "<saved_it>").say(opened, typed)
    assert "[danger_noticed]" in chat.text
    chat.press("<carry_on>")
    assert chat.effects == (Find("who has a knife missing", "north"),)
    assert chat.present.overlay is Overlay.FOUND
    assert "[saved]" in chat.press("<carry_on>").text


def test_a_story_with_danger_at_a_look_up_is_read_where_the_person_was() -> None:
    chat = Chat(dangerous()).start().press("No", "North", "Public", "No").say("look up")
    story = "m" * QUESTION + " has a knife"
    chat.say(story).press("<carry_on>")
    assert Answer(Said.VALUE, story) in chat.present.answers.values()


@pytest.mark.parametrize("typed", ["?", " ?? ", "?!"])
def test_a_question_mark_alone_asks_what_to_look_up(typed: str) -> None:
    chat = state("a tick").say("1")
    marks = chat.present.marks
    assert chat.say(typed).asks == "[look_up]"
    assert chat.press("<carry_on>").present.marks == marks
    assert Chat().say(typed).asks == "Q danger_now"


def test_after_sending_the_area_it_went_to_comes_first() -> None:
    sent = state("after sending").say("missing")
    assert sent.effects == (Find("missing", "north"),)
    assert FOUND.format(1) in sent.text
    assert sent.say("bus times").asks == "[not_found] Phone council."
    addition = state("an addition").say("? missing")
    assert addition.effects == (Find("missing", "north"),)


def test_a_report_that_went_to_no_area_is_of_none() -> None:
    content = catalogue()
    routes = {id_: replace(route, area="common") for id_, route in content.routes.items()}
    chat = at_review().press("Send it", "<saved_it>")
    chat.catalogue = replace(content, routes=routes)
    assert chat.say("missing").effects == (Find("missing", ""),)
    chat.catalogue = replace(content, routes={})
    assert chat.say("missing").effects == (Find("missing", ""),)


def test_a_code_at_an_answer_is_still_a_code() -> None:
    chat = with_receipt(at_review()).say("? missing", OTHER_CODE)
    assert chat.effects == (LookUp(OTHER_CODE),)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Potrzebuję pomocy, moja córka", True),
        ("gdzie moge zglosic, nie wiem", True),
        ("Am nevoie de ajutor pentru fiica mea", True),
        ("mujhe madad chahiye", True),
        ("مجھے مدد چاہیے", True),
        ("помогите мне", True),
        ("求助 mase", False),
        ("求助求助求 mase", True),
        ("what is mase", False),
        ("is Łukasz at school", False),
        ("Łukasz i Żaneta", True),
        ("nie", False),
        ("my friend José and Zoë went missing", False),
        ("12 ?", False),
        ("", False),
    ],
)
def test_what_is_plainly_another_language(text: str, *, other: bool) -> None:
    assert other_tongue(text) is other


@pytest.mark.parametrize(
    "name", ["a choice", "a tick", "the review", "after sending", "an answer"]
)
def test_another_language_is_said_not_to_be_understood_and_nothing_is_lost(name: str) -> None:
    chat = state(name)
    before = chat.asks.removeprefix("[welcome] ")
    answers, marks = chat.present.answers, chat.present.marks
    chat.say("? gdzie jest mój syn")
    assert "[english_only]" in chat.text
    assert chat.asks.endswith(before)
    assert chat.effects == ()
    assert (chat.present.answers, chat.present.marks) == (answers, marks)


def test_another_language_before_a_talk_is_said_not_to_be_understood() -> None:
    chat = Chat().say("gdzie jest mój syn")
    assert "[english_only]" in chat.text
    assert "Q danger_now" in chat.text


@pytest.mark.parametrize("typed", ["mis\u200bsing", "\u200fmissing\ufe0f", "\ufeff missing\u00ad"])
def test_characters_that_nobody_sees_are_not_looked_up(typed: str) -> None:
    assert at_review().say(f"? {typed}").effects == (Find("missing", "north"),)
    assert to_look_up(" " + "m" * (LONGEST + 9)) == "m" * LONGEST
