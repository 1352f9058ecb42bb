"""A quiet note on careful words: for people who work with children, once, and never in the way."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.careful import FITS
from bot.core.catalogue import Catalogue
from bot.core.session import Answer, Said
from bot.core.wording import Label, compile_wording
from tests.core.chat import Chat
from tests.core.little import AREA, ROLE, SIGNS, catalogue, one_dialog
from tests.core.writing import ask, text, to

LABELS = [
    Label("promiscuous", ("promiscuous",), "It is abuse.", "say what was done to her"),
    Label("streetwise", ("streetwise",), "A child is a child.", "say what she knows"),
    Label("attention", ("attention seeking",), "It asks for help.", "say what she did"),
]
RULES = compile_wording(LABELS)
WORDS = "She is promiscuous"


def content() -> Catalogue:
    return replace(catalogue(), wording=RULES)


def at_what(role: str = "Professional") -> Chat:
    return Chat(content()).start().press("No", "North", role, "No")


def test_a_note_comes_on_the_next_screen_with_the_words_why_and_another_way() -> None:
    chat = at_what().say(WORDS)
    note = "[careful] “promiscuous” – It is abuse. Instead: say what was done to her\n\n"
    assert chat.text.startswith("In danger now? Call 999.\n\n" + note)
    assert "Q day" in chat.text
    assert {"<reword>", "<keep_words>"} <= set(chat.labels)
    assert WORDS in [answer.value for answer in chat.present.answers.values()]


@pytest.mark.parametrize("go_on", ["skip", "1/1/2026"])
def test_it_is_never_in_the_way_and_gone_with_the_next_answer(go_on: str) -> None:
    chat = at_what().say(WORDS, go_on)
    assert "[careful]" not in chat.text
    assert "<reword>" not in chat.labels
    assert chat.present.careful == ""


def test_keeping_the_words_takes_the_note_away_and_nothing_else() -> None:
    chat = at_what().say(WORDS)
    answers = chat.present.answers
    chat.press("<keep_words>")
    assert "[careful]" not in chat.text
    assert "Q day" in chat.text
    assert chat.present.answers == answers


def test_changing_asks_again_and_what_is_written_then_is_not_remarked_twice() -> None:
    chat = at_what().say(WORDS).press("<reword>")
    assert "Q what" in chat.text
    assert "[careful]" not in chat.text
    chat.say("promiscuous all the same")
    assert "Q day" in chat.text
    assert "[careful]" not in chat.text
    values = [answer.value for answer in chat.present.answers.values()]
    assert "promiscuous all the same" in values
    assert WORDS not in values


def test_another_answer_has_a_note_of_its_own() -> None:
    chat = at_what().say(WORDS, "skip", "none", "yes").say("streetwise")
    assert "“streetwise”" in chat.text
    assert len(chat.present.remarked) == 2


def test_the_public_is_never_told() -> None:
    chat = at_what("Public").say(WORDS)
    assert "[careful]" not in chat.text
    assert chat.present.remarked == ()


def test_nothing_is_said_of_ordinary_words_of_choices_and_without_rules() -> None:
    assert "[careful]" not in at_what().say("A man gave her vodka").text
    assert at_what().present.remarked == ()
    bare = Chat().start().press("No", "North", "Professional", "No").say(WORDS)
    assert "[careful]" not in bare.text


def test_a_look_up_is_never_remarked() -> None:
    chat = at_what().say(f"? {WORDS}")
    assert chat.present.remarked == ()
    assert chat.say("promiscuous").present.remarked == ()


def test_words_in_quotation_marks_are_somebody_elses() -> None:
    assert "[careful]" not in at_what().say("He called her “promiscuous”").text


def test_what_cannot_be_read_is_said_first_and_the_note_comes_back_no_more_than_once() -> None:
    chat = at_what().say(WORDS, "no date at all")
    assert "[reject_date]" in chat.text
    assert "[careful]" not in chat.text
    assert "<keep_words>" not in chat.labels
    assert "[careful]" not in chat.say("skip").text


def test_an_answer_that_is_taken_back_takes_its_note_along() -> None:
    chat = at_what().say(WORDS, "back")
    assert "[careful]" not in chat.text
    assert "<reword>" not in chat.labels


def test_a_note_waits_until_the_tick_screen_is_over() -> None:
    one = one_dialog(
        replace(ask(ROLE, "area")),
        replace(ask(AREA, "said")),
        replace(ask(text("said"), "signs"), id="said", next=to("signs")),
        replace(SIGNS, id="signs", next=to("more")),
        replace(ask(text("more"), "over"), id="more", next=to("over")),
        facts=(text("said"), text("more")),
    )
    chat = Chat(replace(one, wording=RULES)).start().press("Professional", "North").say(WORDS)
    assert "[careful]" not in chat.text
    assert "[careful]" not in chat.say("1").text
    assert "[careful]" in chat.say("done").text
    assert "[careful]" not in chat.say("nothing more").text


def test_a_note_is_short_however_much_is_found() -> None:
    long = [replace(label, why="w" * 300) for label in LABELS]
    chat = Chat(replace(content(), wording=compile_wording(long))).start()
    chat.press("No", "North", "Professional", "No")
    chat.say("promiscuous, streetwise and attention seeking")
    note = chat.text.partition("[careful] ")[2].partition("\n\n")[0]
    assert len(note) == FITS
    assert note.startswith("“promiscuous” – w")
    assert note.endswith("w…")


def test_only_what_was_written_is_weighed() -> None:
    chat = at_what().say(WORDS)
    place = chat.present.careful
    assert chat.present.answers[place] == Answer(Said.VALUE, WORDS)
    assert chat.present.remarked == (place,)
