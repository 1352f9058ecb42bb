"""Words at texts to read, at "anybody else?" and at the review."""

from __future__ import annotations

import pytest

from tests.core.chat import Chat, at_review


@pytest.mark.parametrize("typed", ["yes", "done", "carry on", "go on", "skip", "1"])
def test_a_text_to_read_is_passed_by_a_word_that_means_it(typed: str) -> None:
    assert Chat().start().press("Yes").say(typed).asks == "Q area"


def test_words_written_at_a_text_to_read_do_not_vanish() -> None:
    chat = Chat().start().press("Yes").say("he is outside the school now")
    assert chat.asks == "Call first."
    assert "[words_later]" in chat.text
    assert chat.present.told == "he is outside the school now"


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("yes", "Q looks"),
        ("1", "Q looks"),
        ("yes, one", "Q looks"),
        ("no", "Q plate"),
        ("2", "Q plate"),
        ("done", "Q plate"),
        ("none", "Q plate"),
        ("skip", "Q plate"),
        ("perhaps", "Anyone?"),
    ],
)
def test_anybody_else_is_answered_in_words(typed: str, asks: str) -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none", typed)
    assert chat.asks == asks


@pytest.mark.parametrize("typed", ["yes", "done", "send it", "Send It."])
def test_a_report_is_sent_by_words_that_mean_it(typed: str) -> None:
    assert at_review().say(typed).kind == "code"


@pytest.mark.parametrize("typed", ["carry on", "no", "ok then", "1000", "skip", "none"])
def test_a_report_is_not_sent_by_a_word_that_may_mean_something_else(typed: str) -> None:
    chat = at_review().say(typed)
    assert not chat.sent
    assert "Look: " in chat.text
    assert "[reject_choice]" in chat.text


def test_after_three_misses_a_way_out_is_shown_and_a_good_answer_ends_it() -> None:
    chat = Chat().start().say("-", "0")
    assert "[stuck]" not in chat.text
    assert "[stuck]" in chat.say("!!").text
    assert "[stuck]" in chat.say("!!").text
    chat.press("No").say("x", "y")
    assert "[stuck]" not in chat.text


def test_going_back_forgets_the_misses() -> None:
    chat = Chat().start().press("Yes").say("x", "y", "back", "x")
    assert "[stuck]" not in chat.text
