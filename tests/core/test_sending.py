"""How a report of somebody who works with children leaves: by mail, or in their own hands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalogue import Area, Catalogue
from bot.core.dialog import Check, Decide, End, Outcome, Step
from bot.core.gifts import Documents
from bot.core.text import Template
from bot.core.turn import Submit
from tests.core.chat import CODE, Chat, with_receipt
from tests.core.little import ENTRY, catalogue
from tests.core.writing import dialog, to

BOTH = ("mail", "documents")


def at_review(content: Catalogue, role: str = "Professional", child: str = "Yes") -> Chat:
    chat = Chat(content).start().press("No", "North", role, child)
    if child == "Yes":
        chat.say("Sam", "14")
    chat.say("vodka", "skip", "none", "No more", "AB1", "yes")
    assert "Look:" in chat.text
    return chat


def content(*ways: str, training: bool = False, channel: str = "Telegram") -> Catalogue:
    return replace(catalogue(training=training, ways=ways), channel=channel)


def submit(chat: Chat) -> Submit:
    (effect,) = chat.effects
    assert isinstance(effect, Submit)
    return effect


# ---- documents alone ----


def test_in_live_mode_documents_are_the_way_unless_the_area_says_otherwise() -> None:
    chat = at_review(content())
    assert chat.labels[:2] == ["<by_hand>", "<change>"]
    assert "[by_hand_check]" in chat.text
    assert at_review(content(training=True)).labels[0] == "Send it"
    assert at_review(content("mail")).labels[0] == "Send it"


def test_nothing_of_a_report_that_goes_by_hand_is_sent() -> None:
    chat = at_review(content("documents")).press("<by_hand>")
    assert chat.effects == ()
    assert chat.sent == []
    assert "[by_hand] Phone council." in chat.text
    assert chat.labels[:2] == ["<give_documents>", "<have_them_send>"]


def test_its_documents_can_be_had_as_often_as_wanted_and_the_answers_stay() -> None:
    chat = at_review(content("documents")).press("<by_hand>")
    for _ in range(2):
        (give,) = chat.press("<give_documents>").gifts
        assert isinstance(give.gift, Documents)
        assert [one.route for one in give.told] == ["council"]
    assert chat.present.answers


def test_what_names_no_child_is_sent_once_they_have_the_documents() -> None:
    chat = at_review(content("documents")).press("<by_hand>")
    assert "[by_hand_rest] - The police" in chat.text
    sent = submit(chat.press("<have_them_send>"))
    assert [one.route for one in sent.submissions] == ["police"]
    assert (sent.copies, sent.tell_if_late) == (False, False)
    assert CODE in chat.text


def test_where_all_goes_by_hand_their_answers_go_once_they_have_it() -> None:
    shut = replace(content("documents"), closed={"police": ("why",)})
    chat = at_review(shut).press("<by_hand>")
    assert "[by_hand_rest]" not in chat.text
    assert chat.labels[:2] == ["<give_documents>", "<have_them>"]
    chat.press("<have_them>")
    assert chat.present.answers == {}
    assert chat.sent == []
    assert "[by_hand_done]" in chat.text
    assert "Welcome." in chat.text


def test_a_closed_route_goes_by_hand_all_the_same() -> None:
    shut = replace(content("documents"), closed={"council": ("why",)})
    review = at_review(shut)
    assert "[closed_route]" not in review.text
    (give,) = review.press("<by_hand>", "<give_documents>").gifts
    assert [one.route for one in give.told] == ["council"]


@pytest.mark.parametrize("role", ["Public"])
def test_everybody_else_sends_by_mail(role: str) -> None:
    chat = at_review(content("documents"), role=role)
    assert chat.labels[:3] == ["Send it", "<change>", "<back>"]
    assert {one.route for one in submit(chat.press("Send it")).submissions} == {
        "council",
        "police",
    }


def test_an_anonymous_report_goes_by_mail_whoever_tells_it() -> None:
    chat = at_review(content("documents"), child="No")
    assert chat.labels[0] == "Send it"
    assert "[by_hand_check]" not in chat.text
    assert [one.route for one in submit(chat.press("Send it")).submissions] == ["police"]


def test_an_addition_goes_where_its_report_went() -> None:
    chat = with_receipt(Chat(content("documents")).start()).say("receipt")
    assert "<want_copy>" not in chat.labels


# ---- both ways ----


def test_where_both_are_offered_the_person_chooses() -> None:
    chat = at_review(content(*BOTH))
    assert chat.labels[:5] == ["Send it", "<change>", "<want_copy>", "<want_late>", "<by_hand>"]
    assert "[by_hand_check]" not in chat.text
    assert {one.route for one in submit(chat.press("Send it")).submissions} == {
        "council",
        "police",
    }


def test_by_hand_can_be_taken_back_until_the_documents_have_come() -> None:
    chat = at_review(content(*BOTH)).press("<by_hand>")
    assert "[by_hand]" in chat.text
    chat.press("<back>")
    assert chat.labels[0] == "Send it"
    assert {one.route for one in submit(chat.press("Send it")).submissions} == {
        "council",
        "police",
    }


# ---- beside the sending ----


def test_a_copy_and_a_late_notice_are_given_only_when_asked_for() -> None:
    sent = submit(at_review(content("mail")).press("Send it"))
    assert (sent.copies, sent.tell_if_late) == (False, False)
    chat = at_review(content("mail")).press("<want_copy>")
    assert chat.labels[2:4] == ["<wanted_copy>", "<want_late>"]
    sent = submit(chat.press("Send it"))
    assert (sent.copies, sent.tell_if_late) == (True, False)
    chat = at_review(content("mail")).press("<want_copy>", "<want_late>", "<wanted_copy>")
    sent = submit(chat.press("Send it"))
    assert (sent.copies, sent.tell_if_late) == (False, True)


def test_what_was_asked_for_is_forgotten_with_the_report() -> None:
    chat = at_review(content("mail")).press("<want_copy>", "Send it")
    assert chat.present.wants == ()


def test_where_nobody_can_be_written_to_later_nothing_late_is_offered() -> None:
    chat = at_review(content("mail", channel=""))
    assert chat.labels[2:4] == ["<want_copy>", "<back>"]


def test_where_nothing_named_can_be_sent_today_nothing_is_offered_beside_it() -> None:
    shut = replace(content("mail"), closed={"council": ("why",)})
    assert at_review(shut).labels[2] == "<back>"


@pytest.mark.parametrize(("role", "child"), [("Public", "Yes"), ("Professional", "No")])
def test_anonymous_reports_and_other_people_are_offered_neither(role: str, child: str) -> None:
    chat = at_review(content(*BOTH), role=role, child=child)
    assert chat.labels[2] == "<back>"


# ---- what the chat keeps ----


@pytest.mark.parametrize("role", ["Public", "Professional"])
def test_before_the_first_question_about_a_child_it_is_said_what_is_stored(role: str) -> None:
    chat = Chat(content("mail")).start().press("No", "North", role, "Yes")
    assert "[chat_stored] Telegram" in chat.text
    assert ("\n\n[chat_kept] 24\n" in chat.text) is (role == "Professional")
    chat.say("Sam")
    assert "[chat_stored]" not in chat.text
    assert "[chat_kept]" not in chat.text


def test_the_check_says_that_a_copy_can_be_made_only_now() -> None:
    chat = at_review(content("mail"), role="Professional", child="Yes")
    assert "[copy_offer]" in chat.text
    assert "[copy_offer]" not in at_review(content("mail"), role="Public", child="Yes").text
    assert (
        "[copy_offer]"
        not in at_review(content("documents"), role="Professional", child="Yes").text
    )


def test_it_is_not_said_where_nothing_stores_the_chat() -> None:
    chat = Chat(content("mail", channel="")).start().press("No", "North", "Professional", "Yes")
    assert "[chat_stored]" not in chat.text


def test_it_is_not_said_before_a_question_that_names_nobody() -> None:
    chat = Chat(content("mail")).start().press("No", "North", "Professional", "No")
    assert "[chat_stored]" not in chat.text


def test_an_area_that_is_not_known_offers_what_the_mode_does() -> None:
    bare = replace(content("mail"), areas={"north": Area("north", "North")})
    assert at_review(bare).labels[0] == "<by_hand>"


def test_a_check_after_which_nothing_is_sent_stays_as_it_is_written() -> None:
    look = Check(id="look", text=Template("Look."), ok="It is right", next=to("over"))
    end = End(id="over", outcome=Outcome.FINISH, text=Template("Over."))
    entry = dialog("north/entry", *_until_result(), look, end)
    bare = replace(catalogue(entry, ways=("documents",)), channel="Telegram")
    chat = Chat(bare).start().press("No", "North", "Professional", "Yes").say("Sam", "14")
    chat.say("vodka", "skip", "none", "No more", "AB1", "yes")
    assert chat.labels[:3] == ["It is right", "<change>", "<back>"]
    assert "Over." in chat.press("It is right").text


def _until_result() -> list[Step]:
    """The steps of the entry up to its finding, which then leads to the check."""
    steps = [step for step in ENTRY.steps.values() if step.id not in {"review", "sent"}]
    return [replace(s, next=to("look")) if isinstance(s, Decide) else s for s in steps]
