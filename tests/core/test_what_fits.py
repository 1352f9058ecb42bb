"""Words that give the writer away, and no more than a screen can hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.dialog import Manner
from bot.core.emergency import HEADER
from bot.core.giveaways import found_words
from bot.core.lines import REVIEW_FITS, review_lines
from bot.core.review import PAGE, REVIEW_LEAST
from bot.core.saying import answer_words, question
from bot.core.session import Answer, Said, Session
from bot.core.shown import Option, Shown, number_in, shortened, units
from bot.core.text import Template
from bot.core.turning import show
from bot.core.view import present, reply_of
from bot.core.walk import Visit, replay
from tests.core.chat import CODE, Chat, at_review
from tests.core.little import INFO, REVIEW, SCREENS, START, catalogue, one_dialog
from tests.core.writing import ask, dialog, text, to


def told(words: str) -> str:
    """The review of a report with these words in its text."""
    chat = Chat().start().press("No", "North", "Public", "No").say(words)
    return chat.say("skip", "none", "no", "skip", "yes").text


def _part(fact: str, words: str | None, manner: Manner) -> Visit:
    step = replace(ask(text(fact)), short=fact.title())
    answer = Answer(Said.SKIPPED) if words is None else Answer(Said.VALUE, words)
    return Visit(fact, step, dialog(f"north/{fact}", step, manner=manner), (), answer=answer)


def test_names_of_the_named_part_are_found_again_in_the_part_without_names() -> None:
    """Nobody's identity on an anonymous route."""
    parts = (
        _part("child_name", "The girl is Lucy-Ann Baker, Al, of Elm Road", Manner.NAMED),
        _part("callback", "Mrs Smith", Manner.NAMED),
        _part("callback", None, Manner.NAMED),
        _part("worry", "Lucy-Ann and Mike", Manner.NAMED),
        _part("what", "Mike shouts at Lucy-Ann. The Bakers, Al, Road; Lucy-Ann", Manner.ANONYMOUS),
        _part("where", "By the Elm, as Smith says; a baker", Manner.ANONYMOUS),
    )
    assert found_words(catalogue(), parts).split("\n") == [
        "- What: “Lucy-Ann” (a name you gave before)",
        "- Where: “Elm” (a name you gave before)",
        "- Where: “Smith” (a name you gave before)",
    ]
    assert found_words(catalogue(), parts[3:]) == ""


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("He met MY  Daughter there", "What happened: “my daughter” (who you are)"),
        ("ring me on 07700 900123 please", "What happened: “07700 900123”"),
        ("I’m called Jo", "What happened: “i'm called” (who you are)"),
        (
            "my daughter, me@home.example",
            "What happened: “my daughter” (who you are)\n- What happened: “me@home.example”",
        ),
        ("+447700900123", "What happened: “+447700900123”"),
        ("it is me@home.example now", "What happened: “me@home.example”"),
    ],
)
def test_words_that_show_who_is_writing_are_named_before_sending(words: str, found: str) -> None:
    assert f"[giveaway] - {found}" in told(words)


@pytest.mark.parametrize(
    "words", ["my daughters friend", "at 10 on 12/11/2026", "flat 07", "an email", "0770090012x4"]
)
def test_words_that_show_nobody_are_not_named(words: str) -> None:
    assert "[giveaway]" not in told(words)


@pytest.mark.parametrize("id_", ["phones", "online", "callback", "contact"])
def test_a_question_that_asks_for_a_number_may_have_one_but_not_a_daughter(id_: str) -> None:
    phones = text(id_)
    review = replace(REVIEW, next=to("over"))
    content = one_dialog(ask(phones, "review"), review)
    assert "[giveaway]" not in Chat(content).start().say("07700 900123").text
    assert "“my daughter”" in Chat(content).start().say("ask my daughter").text


def test_only_typed_answers_are_looked_at_and_only_where_the_author_says_so() -> None:
    review = replace(REVIEW, giveaway=False, next=to("over"))
    note = replace(ask(text("note"), "review", skip="my daughter"))
    content = one_dialog(note, review)
    assert "[giveaway]" not in Chat(content).start().say("my daughter and I").text
    looking = one_dialog(note, replace(REVIEW, next=to("over")))
    assert "[giveaway]" not in Chat(looking).start().say("skip").text
    assert "[giveaway]" in Chat(looking).start().say("my daughter and I").text


# ---- no more than a screen holds ----


def visits(count: int, words: str) -> tuple[Visit, ...]:
    step = ask(text("note"), short="Note")
    said = Answer(Said.VALUE, words)
    return tuple(Visit(f"{n}", step, INFO, (), 0, said) for n in range(count))


def test_answers_that_fit_are_shown_whole() -> None:
    assert review_lines(catalogue(), visits(2, "x" * 1000)) == (
        f"1. Note: {'x' * 1000}\n2. Note: {'x' * 1000}"
    )


def test_answers_that_do_not_fit_are_all_shown_shorter() -> None:
    lines = review_lines(catalogue(), visits(3, "x" * 1000)).split("\n")
    assert lines == [f"{n}. Note: {'x' * 159}…" for n in (1, 2, 3)]
    many = review_lines(catalogue(), visits(60, "🦊" * 1000))
    assert units(many) <= REVIEW_FITS
    assert len(many.split("\n")) == 60
    assert units(review_lines(catalogue(), visits(300, "x" * 1000))) == REVIEW_FITS


