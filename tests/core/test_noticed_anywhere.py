"""Danger is asked about wherever it is typed; the same screen comes back, and nothing is promised
of words that are in no report.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.core.danger import Sign, compile_danger
from bot.core.dialog import Manner
from bot.core.facts import LONG_TEXT_LIMIT
from bot.core.session import Overlay
from bot.core.turn import ScreenKind
from bot.core.turning import lapse_after
from tests.core.chat import CODE, PAUSE_CODE, STATES, Chat, at_review
from tests.core.little import catalogue

RULES = compile_danger([Sign("knife", ("has a knife",)), Sign("here", ("is here",))])
WORRY = "he has a knife"


def state(name: str) -> Chat:
    """A chat in this state, where danger is noticed."""
    made: Callable[[], Chat] = STATES[name]
    chat = made()
    chat.catalogue = replace(chat.catalogue, danger=RULES)
    return chat


def review() -> Chat:
    return state("the review")


@pytest.mark.parametrize("text", [WORRY, f"? {WORRY}", f"{WORRY}?"])
@pytest.mark.parametrize("name", sorted(STATES))
def test_words_of_danger_ask_about_it_wherever_they_are_typed(name: str, text: str) -> None:
    chat = state(name)
    chat.say(text)
    assert "[danger_noticed]" in chat.text
    assert chat.labels == ["<carry_on>"]
    assert (chat.effects, chat.sent) == ((), chat.sent)


@pytest.mark.parametrize("name", ["a new code", "a pause code", "resuming"])
def test_one_tap_leads_back_to_the_very_same_screen(name: str) -> None:
    chat = state(name)
    before = (chat.text, chat.labels, chat.kind)
    chat.say(WORRY).press("<carry_on>")
    assert (chat.text, chat.labels, chat.kind) == before


@pytest.mark.parametrize(("name", "code"), [("a new code", CODE), ("a pause code", PAUSE_CODE)])
@pytest.mark.parametrize("word", ["back", "answers", "delete", "pause", "restart", "receipt", "?"])
def test_no_word_typed_at_the_question_loses_the_code(name: str, code: str, word: str) -> None:
    chat = state(name).say(WORRY, word)
    assert "[danger_noticed]" in chat.text
    assert not chat.effects
    assert code in chat.press("<carry_on>").text
    chat.say("saved it")
    assert "[saved]" in chat.text or "[paused]" in chat.text


def test_opening_the_chat_at_the_question_loses_no_code() -> None:
    chat = state("a new code").say(WORRY).start()
    assert CODE in chat.press("<carry_on>").text


def test_a_code_beneath_the_question_is_kept_as_long_as_one_on_the_screen() -> None:
    chat = state("a new code").say(WORRY)
    assert lapse_after(chat.catalogue, chat.present) == 24 * 60
    assert CODE in chat.wait(60).press("<carry_on>").text
    assert lapse_after(chat.catalogue, review().say(WORRY).present) == 30


def test_over_a_code_the_question_is_a_message_of_its_own() -> None:
    chat = state("a new code").say(WORRY)
    assert chat.kind is ScreenKind.URGENT
    assert not chat.reply.screens[0].protect
    other = state("a long text").say(WORRY)
    assert other.kind is ScreenKind.QUESTION
    assert other.reply.screens[0].protect


def test_nothing_typed_over_a_code_is_kept_beside_it() -> None:
    assert state("a new code").say(WORRY).present.held == ""


def test_after_a_while_away_the_words_wait_until_the_person_carries_on() -> None:
    chat = state("a long text").wait(16).say(WORRY)
    assert "[danger_kept]" in chat.text
    assert chat.press("<carry_on>").asks == "[resume]"
    chat.press("<carry_on>")
    assert chat.present.answers["entry/info/what"].value == WORRY


def test_words_that_wait_already_stand_before_those_of_danger() -> None:
    chat = state("a long text").wait(16).say("It began in May", WORRY)
    chat.press("<carry_on>", "<carry_on>")
    assert chat.present.answers["entry/info/what"].value == f"It began in May\n{WORRY}"


def test_no_more_waits_than_an_answer_may_have() -> None:
    chat = state("a long text").wait(16).say("m" * LONG_TEXT_LIMIT, WORRY)
    assert chat.present.held == "m" * LONG_TEXT_LIMIT
    alone = state("a long text").wait(16).say(f"{WORRY} " + "m" * LONG_TEXT_LIMIT)
    alone.press("<carry_on>", "<carry_on>")
    assert "[too_long]" in alone.text


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a choice", "danger_kept"),
        ("a long text", "danger_kept"),
        ("a number", "danger_kept"),
        ("a tick", "danger_kept"),
        ("the review", "danger_unadded"),
        ("resuming", "danger_unadded"),  # at the review
        ("the answers", "danger_unadded"),
        ("an end", "danger_unadded"),
        ("deleting", "danger_unadded"),
        ("a pause code", "danger_unadded"),
        ("a new code", "danger_sent"),
        ("after sending", "danger_sent"),
        ("a receipt", "danger_sent"),
    ],
)
def test_it_says_what_becomes_of_the_words(name: str, says: str) -> None:
    chat = state(name).say(WORRY)
    said = [s for s in ("danger_kept", "danger_unadded", "danger_sent") if f"[{s}]" in chat.text]
    assert said == [says]


def test_words_to_look_up_are_in_no_report() -> None:
    assert "[danger_unadded]" in state("a long text").say(f"? {WORRY}").text


def test_words_at_the_review_are_not_sent() -> None:
    chat = review().say(WORRY).press("<carry_on>", "Send it")
    assert chat.sent
    assert WORRY not in repr(chat.sent)


@pytest.mark.parametrize("text", ["is here", WORRY])
def test_words_of_danger_at_a_button_are_kept_be_they_ever_so_few(text: str) -> None:
    chat = state("a choice in a call").say(text).press("<carry_on>")
    assert chat.present.told == text
    assert "[words_later]" in chat.text


def test_in_practice_a_code_is_not_left_for_a_new_report() -> None:
    content = replace(catalogue(), danger=RULES)
    main = replace(content.dialogs[content.root], manner=Manner.PRACTICE)
    chat = at_review(content).press("Send it")
    chat.catalogue = replace(content, dialogs={**content.dialogs, content.root: main})
    assert chat.present.overlay is Overlay.CODE
    chat.say(WORRY)
    assert chat.labels == ["<carry_on>"]
    assert "[danger_practice]" not in chat.text
