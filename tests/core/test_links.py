"""Links: what they open, and that an unknown one opens nothing and harms nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Catalogue
from bot.core.danger import Sign, compile_danger
from bot.core.links import facts_of, passage_of, to_route
from bot.core.session import Overlay
from tests.core.chat import Chat, at_review
from tests.core.little import ROUTES, catalogue


def linked() -> Catalogue:
    content = catalogue()
    police = replace(ROUTES["police"], link=(("role", "public"), ("child", "no")))
    return replace(content, routes={**ROUTES, "police": police})


def test_a_link_to_an_area_answers_where() -> None:
    assert facts_of(catalogue(), "north") == {"area": "north"}


def test_a_link_to_a_route_answers_where_and_what_the_route_says() -> None:
    assert facts_of(linked(), "r-police") == {"area": "north", "role": "public", "child": "no"}
    assert facts_of(linked(), "r-council") == {"area": "north"}
    assert to_route(ROUTES["police"]) == "r-police"


def test_danger_is_asked_first_all_the_same_and_what_is_answered_is_not_asked() -> None:
    chat = Chat(linked()).start("r-police")
    assert "Q danger_now" in chat.text
    assert "Q what" in chat.press("No").text


def test_going_back_asks_what_the_link_had_answered_and_loses_nothing_else() -> None:
    chat = Chat(linked()).start("r-police").press("No")
    assert chat.press("<back>").asks == "Q area"
    assert [*chat.present.answers] == ["danger_now"]
    assert chat.present.given == {}
    assert chat.say("back").asks == "Q danger_now"


def test_going_back_from_a_later_question_asks_the_one_before_it() -> None:
    chat = Chat(linked()).start("r-police").press("No").say("white van")
    assert chat.say("back").asks == "Q what"
    assert chat.present.given != {}
    assert chat.say("back").asks == "Q area"


def test_the_first_question_has_nothing_before_it_also_after_a_link() -> None:
    chat = Chat(linked()).start("r-police").say("back")
    assert chat.asks == "Q danger_now"
    assert chat.press("No").asks == "Q what"


def test_starting_again_asks_what_the_link_had_answered() -> None:
    chat = Chat(linked()).start("r-police").press("No").say("restart").press("<start_again>")
    assert chat.press("No").asks == "Q area"


@pytest.mark.parametrize(
    "payload",
    ["police", "r-", "r-nobody", "r-north", "p-north", "elsewhere", "r-r-police", "x" * 64],
)
def test_an_unknown_link_opens_nothing(payload: str) -> None:
    assert facts_of(linked(), payload) == {}
    assert passage_of(linked(), payload) == ""
    assert "Q danger_now" in Chat(linked()).start(payload).text


def test_a_route_of_no_area_says_nothing_of_where() -> None:
    content = linked()
    common = replace(ROUTES["police"], area="common")
    assert facts_of(replace(content, routes={"police": common}), "r-police") == {}


def test_a_link_to_a_passage_shows_it_and_leads_to_the_first_question() -> None:
    chat = Chat().start("p-missing_2")
    assert "[found] North: Going missing 2" in chat.text
    assert chat.labels == ["<carry_on>"]
    assert chat.press("<carry_on>").asks == "Q danger_now"
    assert passage_of(catalogue(), "missing_2") == ""


def test_a_link_to_a_passage_loses_nothing_of_what_was_written() -> None:
    chat = at_review()
    before = chat.present.answers
    chat.start("p-missing_1")
    assert "[found] Going missing 1" in chat.text
    assert chat.press("<carry_on>").asks == "[resume]"
    chat.press("<carry_on>")
    assert "Look: " in chat.text
    assert chat.present.answers == before


def test_after_a_report_a_link_to_a_passage_leads_back_to_what_was_said() -> None:
    chat = at_review().press("Send it", "<saved_it>").start("p-missing_1")
    assert chat.present.under is Overlay.SENT
    assert "[saved]" in chat.press("<carry_on>").text


def test_who_came_by_a_link_for_professionals_has_as_long_as_other_professionals() -> None:
    content = catalogue()
    police = replace(ROUTES["police"], link=(("role", "professional"), ("child", "no")))
    content = replace(content, routes={**ROUTES, "police": police})
    chat = Chat(content).start("r-police").press("No").say("vodka").wait(31)
    assert chat.say("hello").asks == "[resume]"
    assert "[lapsed]" in Chat(linked()).start("r-police").press("No").wait(31).say("hello").text


def test_a_link_to_a_route_begins_nothing_over_a_report_that_is_not_sent() -> None:
    assert at_review(linked()).start("r-police").asks == "[resume]"


@pytest.mark.parametrize("payload", ["", "r-police", "north", "p-missing_1", "r-nobody"])
def test_what_was_told_before_a_link_is_still_offered_after_it(payload: str) -> None:
    chat = Chat(linked()).start().say("a girl at number 12").start(payload)
    assert chat.present.told == "a girl at number 12"
    assert chat.start("r-police").press("No").present.told == "a girl at number 12"


def test_a_link_opened_twice_is_opened_once() -> None:
    chat = Chat(linked()).start("r-police")
    shown = chat.text
    assert chat.start("r-police").text == shown
    assert "Q what" in chat.press("No").text
    assert Chat().start("p-missing_2").start("p-missing_2").labels == ["<carry_on>"]


def test_of_two_links_the_last_one_counts_before_anything_is_answered() -> None:
    chat = Chat(linked()).start("r-police").start("north")
    assert chat.press("No").asks == "Q role"


def test_words_of_danger_are_asked_about_once_though_a_link_was_opened_then() -> None:
    content = replace(linked(), danger=compile_danger([Sign("knife", ("has a knife",))]))
    chat = Chat(content).say("he has a knife").press("<carry_on>").start("r-police")
    assert chat.say("he has a knife").asks != "[danger_noticed]"