def test_a_question_that_ends_in_a_question_mark_needs_no_colon() -> None:
    step = ask(text("note"), short="Anyone?")
    visit = Visit("note", step, INFO, (), 0, Answer(Said.VALUE, "No"))
    assert review_lines(catalogue(), (visit,), first=4) == "4. Anyone? No"


def test_a_review_of_thirty_long_answers_fits_one_screen_and_so_does_their_list() -> None:
    steps = [ask(text(f"q{n}"), f"q{n + 1}" if n < 30 else "review") for n in range(1, 31)]
    review = replace(REVIEW, next=to("over"))
    chat = Chat(one_dialog(*steps, review, training=True)).start()
    for _ in range(30):
        chat.say("call my daughter on 07700 900123 " * 6)
    assert "30. Q q30: " in chat.text
    assert "[giveaway]" in chat.text
    assert units(chat.photo().text) <= 4096
    assert f"{PAGE}. Q q{PAGE}" in chat.say("answers").text


def test_what_is_too_long_for_a_screen_is_cut_and_says_so() -> None:
    reply = reply_of(Session("e", "r"), Shown("x" * 5000), "note")
    assert units(reply.screens[0].text) == 4096
    assert reply.screens[0].text.startswith(f"{HEADER}\n\nnote\n\nxxx")
    assert reply.screens[0].text.endswith("x…")


def test_a_review_under_a_long_text_still_shows_something_of_every_answer() -> None:
    review = replace(REVIEW, text=Template("y" * 3000), next=to("over"))
    chat = Chat(one_dialog(ask(text("note"), "review"), review)).start().say("z" * 200)
    assert "1. Q note: " in chat.text
    assert units(chat.text) <= 4096
    assert REVIEW_LEAST < 4096 - 3000


def test_units_are_counted_as_the_channel_counts_them() -> None:
    assert units("a") == 1
    assert units("🦊") == 2
    assert units("\ud83e") == 1


def test_a_cut_never_leaves_half_a_character() -> None:
    assert shortened("🦊🦊", 4) == "🦊🦊"
    assert shortened("🦊🦊🦊", 4) == "🦊…"
    assert shortened("🦊🦊🦊", 5) == "🦊🦊…"
    assert shortened("abc", 2) == "a…"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("3", 3), (" 3. ", 3), ("120", 120), ("0", 0), ("1000", 0), ("3a", 0), ("", 0), ("²", 0)],
)
def test_a_number_is_a_whole_message(typed: str, number: int) -> None:
    assert number_in(typed) == number


def test_an_option_is_named_by_its_label_or_its_number() -> None:
    one, two, mark = Option("a", "One"), Option("b", "Two!"), Option("mark", "3", "x")
    shown = Shown("", (one, two, mark))
    assert shown.named("two") is two
    assert shown.named("1") is one
    assert shown.named("3") is mark
    assert shown.named("0") is None
    assert shown.named("4") is None
    typed = replace(shown, typed=True)
    assert typed.named("ONE ") is one
    assert typed.named("1") is None
    assert typed.named("3") is None
    long = Shown("", (Option("a", "x" * 64), Option("b", "x" * 65)))
    assert long.named("x" * 64) is long.options[0]
    assert long.named("x" * 65) is None


def test_a_long_question_is_cut_on_a_button_of_the_list() -> None:
    chat = Chat(one_dialog(ask(text("note"), "last", short="w" * 80), ask(text("last"), "over")))
    assert chat.start().say("it", "answers").labels[0] == f"1. {'w' * 56}…"


def test_showing_a_session_needs_no_turn() -> None:
    chat = at_review().press("Send it")
    assert (
        show(chat.catalogue, chat.present).screens[0].text == f"{HEADER}\n\n[code_receipt] {CODE}"
    )
    assert SCREENS["code_receipt"].names == ("code",)


def test_the_hours_of_a_draft_are_said() -> None:
    content = replace(catalogue(), screens={**SCREENS, "resume": Template("{hours} hours")})
    chat = at_review(content)
    assert chat.start().asks == "24 hours"
    assert replay(content, chat.present).here.step.id == "review"


def test_a_text_to_read_is_no_question_and_what_was_not_answered_has_no_words() -> None:
    welcome = Visit("welcome", START.steps["welcome"], START, ())
    assert question(welcome) == ""
    assert answer_words(welcome, {}) == ""


def test_a_call_or_a_decision_never_waits() -> None:
    chat = Chat().start()
    walk = replay(chat.catalogue, chat.present)
    entry = Visit("entry", START.steps["entry"], START, ())
    with pytest.raises(AssertionError):
        present(chat.catalogue, chat.present, replace(walk, here=entry))


def test_half_a_pair_is_counted_and_cut_like_any_other() -> None:
    assert units("\ud83e" * 3) == 3
    assert shortened("\ud83e" * 3, 3) == "\ud83e" * 3
    assert units(shortened("\ud83ex" * 3, 3)) <= 3


@pytest.mark.parametrize("extra", [0, 1])
def test_a_review_exactly_as_long_as_allowed_is_not_shortened(extra: int) -> None:
    head = units("1. Note: ")
    words = "x" * (500 - head + extra)
    text_ = review_lines(catalogue(), visits(1, words), room=500)
    assert units(text_) == 500 if not extra else units(text_) < 500
