"""Adding to a report by its code, and pausing one."""

from __future__ import annotations

from dataclasses import replace

from bot.core import hosted
from bot.core.catalogue import Catalogue
from bot.core.dialog import Decide, Tell
from bot.core.engine import advance
from bot.core.session import ADDITION, Overlay, Session
from bot.core.text import Template
from bot.core.turn import Forget, Park, Press, ScreenKind
from tests.core.chat import CODE, OTHER_CODE, PAUSE_CODE, RECEIPT, Chat, at_review, with_receipt
from tests.core.little import ADDITION as ADDITION_DIALOG
from tests.core.little import MORE, catalogue
from tests.core.writing import dialog, to


def added() -> Chat:
    return with_receipt().say(OTHER_CODE).press("<add_more>", "No").say("They are back.")


def test_an_addition_goes_where_the_report_went_under_its_reference() -> None:
    chat = added()
    assert "2. Q more: They are back." in chat.text
    chat.press("Send it")
    (made,) = chat.sent
    assert (made.route, made.kind, made.adds_to) == ("police", "intelligence", "R-1")
    assert [line.answer for line in made.answers] == ["No", "They are back."]
    assert made.facts == {"danger_now": "no", "more": "They are back."}
    assert "[saved] - The police" in chat.text
    assert "Added." in chat.text
    assert CODE not in chat.text


def whom(text: str) -> Catalogue:
    """The little content, whose addition says first whom to call."""
    tell = Tell(id="whom", text=Template(text), button="Go on", next=to("more"))
    decide = Decide(id="first", rules="common/addition", next=to("whom"))
    danger, *rest = ADDITION_DIALOG.steps.values()
    first = replace(danger, next=to("first"))
    return catalogue(dialog("common/addition", first, decide, tell, *rest, facts=(MORE,)))


def test_an_addition_says_whom_to_call_of_those_who_got_the_report() -> None:
    chat = with_receipt(Chat(whom("Call: {phones}")).start()).say(OTHER_CODE)
    chat.press("<add_more>", "Yes")
    assert "Call: Phone police." in chat.text
    gone = with_receipt(Chat(whom("Call: {phones}.")).start())
    gone.opens[OTHER_CODE] = {**RECEIPT, "routes": ["gone", "council", "police"]}
    gone.say(OTHER_CODE).press("<add_more>", "Yes")
    assert "Call: Phone council.\n\nPhone police.." in gone.text


def test_after_an_addition_the_next_words_are_a_new_conversation() -> None:
    chat = added().press("Send it")
    assert chat.present.root == "common/start"
    assert chat.say("receipt").asks == "[enter_code]"
    assert chat.say("back").present.code == ""
    assert chat.press("<start_again>").asks == "Q danger_now"


def test_an_addition_to_a_closed_or_forgotten_route_is_not_sent() -> None:
    chat = with_receipt(Chat(catalogue(closed=("police",))).start()).say(OTHER_CODE)
    chat.press("<add_more>", "No").say("more")
    assert "[closed_route] Phone police." in chat.text
    chat.press("Send it")
    assert not chat.sent
    assert chat.asks == "[closed_route] Phone police."
    gone = with_receipt()
    gone.opens[OTHER_CODE] = {**RECEIPT, "routes": ["gone"]}
    gone.say(OTHER_CODE).press("<add_more>", "No").say("more").press("Send it")
    assert not gone.sent
    assert gone.asks == "[not_decided]"


def test_another_code_is_not_opened_in_the_middle_of_an_addition() -> None:
    chat = with_receipt().say(OTHER_CODE).press("<add_more>")
    assert "<enter_code>" not in chat.labels
    chat.say(CODE)
    assert not chat.effects
    assert "[busy_report]" in chat.say("receipt").text
    assert chat.present.code == OTHER_CODE


def test_adding_waits_until_the_report_at_hand_is_sent_or_deleted() -> None:
    chat = with_receipt(at_review()).say("receipt", OTHER_CODE).press("<add_more>")
    assert "[busy_report]" in chat.text
    assert "[receipt_status]" in chat.text
    assert chat.present.answers
    over = with_receipt(Chat().start().press("No", "Elsewhere", "Public")).say(OTHER_CODE)
    assert over.press("<add_more>").present.root == ADDITION


