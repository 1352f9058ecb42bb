"""What is on a screen: the banner, the review, words that give the writer away, and no more than
a screen can hold.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.dialog import Decide, End, Manner, Outcome
from bot.core.emergency import HEADER
from bot.core.rules import Hit, Row, Table
from bot.core.spoken import spoken
from bot.core.text import Template
from bot.core.turn import Screen
from tests.core.chat import OTHER_CODE, Chat, at_review, with_receipt
from tests.core.little import (
    ADDING,
    CHILD,
    DANGER,
    ENTRY,
    INFO,
    REVIEW,
    SIGNS,
    STILL,
    book,
    catalogue,
    one_dialog,
)
from tests.core.writing import ask, dialog, row, text, to


def test_the_training_banner_stands_where_something_could_be_believed() -> None:
    content = catalogue(training=True)
    chat = Chat(content).start()
    assert chat.text == f"{HEADER}\n\n[training]\n\nWelcome.\n\nQ danger_now"
    assert "[training]" in Chat(content).start("north").text
    assert "[training]" not in chat.press("No").text
    review = at_review(content)
    assert review.text.startswith(f"{HEADER}\n\n[training]\n\nLook:")
    assert "[training]" in review.press("Send it", "<saved_it>").text
    assert "[training]" not in at_review().press("Send it", "<saved_it>").text


def test_the_training_banner_stands_over_codes_and_receipts_too() -> None:
    content = catalogue(training=True)
    for screen, chat in (
        ("[code_receipt]", at_review(content).press("Send it")),
        ("[code_pause]", at_review(content).say("pause")),
        ("[receipt_status]", with_receipt(Chat(content).start()).say(OTHER_CODE)),
    ):
        assert chat.text.startswith(f"{HEADER}\n\n[training]\n\n{screen}")
    for live in (at_review().press("Send it"), with_receipt().say(OTHER_CODE)):
        assert "[training]" not in live.text


def test_a_note_stands_between_999_and_the_question() -> None:
    assert (
        Chat().start().say("-").text == f"{HEADER}\n\n[reject_choice]\n\nWelcome.\n\nQ danger_now"
    )


def test_the_first_screen_alone_offers_to_open_a_code() -> None:
    chat = Chat().start()
    assert chat.labels[-2:] == ["<enter_code>", "<look_up>"]
    assert "<back>" not in chat.labels
    chat.press("No")
    assert chat.labels == ["North", "Elsewhere", "<back>"]
    assert "<enter_code>" in Chat().start("north").labels


def test_an_end_offers_to_start_again_and_to_look_something_up() -> None:
    chat = Chat().start().press("No", "Elsewhere", "Public")
    assert chat.labels == ["<start_again>", "<look_up>"]
    assert chat.say("hello").asks == "Ring."
    assert chat.press("<start_again>").asks == "Q danger_now"


def test_copying_is_blocked_where_nobody_is_named_and_never_for_a_code() -> None:
    assert screen(Chat().start()).protect
    assert INFO.manner is Manner.ANONYMOUS
    assert not screen(Chat().start().press("No", "North", "Public", "Yes")).protect
    assert not screen(at_review().press("Send it")).protect
    assert screen(at_review().start()).protect
    assert not screen(Chat().start().say("help")).protect


def screen(chat: Chat) -> Screen:
    (found,) = chat.reply.screens
    return found


def test_a_screen_says_whether_it_wants_words() -> None:
    north = Chat().start().press("No", "North", "Public", "No")
    assert screen(north).typed
    assert screen(north.say("x", "skip")).typed
    assert not screen(north.say("none")).typed
    assert not screen(Chat().start()).typed
    assert not screen(Chat().start().press("Yes")).typed
    assert screen(at_review()).typed
    assert screen(at_review().say("answers")).typed
    assert not screen(Chat().start().press("No", "Elsewhere", "Public")).typed


def test_how_far_is_said_in_a_dialog_of_five_questions_and_more() -> None:
    chat = Chat().start().press("No", "North", "Public", "No")
    assert "Information 1/5\n\nQ what" in chat.text
    assert "Information 5/5" in chat.say("x", "skip", "none", "no", "skip").text
    assert "/" not in Chat().start().press("No", "North", "Public").text


def test_a_question_on_two_ways_is_counted_once() -> None:
    again = replace(ask(STILL, "over"), id="again")
    four = tuple(ask(text(f"q{n}"), f"q{n + 1}" if n < 4 else "still") for n in range(1, 5))
    long = one_dialog(*four, replace(ask(STILL, "again"), next=to("again")), again)
    chat = Chat(long).start().say("it", "it", "it", "it")
    assert "Start 5/5" in chat.text
    assert "Start 5/5" in chat.press("Yes").text
    short = one_dialog(*four[1:], replace(ask(STILL, "again"), next=to("again")), again)
    assert "/" not in Chat(short).start().text.removeprefix(HEADER)


def test_how_far_says_which_of_several() -> None:
    five = tuple(ask(text(f"q{n}"), f"q{n + 1}" if n < 5 else "done") for n in range(1, 6))
    done = INFO.steps["done"]
    person = replace(catalogue().dialogs["common/person"], steps={s.id: s for s in (*five, done)})
    chat = Chat(catalogue(person)).start().press("No", "North", "Public", "No")
    chat.say("x", "skip", "none", "yes")
    assert "Person 1 1/5" in chat.text
    chat.say("a1", "b2", "c3", "d4", "e5")
    assert "Information 4/5" in chat.text
    assert "Person 2 1/5" in chat.say("yes").text


def test_a_day_is_said_in_full() -> None:
    assert spoken(date(2027, 1, 7)) == "Thursday 7 January 2027"


def test_texts_are_filled_with_what_was_said_and_what_was_found() -> None:
    content = one_dialog(
        ask(DANGER, "note"),
        ask(text("note"), "told", skip="Skip"),
        replace(
            ask(text("told")), text=Template("{danger_now}|{note}|{unknown}"), next=to("over")
        ),
    )
    chat = Chat(content).start().press("Not sure").say("{danger_now}")
    assert chat.asks == "<unsure>|{danger_now}|"
    assert Chat(content).start().press("Yes", "Skip").asks == "Yes|<skipped>|"


def test_what_was_found_fills_the_review() -> None:
    review = replace(
        REVIEW,
        text=Template("{routes}\n{reasons}\n{advice}\n{phones}\n{after}"),
    )
    entry = replace(ENTRY, steps={**ENTRY.steps, "review": review})
    chat = Chat(catalogue(entry)).start().press("Yes", "Go on", "North", "Public", "No")
    chat.say("x", "skip", "none", "no", "skip", "no")
    assert chat.text.startswith(
        f"{HEADER}\n\n"
        "- The police\n- The helpline\n"
        "- Because INFO (clause INFO)\n- Because RING (clause RING)\n"
        "Do intelligence.\n\nDo advise.\n"
        "Phone police.\n\nPhone helpline.\n"
        "After police.\n\nAfter helpline.\n\n1. "
    )


def _said(template: str, *rows: Row) -> Chat:
    content = catalogue(
        dialog(
            "common/start",
            ask(DANGER, "child"),
            ask(CHILD, "result"),
            Decide(id="result", rules="north/rules", next=to("over")),
            End(id="over", outcome=Outcome.FINISH, text=Template(template)),
        ),
        dialog("common/other", ask(STILL, "over", short="Going on?")),
        rules=(book("north/rules", *rows), ADDING),
    )
    return Chat(content).start()


def test_reasons_are_those_that_lead_to_something() -> None:
    plain = replace(row("PLAIN", "record", "danger_now is yes"), advice=())
    routed = replace(row("ROUTED", "refer", "danger_now is yes", routes=("council",)), advice=())
    urgent = replace(row("URGENT", "refer", "danger_now is yes"), advice=(), emergency=True)
    told = _said("{reasons}", plain, routed, urgent).press("Yes", "No")
    assert told.asks == "- Because URGENT (clause URGENT)"
    assert "- Because ROUTED (clause ROUTED)\n- Because URGENT" in told.text
    assert "PLAIN" not in told.text
    assert "Because" not in _said("{reasons}", plain).press("Yes", "No").text
    assert _said("{reasons}", plain).press("No", "No").asks == "- Nothing else (none)"


def test_what_was_not_asked_is_called_as_its_question_or_its_sign_is() -> None:
    still = row("STILL", "refer", "child is no", "still is yes")
    signs = row("SIGNS", "refer", "child is no", "late is yes")
    assert _said("{not_asked}", still).press("Yes", "No").asks == "- Going on?"
    assert "- Out late\n- Going on?" in _said("{not_asked}", still, signs).press("Yes", "No").text
    assert "Out late" not in _said("{not_asked}", still, signs).press("Yes", "Yes").text


def test_the_parts_of_a_review_are_apart() -> None:
    chat = Chat(catalogue(closed=("council", "police"))).start()
    chat.press("No", "North", "Public", "Yes").say("Sam", "14")
    chat.say("my daughter", "skip", "none", "no", "skip", "no")
    assert chat.text.endswith(
        "9. Q still: No\n\n"
        "[giveaway] - What happened: “my daughter” (who you are)\n\n"
        "[closed_route] Phone council.\n\nPhone police."
    )
    assert chat.press("Send it").text == (
        f"{HEADER}\n\n[closed_route] Phone council.\n\nPhone police."
    )


def test_every_route_that_was_saved_is_named_on_a_line_of_its_own() -> None:
    chat = at_review(child="Yes").press("Send it", "<saved_it>")
    assert chat.text == (
        f"{HEADER}\n\n[saved] - The council\n- The police\n\nThanks.\n\n"
        "After council.\n\nAfter police.\n\n[ring] Phone council."
    )


def test_a_question_is_called_by_its_first_line() -> None:
    long = replace(ask(text("note"), "over"), text=Template("\nWhat is it?\nIn your words."))
    content = one_dialog(replace(long, next=to("signs")), replace(SIGNS, next=to("over")))
    chat = Chat(content).start().say("it", "none", "answers")
    assert chat.labels[:2] == ["1. What is it?", "2. Which signs?"]
    assert "1. What is it? it\n2. Which signs? None of these" in chat.text


def test_the_list_of_answers_stands_apart_from_its_title() -> None:
    chat = Chat().start().press("No").say("answers")
    assert chat.text == f"{HEADER}\n\n[answers_title]\n\n1. Q danger_now: No"


def test_the_way_out_stands_apart_from_why() -> None:
    assert "[reject_choice]\n\n[stuck]\n\nWelcome." in Chat().start().say("-", "0", "!").text


def test_the_category_is_said_where_a_text_names_it() -> None:
    levels = Table(
        "level",
        Hit.STRONGEST,
        ("none", "1"),
        (Row("GIFTS", (), "1", "box 1", "Gifts."),),
        "none",
        "box 0",
    )
    found = replace(book("north/rules"), tables=(levels, *book("north/rules").tables))
    content = catalogue(
        dialog(
            "common/start",
            ask(DANGER, "result"),
            Decide(id="result", rules="north/rules", next=to("over")),
            End(id="over", outcome=Outcome.FINISH, text=Template("{level}: {carried}")),
        ),
        rules=(found, ADDING),
    )
    assert Chat(content).start().press("No").asks == "1: - Gifts. (box 1)"
