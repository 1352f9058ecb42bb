"""Codes: shown until they are noted, typed back, paused drafts, and adding to a report."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.session import Overlay
from bot.core.turn import ItemState, LookUp, ScreenKind, Withdraw
from tests.core.chat import CODE, OTHER_CODE, RECEIPT, Chat, at_review, with_receipt
from tests.core.little import catalogue


def test_after_sending_the_code_is_shown_to_be_noted() -> None:
    chat = at_review().press("Send it")
    assert f"[code_receipt] {CODE}" in chat.text
    screen = chat.reply.screens[0]
    assert screen.kind is ScreenKind.CODE
    assert not screen.protect
    assert chat.labels == ["<saved_it>"]
    assert chat.present.answers == {}


@pytest.mark.parametrize(
    "words",
    [
        "back",
        "answers",
        "delete",
        "pause",
        "restart",
        "receipt",
        "no",
        "carry on",
        "hello",
        CODE,
        "2",
    ],
)
@pytest.mark.parametrize("end", ["Send it", "pause"])
def test_a_code_cannot_be_lost_by_a_word(end: str, words: str) -> None:
    chat = at_review().say(end)
    shown = chat.present.code
    chat.say(words)
    assert shown in chat.text
    assert chat.kind is ScreenKind.CODE
    assert chat.present.code == shown
    assert not chat.effects


def test_a_code_is_not_lost_by_opening_the_chat_again() -> None:
    assert CODE in at_review().press("Send it").start("north").text


@pytest.mark.parametrize("word", ["yes", "done", "1", "<saved_it>"])
def test_once_noted_the_code_is_gone_and_what_comes_next_is_said(word: str) -> None:
    chat = at_review().press("Send it").say(word)
    assert "[saved] - The police" in chat.text
    assert "Thanks." in chat.text
    assert chat.asks == "After police."
    assert CODE not in chat.text
    assert CODE not in chat.present.dump().decode()
    assert chat.labels == ["<start_again>", "<look_up>"]


@pytest.mark.parametrize(
    "words",
    [
        "saved it",
        "I've saved it",
        "ive saved it.",
        "ok, I wrote it down",
        "Noted down!",
        "i have copied that",
    ],
)
def test_who_says_that_the_code_is_noted_goes_on(words: str) -> None:
    assert "[saved]" in at_review().press("Send it").say(words).text


@pytest.mark.parametrize(
    "words", ["not saved it", "i have not saved it", "have I saved it", "ok", "saved"]
)
def test_nothing_else_leads_away_from_a_code(words: str) -> None:
    assert CODE in at_review().press("Send it").say(words).text
    assert "[paused]" not in at_review().say("pause", words).text


def test_that_something_was_saved_presses_nothing_elsewhere() -> None:
    chat = at_review().say("saved it")
    assert "Look: " in chat.text


def test_back_after_sending_has_nowhere_to_go() -> None:
    chat = at_review().press("Send it", "<saved_it>")
    screen = chat.text
    assert chat.say("back").text == screen
    assert "[reject_choice]" in chat.say("hello").text
    assert chat.say("answers", "carry on").text == screen
    assert chat.press("<start_again>").asks == "Q danger_now"


def test_the_last_text_is_missing_when_its_dialog_is() -> None:
    chat = at_review().press("Send it")
    for last in ("gone:sent", "north/entry:gone", "north/entry:review", ""):
        chat.session = replace(chat.present, overlay=Overlay.SENT, last=last, sent=("police", "x"))
        assert "Thanks." not in chat.say("!").text
        assert "[saved] - The police\n\nAfter police." in chat.text


# ---- typing a code ----


def test_a_code_is_looked_up_wherever_one_may_be_typed() -> None:
    for chat in (
        Chat(),
        Chat().start(),
        Chat().start().press("<enter_code>"),
        Chat().say("receipt"),
        at_review().say("receipt"),
        Chat().start().press("No", "Elsewhere", "Public"),
        at_review().press("Send it", "<saved_it>"),
        with_receipt().say(OTHER_CODE),
    ):
        chat.opens[OTHER_CODE] = RECEIPT
        chat.say(f" {OTHER_CODE.lower().replace('-', ' ')} ")
        assert chat.effects == (LookUp(OTHER_CODE),)
        assert "[receipt_status]" in chat.text


@pytest.mark.parametrize("typed", [OTHER_CODE, f"it is {OTHER_CODE.lower()} thanks"])
def test_a_code_in_the_middle_of_a_report_is_not_kept(typed: str) -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say(typed)
    assert not chat.effects
    assert "[code_here]" in chat.text
    assert "entry/info/what" not in chat.present.answers


def test_a_wrong_code_says_so_and_may_be_typed_again() -> None:
    chat = Chat().say("receipt", "AAAAAA")
    assert "[code_unknown]" in chat.text
    assert not chat.effects
    assert chat.reply.screens[0].typed
    assert chat.labels == ["<close>"]
    chat.say(OTHER_CODE)
    assert chat.effects == (LookUp(OTHER_CODE),)
    assert "[code_unknown]" in chat.text
    assert chat.present.overlay is Overlay.ENTER_CODE


def test_typing_a_code_can_be_left_again() -> None:
    assert at_review().say("receipt").press("<close>").text == at_review().text
    assert at_review().say("receipt", "back").text == at_review().text


def test_a_receipt_says_how_far_each_route_has_come() -> None:
    chat = with_receipt().say(OTHER_CODE)
    lines = "[state_saved] The police\n[state_handed_over] The council\n[ring] Phone council."
    lines += "\n[state_problem] gone"
    assert f"[receipt_status] {lines} on Friday 20 November 2026" in chat.text
    assert chat.labels == ["<add_more>", "<withdraw>", "<close>"]


@pytest.mark.parametrize("state", ["late", "leaving", "came_back", "problem"])
def test_whoever_waits_is_told_whom_to_ring(state: str) -> None:
    content = catalogue()
    police = replace(content.routes["police"], phones="Ring 101.\n")
    chat = Chat(replace(content, routes={**content.routes, "police": police})).start()
    chat.opens[OTHER_CODE] = {**RECEIPT, "states": {"police": state, "gone": state}}
    chat.say(OTHER_CODE)
    lines = f"[state_{state}] The police Ring 101.\n[state_{state}] gone"
    assert f"[receipt_status] {lines} on Friday" in chat.text


@pytest.mark.parametrize("state", ItemState)
def test_only_what_has_not_left_can_be_taken_back(state: ItemState) -> None:
    chat = with_receipt()
    chat.opens[OTHER_CODE] = {**RECEIPT, "states": {"police": state.value}}
    waits = state in {ItemState.SAVED, ItemState.LATE, ItemState.PROBLEM}
    withdraw = ["<withdraw>"] if waits else []
    assert chat.say(OTHER_CODE).labels == ["<add_more>", *withdraw, "<close>"]


def test_of_a_report_handed_over_once_more_it_is_said_whom_to_ring_all_the_same() -> None:
    chat = with_receipt()
    chat.opens[OTHER_CODE] = {**RECEIPT, "states": {"council": "handed_again"}}
    assert "[state_handed_again] The council\n[ring] Phone council." in chat.say(OTHER_CODE).text


def test_taking_back_asks_the_host_and_shows_the_state_again() -> None:
    chat = with_receipt().say(OTHER_CODE).press("<withdraw>")
    assert chat.effects == (Withdraw(OTHER_CODE),)
    assert "[state_withdrawn] The police" in chat.text
    assert "<withdraw>" not in chat.labels


@pytest.mark.parametrize("word", ["done", "carry on", "no", "back", "<close>", "3"])
def test_a_receipt_put_away_is_forgotten(word: str) -> None:
    chat = with_receipt().say(OTHER_CODE, word)
    assert chat.asks == "Q danger_now"
    assert chat.present.code == ""
    assert chat.present.status == {}


def test_words_that_mean_nothing_at_a_receipt_show_it_again() -> None:
    chat = with_receipt().say(OTHER_CODE, "yes")
    assert "[reject_choice]" in chat.text
    assert "[receipt_status]" in chat.text


@pytest.mark.parametrize("way", ["back", "answers", "delete", "restart", "/start", "wait"])
def test_a_new_report_never_goes_where_an_opened_receipt_went(way: str) -> None:
    chat = with_receipt(at_review(child="Yes")).say("receipt", OTHER_CODE)
    if way == "/start":
        chat.start()
    elif way == "wait":
        chat.wait(16).say("x")
    else:
        chat.say(way)
    for _ in range(3):
        if "Look: " not in chat.text:
            chat.say("no" if way == "delete" else "carry on")
    chat.press("Send it")
    assert [(made.route, made.adds_to) for made in chat.sent] == [("council", ""), ("police", "")]
    assert "Sam" not in str(chat.sent[1])
    assert CODE in chat.text


def test_a_code_in_a_long_answer_is_not_kept_and_so_is_the_answer_not() -> None:
    chat = Chat().start().press("No", "North", "Public", "No")
    chat.say("m" * 100 + " " + OTHER_CODE)
    assert "[code_here]" in chat.text
    assert OTHER_CODE not in chat.present.dump().decode()


@pytest.mark.parametrize("way", ["receipt", "look up"])
def test_a_second_receipt_takes_the_place_of_the_first_and_is_closed_with_it(way: str) -> None:
    chat = with_receipt(at_review()).say("receipt", OTHER_CODE)
    assert "[receipt_status]" in chat.text
    assert "[receipt_status]" in chat.say(way, OTHER_CODE).text
    assert "Look: " in chat.press("<close>").text
