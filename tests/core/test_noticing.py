"""Danger in what a person types: one question with 999 first, and nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.danger import Sign, compile_danger
from bot.core.dialog import Manner
from bot.core.emergency import DIAL_999
from bot.core.facts import LONG_TEXT_LIMIT
from bot.core.session import Overlay
from tests.core.chat import Chat
from tests.core.little import WHAT, catalogue, one_dialog
from tests.core.writing import ask, choice, text, to

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


def test_a_screen_of_the_programs_own_comes_back_after_it() -> None:
    chat = writing().say("receipt", WORRY).press("<carry_on>")
    assert "[enter_code]" in chat.text


def test_without_rules_words_are_answers() -> None:
    chat = writing()
    chat.catalogue = replace(chat.catalogue, danger=None)
    assert chat.say(WORRY).present.answers["second"].value == WORRY


def as_role(role: str, *, door: bool = True, manner: Manner = Manner.ANONYMOUS) -> Chat:
    """Somebody of this role in an area, whose front door has a number unless it has none."""
    role_fact, area = choice("role", "public", "professional", "young_person"), text("area")
    one = one_dialog(
        ask(role_fact, "area"),
        ask(area, "first"),
        replace(ask(WHAT, "over"), id="first", next=to("over")),
        facts=(WHAT, role_fact, area),
    )
    main = replace(one.dialogs[one.root], manner=manner)
    north = replace(one.areas["north"], front_door="council" if door else "")
    routes = {**one.routes, "council": replace(one.routes["council"], phones="Council: 0151 1\n")}
    given = replace(
        one,
        danger=RULES,
        dialogs={**one.dialogs, one.root: main},
        areas={**one.areas, "north": north},
        routes=routes,
    )
    return Chat(given).start().say(role, "north")


def test_people_who_work_with_children_are_told_whom_to_call_after_999() -> None:
    chat = as_role("professional").say(WORRY)
    assert chat.text.endswith("[danger_noticed]\n\n[danger_kept]\n\n[danger_then] Council: 0151 1")
    assert as_role("professional", door=False).say(WORRY).text.endswith("[danger_kept]")


@pytest.mark.parametrize("role", ["public", "young_person"])
def test_everybody_else_may_be_a_child_and_is_told_of_childline(role: str) -> None:
    chat = as_role(role).say(WORRY)
    assert chat.text.endswith("[danger_noticed]\n\n[danger_kept]\n\n[danger_young]")
    assert (
        writing().say(WORRY).text.endswith("[danger_noticed]\n\n[danger_kept]\n\n[danger_young]")
    )
    assert chat.labels == ["<carry_on>"]


def test_practice_promises_nothing_and_leads_to_a_real_report() -> None:
    chat = as_role("professional", manner=Manner.PRACTICE).say(WORRY)
    assert "[danger_practice]\n\n[danger_then]" in chat.text
    assert "[danger_noticed]" not in chat.text
    assert chat.labels == ["<carry_on>", "<start_again>"]
    chat.press("<start_again>")
    assert "role" not in chat.present.answers
    assert chat.present.told == ""


def test_words_that_no_question_of_a_practice_takes_are_not_kept() -> None:
    one = one_dialog(ask(choice("known"), "over"), facts=(choice("known"),))
    for manner, told in ((Manner.PRACTICE, ""), (Manner.NAMED, WORRY)):
        main = replace(one.dialogs[one.root], manner=manner)
        given = replace(one, danger=RULES, dialogs={**one.dialogs, one.root: main})
        chat = Chat(given).start().say(WORRY).press("<carry_on>")
        assert chat.present.told == told
        assert ("[words_later]" in chat.text) == bool(told)
