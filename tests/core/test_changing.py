"""Changing an answer: from the review, from the list of answers, and back again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.session import Said
from tests.core.chat import Chat, at_review
from tests.core.little import CHILD, DANGER, REVIEW, one_dialog
from tests.core.writing import ask, text, to


def test_an_answer_is_changed_from_the_review_and_asked_about_again() -> None:
    chat = at_review()
    assert "2. What happened: vodka" in chat.text
    assert chat.say("2").asks == "Q what"
    assert "2. What happened: cider" in chat.say("cider").text
    assert not chat.sent


def test_an_answer_is_changed_from_the_list_of_answers() -> None:
    chat = at_review().press("<change>")
    assert "[answers_title]" in chat.text
    assert chat.press("2. What happened").asks == "Q what"
    assert "2. What happened: cider" in chat.say("cider").text


def test_the_number_of_any_answer_is_taken_on_any_page_of_the_list() -> None:
    chat = at_review().say("answers", "9")
    assert chat.asks == "Q still"
    assert at_review().say("answers", "12").asks == "Q role"
    assert at_review().say("answers", "13").text.count("[reject_choice]") == 1
    assert at_review().say("answers", "0").text.count("[reject_choice]") == 1


def test_the_list_of_answers_is_paged_and_comes_round() -> None:
    chat = at_review().say("answers")
    first, labels = chat.text, chat.labels
    assert labels[:2] == ["1. Q child", "2. What happened"]  # as on the review itself
    assert labels[7:] == ["<more>", "<carry_on>"]
    chat.press("<more>")
    assert chat.labels[2] == "10. Q danger_now"  # what was asked before comes last
    assert len(chat.labels) == 7
    assert chat.press("<more>").text == first
    assert chat.press("<more>").labels[2] == "10. Q danger_now"
    assert "Look: " in chat.press("<carry_on>").text
    assert chat.say("answers").text == first


def test_a_list_that_fits_one_page_has_no_more() -> None:
    chat = Chat().start().press("No").say("answers")
    assert chat.labels == ["1. Q danger_now", "<carry_on>"]
    assert chat.press("<carry_on>").asks == "Q area"
    nothing = Chat().start().say("answers")
    assert "[nothing_here]" in nothing.text
    assert nothing.labels == ["<carry_on>"]


@pytest.mark.parametrize("word", ["carry on", "done", "no", "back"])
def test_the_list_of_answers_is_left_by_a_word_and_changes_nothing(word: str) -> None:
    chat = at_review()
    before, screen = chat.present.answers, chat.text
    assert chat.say("answers", word).text == screen
    assert chat.present.answers == before


def test_back_cancels_a_change() -> None:
    chat = at_review()
    before = chat.present.answers
    chat.say("2", "back")
    assert "Look: " in chat.text
    assert chat.present.answers == before
    assert chat.present.changing == ""


def test_a_changed_tick_screen_shows_what_was_marked() -> None:
    chat = at_review().say("4")
    assert "1. Out late – yes" in chat.text
    assert chat.labels[:3] == ["1: yes", "2", "3"]
    chat.say("2?", "done")
    assert "yes: Out late; <unsure>: Gifts" in chat.text
    assert at_review().say("4", "back").present.marks == {}


def test_another_answer_elsewhere_than_at_the_end_comes_back_to_where_one_was() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("vodka", "answers", "2")
    assert chat.asks == "Q area"
    chat.press("North")
    assert chat.asks == "Q day"


def test_a_changed_answer_takes_what_it_led_to_off_the_path_and_back_on_it() -> None:
    chat = at_review(child="Yes")
    assert "The child: Sam" in chat.text
    chat.say("1").press("No")
    assert "Sam" not in chat.text
    assert "Sam" not in chat.say("answers").text
    assert "- The council" not in chat.say("back").text
    chat.say("1").press("Not sure")
    assert "The child: Sam" in chat.text


def test_a_confirmed_review_is_asked_again_when_an_answer_changes() -> None:
    content = one_dialog(
        ask(DANGER, "review"),
        replace(REVIEW, next=to("child")),
        ask(CHILD, "over"),
    )
    chat = Chat(content).start().press("No", "Send it")
    assert chat.asks == "Q child"
    assert Said.CHECKED in {a.said for a in chat.present.answers.values()}
    chat.say("answers", "1").press("Yes")
    assert "Look:" in chat.text
    assert Said.CHECKED not in {a.said for a in chat.present.answers.values()}


def test_the_review_inside_a_dialog_lists_that_dialog_alone() -> None:
    chat = at_review()
    assert "Q danger_now" not in chat.text
    assert chat.say("1").asks == "Q child"


def test_a_place_that_is_being_changed_and_left_the_path_asks_where_one_stands() -> None:
    chat = Chat().start().press("No")
    chat.session = replace(chat.present, changing="gone/step")
    assert chat.say("nonsense").asks == "Q area"
    assert chat.press("North").asks == "Q role"


def test_more_answers_are_a_page_further_each_time() -> None:
    steps = [ask(text(f"q{n}"), f"q{n + 1}" if n < 16 else "over") for n in range(1, 17)]
    chat = Chat(one_dialog(*steps)).start().say(*(["Ed"] * 15)).say("answers")
    firsts = [chat.labels[0]] + [chat.press("<more>").labels[0] for _ in range(3)]
    assert firsts == ["1. Q q1", "8. Q q8", "15. Q q15", "1. Q q1"]
    chat.press("<more>", "<carry_on>").say("answers")
    assert chat.labels[0] == "1. Q q1"
    chat.press("<more>").press("8. Q q8")
    assert chat.asks == "Q q8"
    assert chat.say("Al").asks == "Q q16"
    assert chat.say("answers").labels[0] == "1. Q q1"
