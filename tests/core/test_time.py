"""Being away: a neutral question before any old answer, words that wait, and drafts that lapse."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core.session import Answer, Said, Session
from bot.core.turn import Begin, Press, Say
from bot.core.turning import lapse_after, lapses_at, minutes
from tests.core.chat import CODE, NOON, PAUSE_CODE, STATES, Chat, at_review
from tests.core.little import catalogue


def test_a_minute_is_a_whole_minute_since_1970() -> None:
    assert minutes(datetime(1970, 1, 1, 0, 2, 59, tzinfo=UTC)) == 2


def test_a_quarter_of_an_hour_away_changes_nothing() -> None:
    chat = at_review().wait(15).say("garbage")
    assert "Look: " in chat.text


@pytest.mark.parametrize(
    "words", ["garbage", "2", "yes", "done", "answers", "back", "carry on", "send it", "restart"]
)
def test_longer_away_no_old_answer_is_shown_before_the_person_carries_on(words: str) -> None:
    chat = at_review().wait(16).say(words)
    assert chat.asks == "[resume]"
    assert chat.labels == ["<carry_on>", "<start_again>"]
    assert not chat.sent


def test_a_press_after_a_while_away_is_not_taken() -> None:
    chat = at_review()
    turn, answers = chat.present.turn, chat.present.answers
    chat.wait(16).take(Press(turn, "0"))
    assert chat.asks == "[resume]"
    assert chat.present.answers == answers
    chat.take(Press(turn, "0"))
    assert chat.asks == "[resume]"


@pytest.mark.parametrize("aside", ["999", "help"])
def test_asking_for_help_after_a_while_does_not_pass_the_neutral_question(aside: str) -> None:
    assert at_review().wait(16).say(aside).press("Carry on").asks == "[resume]"


def test_a_picture_after_a_while_does_not_pass_the_neutral_question() -> None:
    chat = at_review().wait(16).photo()
    assert "Look: " not in chat.text
    assert "[media_refused]\n\n[resume]" in chat.text


@pytest.mark.parametrize("word", ["back", "answers"])
def test_no_word_passes_the_neutral_question_but_carry_on(word: str) -> None:
    chat = at_review().wait(16).say("garbage", word)
    assert chat.asks == "[resume]"


@pytest.mark.parametrize("first", ["delete", "receipt"])
@pytest.mark.parametrize("then", ["no", "back", "close"])
def test_a_screen_opened_over_the_neutral_question_leads_back_to_it(first: str, then: str) -> None:
    chat = at_review().wait(16).say("x", first)
    if then.capitalize() not in chat.labels and first == "receipt":
        then = "back" if then == "no" else "<close>"
    if first == "delete" and then == "close":
        then = "<delete_no>"
    assert chat.say(then).asks == "[resume]"


def test_a_list_of_answers_left_open_is_covered_too() -> None:
    assert at_review().say("answers").wait(16).say("carry on").asks == "[resume]"


def test_carrying_on_shows_the_walk_as_it_was() -> None:
    chat = at_review()
    screen, answers = chat.text, chat.present.answers
    chat.wait(16).say("/").press("<carry_on>")
    assert chat.text.replace("[reject_choice]\n\n", "") == screen
    assert chat.present.answers == answers


@pytest.mark.parametrize("word", ["yes", "carry on", "1", "<carry_on>"])
def test_what_was_typed_waits_and_is_taken_when_the_person_carries_on(word: str) -> None:
    chat = Chat().start().press("No", "North", "Public", "No").wait(16)
    chat.say("they were\x00 there")
    assert chat.asks == "[resume]"
    assert "they were there" not in chat.text
    chat.say(word)
    assert chat.asks == "Q day"
    assert chat.present.answers["entry/info/what"].value == "they were there"
    assert chat.present.held == ""


def test_words_that_wait_are_kept_when_the_chat_is_opened_or_paused() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").wait(16).say("they were there")
    chat.take(Begin()).say("pause", "done")
    assert chat.session is None
    chat.start().say("receipt", PAUSE_CODE).press("<carry_on>")
    assert chat.present.answers["entry/info/what"].value == "they were there"


def test_a_second_tap_on_carry_on_answers_nothing() -> None:
    chat = Chat().start().press("No", "North", "Public").wait(16).say("perhaps")
    turn = chat.reply.turn
    chat.press("<carry_on>")
    assert "[reject_choice]" in chat.text
    chat.take(Press(turn, "0"))
    assert chat.asks == "Q child"


@pytest.mark.parametrize("word", ["no", "2", "<start_again>"])
def test_starting_again_wipes_the_walk(word: str) -> None:
    chat = at_review().wait(16).say("x")
    turn = chat.present.turn
    chat.say(word)
    assert chat.present.answers == {}
    assert chat.asks == "Q danger_now"
    assert chat.present.turn > turn


def test_words_that_mean_nothing_at_the_neutral_question_are_asked_again() -> None:
    chat = at_review().start().say("perhaps")
    assert "[reject_choice]" in chat.text
    assert chat.asks == "[resume]"
    assert chat.present.held == ""


def test_a_change_in_progress_is_still_there_afterwards() -> None:
    chat = at_review().say("2").wait(16).say("cider").press("<carry_on>")
    assert "2. What happened: cider" in chat.text


def test_who_has_answered_nothing_yet_is_asked_nothing() -> None:
    assert Chat().start().wait(16).press("No").asks == "Q area"


def test_opening_the_chat_again_asks_the_neutral_question() -> None:
    chat = at_review()
    screen = chat.text
    assert chat.start().asks == "[resume]"
    assert chat.press("<carry_on>").text == screen
    assert at_review().say("restart").asks == "[resume]"
    assert Chat().start().say("restart").asks == "Q danger_now"


def test_a_code_stays_on_the_screen_however_long_it_takes() -> None:
    chat = at_review().press("Send it").wait(60).say("hello")
    assert CODE in chat.text
    assert chat.labels == ["<saved_it>"]


def test_an_anonymous_draft_lapses_after_half_an_hour() -> None:
    assert at_review().wait(30).say("x").asks == "[resume]"
    chat = at_review().wait(31).say("x")
    assert chat.asks == "Q danger_now"
    assert chat.present.answers == {}
    assert at_review().wait(31).press("Send it").asks == "Q danger_now"


def professional() -> Chat:
    return Chat().start().press("No", "North", "Professional")


def test_a_professionals_draft_lapses_after_the_draft_hours() -> None:
    assert professional().wait(24 * 60).say("x").asks == "[resume]"
    assert professional().wait(24 * 60 + 1).say("x").asks == "Q danger_now"


def test_how_long_a_session_is_kept() -> None:
    content = catalogue()
    assert lapse_after(content, at_review().present) == 30
    assert lapse_after(content, professional().present) == 24 * 60
    assert lapse_after(content, at_review().press("Send it").present) == 24 * 60
    assert lapse_after(content, at_review().press("Send it", "<saved_it>").present) == 30
    assert lapses_at(content, at_review().present, NOON) == minutes(NOON) + 30


def test_every_input_counts_as_being_there() -> None:
    chat = at_review()
    for _ in range(5):
        chat.wait(15).say("999")
    assert "Look: " in chat.press("Carry on").text


@pytest.mark.parametrize("made", STATES.values(), ids=STATES.keys())
def test_a_clock_that_went_back_harms_nothing(made: object) -> None:
    assert callable(made)
    chat = made()
    before = chat.text
    assert chat.wait(-600).say("999").press("Carry on").text == before


def test_who_the_professionals_are() -> None:
    content = catalogue()
    for place, value, kept in [
        ("role", "professional", 24 * 60),
        ("role", "social_worker", 24 * 60),
        ("entry/role", "social_worker", 24 * 60),
        ("role", "public", 30),
        ("parole", "professional", 30),
        ("role/name", "professional", 30),
    ]:
        answers = {place: Answer(Said.VALUE, value)}
        assert lapse_after(content, Session("e1", "common/start", answers=answers)) == kept


def test_buttons_of_a_lapsed_conversation_stay_stale() -> None:
    chat = Chat().start().press("Yes")
    turn = chat.reply.turn
    chat.session = replace(chat.present, update=7)
    assert chat.wait(31).say("hello").asks == "Q danger_now"
    assert chat.present.update == 7
    chat.press("No").take(Press(turn, "0"))
    assert chat.asks == "Q area"


@pytest.mark.parametrize("given", [Press(1, "0"), Say("and then he left")])
def test_a_lapsed_talk_says_that_what_was_not_sent_is_gone(given: Press | Say) -> None:
    chat = Chat().start().press("No").wait(31).take(given)
    assert "[lapsed]" in chat.text
    assert "Q danger_now" in chat.text


def test_a_button_of_somebody_unknown_says_so_too_but_a_first_word_does_not() -> None:
    assert "[lapsed]" in Chat().take(Press(1, "0")).text
    assert "[lapsed]" not in Chat().say("hello").text