def test_an_addition_keeps_its_turns_and_its_receipt() -> None:
    before = with_receipt().say(OTHER_CODE)
    turn = before.present.turn
    chat = before.press("<add_more>")
    assert chat.present.turn == turn + 1
    assert chat.present.code == OTHER_CODE
    assert chat.present.adds_to == RECEIPT
    assert at_review().present.adds_to == {}


# ---- pausing ----


def test_pausing_keeps_the_draft_and_shows_a_code() -> None:
    chat = at_review()
    answers = chat.present.answers
    chat.say("pause")
    (park,) = chat.effects
    assert isinstance(park, Park)
    draft = Session.load(park.draft)
    assert draft.answers == answers
    assert (draft.overlay, draft.changing, draft.update) == (Overlay.NONE, "", 0)
    assert f"[code_pause] {PAUSE_CODE} 24" in chat.text
    assert chat.present.answers == {}


def test_once_the_pause_code_is_noted_nothing_is_kept_here() -> None:
    chat = at_review().say("pause", "done")
    assert chat.session is None
    assert chat.asks == "[paused]"
    assert chat.kind is ScreenKind.NOTICE
    assert chat.effects == (Forget(errands=False),)


def test_a_draft_comes_back_behind_the_neutral_question() -> None:
    chat = at_review()
    screen = chat.text
    chat.say("pause", "done").start().say(PAUSE_CODE)
    assert chat.asks == "[resume]"
    assert chat.press("<carry_on>").text == screen
    assert chat.press("Send it").sent


def test_nothing_to_pause_says_so() -> None:
    chat = Chat().start().say("pause")
    assert "[pause_empty]" in chat.text
    assert chat.asks == "Q danger_now"
    assert not chat.effects


def test_pausing_leaves_a_change_but_keeps_marks_in_progress() -> None:
    changing = at_review().say("4", "2", "pause")
    draft = Session.load(changing.opens[PAUSE_CODE])  # type: ignore[arg-type]
    assert draft.changing == ""
    assert draft.marks == {}
    ticking = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "1", "pause")
    assert Session.load(ticking.opens[PAUSE_CODE]).marks == {"late": "yes"}  # type: ignore[arg-type]


def test_a_receipt_that_was_open_is_not_paused_with_the_draft() -> None:
    chat = with_receipt(at_review()).say("receipt", OTHER_CODE, "pause")
    draft = Session.load(chat.opens[PAUSE_CODE])  # type: ignore[arg-type]
    assert (draft.code, draft.status, draft.under) == ("", {}, Overlay.NONE)
    again = with_receipt().say(OTHER_CODE).press("<add_more>", "No").say("pause")
    assert Session.load(again.opens[PAUSE_CODE]).code == OTHER_CODE  # type: ignore[arg-type]


# ---- what the host puts in ----


def test_what_the_host_puts_in_makes_earlier_buttons_stale() -> None:
    session = replace(at_review().present, update=7)
    for after in (
        hosted.with_code(session, CODE),
        hosted.with_pause_code(session, CODE),
        hosted.with_receipt(session, CODE, RECEIPT),
        hosted.with_draft(session, session.dump()),
    ):
        assert after.turn == session.turn + 1
        assert (after.update, after.touched) == (7, session.touched)
        assert (after.edition, after.root) == (session.edition, session.root)


def test_a_draft_taken_up_stays_known_when_a_receipt_is_opened_over_it() -> None:
    session = replace(at_review().present, status={"draft": "ab"})
    opened = hosted.with_receipt(session, CODE, RECEIPT)
    assert opened.status == {"draft": "ab", **RECEIPT}
    assert opened.own().status == {"draft": "ab"}
    assert opened.own().code == ""


def test_a_draft_that_was_sent_is_known_to_be_dropped() -> None:
    chat = at_review()
    chat.session = replace(chat.present, status={"draft": "ab"})
    turn = advance(chat.catalogue, chat.present, Press(chat.reply.turn, "0"), chat.now)
    assert turn.session is not None
    assert turn.session.status == {"draft": "ab"}
    assert turn.reply.screens == ()
