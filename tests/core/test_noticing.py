"""Danger in what a person types: one question with 999 first, and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.danger import Sign, compile_danger
from bot.core.emergency import DIAL_999
from bot.core.facts import LONG_TEXT_LIMIT
from bot.core.session import Overlay
from tests.core.chat import CODE, Chat
from tests.core.little import WHAT, catalogue, one_dialog
from tests.core.writing import ask, to

RULES = compile_danger([Sign("knife", ("has a knife",))])
WORRY = "He has a knife and is outside"


def writing() -> Chat:
    """Somebody at a question that takes any words, after one answer."""
    one = one_dialog(
        replace(ask(WHAT, "second"), id="first", next=to("second")),
        replace(ask(WHAT, "over"), id="second", next=to("over")),
        facts=(WHAT,),
    )
    return Chat(replace(one, danger=RULES)).start().say("It began in May")


def test_words_of_danger_bring_999_before_they_are_read() -> None:
    chat = writing().say(WORRY)
    assert "[danger_noticed]" in chat.text
    assert "second" not in chat.present.answers


def test_one_tap_goes_on_and_nothing_is_lost() -> None:
    chat = writing().say(WORRY).press("<carry_on>")
    assert chat.present.answers["second"].value == WORRY
    assert "Over" in chat.text


def test_a_button_typed_is_a_button_whatever_its_label_says() -> None:
    rules = compile_danger([Sign("no", ("no",)), Sign("start", ("start again",))])
    chat = Chat(replace(catalogue(), danger=rules)).start()
    assert "[danger_noticed]" not in chat.say("No").text
    assert "[danger_noticed]" in chat.say("oh no she said").text


@pytest.mark.parametrize("word", ["no", "carry on"])
def test_a_no_goes_on_too(word: str) -> None:
    assert writing().say(WORRY, word).present.answers["second"].value == WORRY


@pytest.mark.parametrize("word", ["yes", "unsure"])
def test_a_yes_shows_how_to_call_999_and_keeps_the_question(word: str) -> None:
    chat = writing().say(WORRY, word)
    assert chat.text == DIAL_999
    assert chat.present.overlay is Overlay.DANGER


def test_more_words_at_the_question_are_kept_with_the_first_and_ask_it_again() -> None:
    chat = writing().say(WORRY, "at 12 Church Road")
    assert "[reject_choice]" in chat.text
    assert "[danger_noticed]" in chat.text
    told = chat.press("<carry_on>").present.answers["second"].value
    assert told == f"{WORRY}\nat 12 Church Road"


def test_more_words_than_an_answer_may_have_do_not_push_the_first_away() -> None:
    chat = writing().say(WORRY, "x" * LONG_TEXT_LIMIT)
    assert len(chat.present.held) == LONG_TEXT_LIMIT
    assert chat.present.held.startswith(WORRY)


@pytest.mark.parametrize("word", ["answers", "receipt", "delete"])
def test_no_other_screen_covers_the_question(word: str) -> None:
    chat = writing().say(WORRY, word)
    assert "[danger_noticed]" in chat.text
    assert chat.present.held == WORRY


def test_opening_the_chat_again_leads_back_to_the_question() -> None:
    chat = writing().say(WORRY).start()
    assert "[danger_noticed]" in chat.text
    assert chat.press("<carry_on>").present.answers["second"].value == WORRY


def test_back_does_not_throw_away_what_was_typed() -> None:
    assert writing().say(WORRY, "back", "carry on").present.answers["second"].value == WORRY


def test_the_same_words_are_asked_about_once_in_a_session() -> None:
    chat = writing().say(WORRY).press("<carry_on>").say("back", "I said HE HAS A KNIFE")
    assert chat.present.answers["second"].value == "I said HE HAS A KNIFE"


def test_the_words_themselves_are_not_kept_after_they_were_asked_about() -> None:
    chat = writing().say(WORRY).press("<carry_on>").say("back")
    assert b"knife" not in chat.present.dump()


def test_somebody_who_never_wrote_before_is_asked_at_once() -> None:
    chat = Chat(replace(catalogue(), danger=RULES)).say(WORRY)
    assert "[danger_noticed]" in chat.text
    assert "Q danger_now" in chat.press("<carry_on>").text


def test_a_code_that_is_not_noted_yet_stays_on_the_screen() -> None:
    chat = writing()
    chat.session = replace(chat.present, overlay=Overlay.CODE, code=CODE)
    assert CODE in chat.say(WORRY).text


def test_a_screen_of_the_programs_own_comes_back_after_it() -> None:
    chat = writing().say("receipt", WORRY).press("<carry_on>")
    assert "[enter_code]" in chat.text


def test_without_rules_words_are_answers() -> None:
    chat = writing()
    chat.catalogue = replace(chat.catalogue, danger=None)
    assert chat.say(WORRY).present.answers["second"].value == WORRY
