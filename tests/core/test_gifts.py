"""Files that a step offers: which buttons there are, for whom, and what is asked of the host."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.core.deadlines import After
from bot.core.dialog import Check, End, Outcome, Tell
from bot.core.errand import reminder
from bot.core.facts import FactType
from bot.core.gifts import Dates, Offer, Picture, Reminder
from bot.core.routing import How
from bot.core.text import Template
from bot.core.turn import Give, Later, Say
from bot.core.turning import begin
from tests.core.chat import NOON, Chat
from tests.core.little import ENTRY, catalogue, one_dialog
from tests.core.offers import DATES, PANEL, PAPERS, REPORT, WAY, at_note, told, with_note
from tests.core.writing import ask, dialog, text, to


def test_each_gift_has_a_button_after_those_of_the_step() -> None:
    chat = at_note(with_note(Offer(PAPERS), Offer(DATES), Offer(WAY)))
    assert chat.labels == [
        "Go on",
        "<give_documents>",
        "<give_calendar>",
        "<give_picture>",
        "<back>",
        "<look_up>",
    ]


def test_a_gift_may_have_a_label_of_its_own() -> None:
    chat = at_note(with_note(Offer(DATES, "The panel, in my calendar"), Offer(WAY)))
    assert chat.labels[1:3] == ["The panel, in my calendar", "<give_picture>"]


@pytest.mark.parametrize(
    ("label", "gift"), [("<give_calendar>", DATES), ("<give_picture>", WAY)], ids=["dates", "way"]
)
def test_asking_for_a_file_changes_nothing_else(label: str, gift: Dates | Picture) -> None:
    chat = at_note(with_note(Offer(DATES), Offer(WAY)))
    before, text = chat.session, chat.text
    chat.press(label)
    assert chat.gifts == [Give(gift)]
    assert (chat.session, chat.text) == (before, text)
    assert chat.press(label).gifts == [Give(gift)]  # and again, as often as they like


def test_what_is_asked_for_before_the_end_is_for_ones_own_file() -> None:
    (asked,) = at_note(with_note(Offer(PAPERS))).press("<give_documents>").gifts
    assert asked.own


def test_a_calendar_counts_from_the_days_that_were_told() -> None:
    met, unknown = text("met", FactType.DATE), text("unknown", FactType.DATE)
    skipped = text("skipped", FactType.DATE)
    rule = After(id="next", area="north", what="Next", clause="6", days=10, since=("met",))
    end = End(
        id="end",
        outcome=Outcome.FINISH,
        text=Template("By {date.next}."),
        gives=(Offer(Dates(("next",))), Offer(Reminder("next", 1))),
    )
    steps = (
        ask(met, "unknown"),
        ask(unknown, "skipped", skip="Skip"),
        ask(skipped, "end", skip="Skip"),
    )
    content = one_dialog(*steps, end)
    content = replace(content, deadlines={"next": rule}, channel="Telegram")
    chat = Chat(content).start().say("20/11/2026", "skip", "skip")
    assert "By Monday 30 November 2026 (counted from Friday 20 November 2026)." in chat.text
    (asked,) = chat.press("<give_calendar>").gifts
    assert dict(asked.days) == {"met": date(2026, 11, 20)}
    assert not asked.own
    assert "Sunday 29 November 2026" in chat.press("<give_reminder>").text


def test_typing_the_label_asks_for_the_file_too() -> None:
    chat = at_note(with_note(Offer(DATES)))
    chat.take(Say("<give_calendar>"))
    assert chat.gifts == [Give(DATES)]


def test_the_documents_are_of_the_named_route_alone() -> None:
    chat = at_note(with_note(Offer(PAPERS)))
    (asked,) = chat.press("<give_documents>").gifts
    assert asked.gift == PAPERS
    assert [submission.route for submission in asked.told] == ["council"]
    (submission,) = asked.told
    assert (submission.day, submission.anonymous) == ("2026-11-21", False)
    assert ("north/child.name", "Sam") in [(a.step, a.answer) for a in submission.answers]
    assert chat.sent == []


def test_a_route_that_is_closed_today_still_gives_its_documents() -> None:
    chat = at_note(with_note(Offer(PAPERS), closed=("council", "police")))
    (asked,) = chat.press("<give_documents>").gifts
    assert [submission.route for submission in asked.told] == ["council"]


def test_somebody_who_does_not_work_with_children_is_not_offered_documents() -> None:
    chat = at_note(with_note(Offer(PAPERS), Offer(DATES)), role="Public")
    assert chat.labels == ["Go on", "<give_calendar>", "<back>"]


def test_an_anonymous_route_gives_no_documents() -> None:
    chat = at_note(with_note(Offer(PAPERS)), child="No")
    assert chat.labels == ["Go on", "<back>", "<look_up>"]


def test_documents_of_nothing_but_left_out_answers_are_not_made() -> None:
    content = with_note(Offer(PAPERS))
    chat = Chat(content)
    chat.start().press("No", "North", "Professional", "Yes").say("skip")
    chat.press("Not sure").say("skip", "skip", "none", "No more", "skip", "yes")
    chat.press("<give_documents>")
    assert chat.gifts == []
    assert "[nothing_to_send]" in chat.text


@pytest.mark.parametrize(("takes", "labels"), [(("north/child",), 4), ((), 3)])
def test_what_a_person_tells_somebody_themselves_is_given_if_it_takes_answers(
    takes: tuple[str, ...], labels: int
) -> None:
    content = with_note(Offer(PAPERS))
    own = replace(content.routes["council"], how=How.TELL, mailboxes=(), takes=takes)
    chat = at_note(replace(content, routes={**content.routes, "council": own}))
    assert len(chat.labels) == labels
    assert (chat.labels[1] == "<give_documents>") is bool(takes)


def tell_two(
    takes: tuple[str, ...], *, also: tuple[str, ...], hows: tuple[How, How] = (How.TELL, How.TELL)
) -> Chat:
    """A report that two people are to be told of, by whoever made it."""
    content = with_note(Offer(PAPERS))
    own = replace(content.routes["council"], how=hows[0], mailboxes=(), takes=takes)
    other = replace(content.routes["police"], how=hows[1], mailboxes=(), takes=also)
    routes = {"council": own, "police": replace(other, anonymous=False)}
    return at_note(replace(content, routes={**content.routes, **routes}))


def given_to(chat: Chat) -> list[str]:
    return [one.route for gift in chat.press("<give_documents>").gifts for one in gift.told]


def test_the_same_answers_make_one_document_though_two_are_told_of_them() -> None:
    assert given_to(tell_two(("north/child",), also=("north/child",))) == ["council"]
    different = tell_two(("north/child",), also=("common/info",))
    assert given_to(different) == ["council", "police"]


@pytest.mark.parametrize(
    ("hows", "given"),
    [
        ((How.TELL, How.PHONE), "police"),
        ((How.TELL, How.FORM), "council"),
        ((How.PHONE, How.TELL), "council"),
        ((How.PHONE, How.PHONE), "council"),
    ],
)
def test_the_one_document_is_for_whoever_is_called(hows: tuple[How, How], given: str) -> None:
    child = ("north/child",)
    assert given_to(tell_two(child, also=child, hows=hows)) == [given]


def test_a_way_of_whose_answers_nothing_was_asked_makes_no_document() -> None:
    assert given_to(tell_two(("north/child",), also=("common/addition",))) == ["council"]


@pytest.mark.parametrize(
    ("takes", "given"), [("north/child", ["council"]), ("common/info", ["council", "police"])]
)
def test_what_is_in_a_mail_already_makes_no_second_document_for_the_own_file(
    takes: str, given: list[str]
) -> None:
    content = with_note(Offer(PAPERS))
    lead = replace(content.routes["police"], how=How.TELL, mailboxes=(), anonymous=False)
    routes = {**content.routes, "police": replace(lead, takes=(takes,))}
    assert given_to(at_note(replace(content, routes=routes))) == given


def test_an_end_gives_files_too() -> None:
    end = End(id="end", outcome=Outcome.FINISH, text=Template("End."), gives=(Offer(DATES),))
    chat = Chat(one_dialog(Tell(id="a", text=Template("A."), button="On", next=to("end")), end))
    chat.start().press("On")
    assert chat.labels == ["<give_calendar>", "<start_again>", "<look_up>"]
    assert chat.press("<give_calendar>").gifts == [Give(DATES)]


def test_a_childs_social_worker_is_offered_documents() -> None:
    content = with_note(Offer(PAPERS))
    chat = Chat(content, session=begin(content, NOON, area="north", role="social_worker"))
    chat.say("no").press("Yes").say("Sam", "14", "vodka", "skip", "none", "No more", "AB1", "yes")
    assert chat.labels == ["Go on", "<give_documents>", "<back>", "<look_up>"]


def test_before_it_is_known_where_a_report_goes_there_are_no_documents() -> None:
    review = Check(id="review", text=Template("Look."), ok="Send", next=to("over"))
    content = one_dialog(told(Offer(PAPERS), Offer(WAY)), review)
    chat = Chat(content, session=begin(content, NOON, role="professional"))
    assert chat.start().labels == ["Go on", "<give_picture>", "<enter_code>", "<look_up>"]


# ---- after sending ----


def sent_with(*offers: Offer) -> Chat:
    """A report sent, whose last step offers these."""
    steps = [
        replace(step, gives=offers) if isinstance(step, End) else step
        for step in ENTRY.steps.values()
    ]
    content = replace(
        catalogue(dialog("north/entry", *steps)),
        deadlines={"panel": PANEL, "report": REPORT},
        channel="Telegram",
    )
    chat = Chat(content).start().press("No", "North", "Professional", "Yes").say("Sam", "14")
    chat.say("vodka", "skip", "none", "No more", "AB1", "yes")
    return chat.press("Send it", "<saved_it>")


def test_after_sending_dates_and_pictures_are_still_offered_but_no_documents() -> None:
    chat = sent_with(Offer(PAPERS), Offer(DATES), Offer(WAY))
    assert chat.labels[:3] == ["<give_calendar>", "<give_picture>", "<start_again>"]
    assert chat.press("<give_picture>").gifts == [Give(WAY)]
    assert chat.press("<give_calendar>").gifts == [Give(DATES)]
    assert "[saved]" in chat.text


def test_after_sending_a_reminder_is_asked_for_and_promised() -> None:
    chat = sent_with(Offer(Reminder("panel", 2)))
    chat.press("<give_reminder>")
    assert "[remind_ask] Tuesday 1 December 2026" in chat.text
    assert chat.labels == ["<remind_yes>", "<close>"]
    chat.press("<remind_yes>")
    assert "[remind_kept]" in chat.text
    assert "[saved]" in chat.text
    assert chat.effects == (Later(reminder(date(2026, 12, 1), UTC)),)


def test_a_reminder_that_is_not_wanted_is_not_kept() -> None:
    chat = sent_with(Offer(Reminder("panel", 2))).press("<give_reminder>", "<close>")
    assert chat.effects == ()
    assert "[remind_kept]" not in chat.text
    assert "[saved]" in chat.text


@pytest.mark.parametrize(("word", "kept"), [("yes", True), ("no", False)])
def test_a_reminder_is_answered_in_words_too(word: str, *, kept: bool) -> None:
    chat = sent_with(Offer(Reminder("panel", 2))).press("<give_reminder>").say(word)
    assert ("[remind_kept]" in chat.text) is kept


@pytest.mark.parametrize(
    ("day", "asked"),
    [(1, "Tuesday 1 December 2026"), (30, "Thursday 3 December 2026")],
    ids=["before", "over"],
)
def test_a_reminder_that_would_be_over_comes_on_the_day_itself(day: int, asked: str) -> None:
    days = 2 if day == 1 else 30
    chat = sent_with(Offer(Reminder("panel", days))).press("<give_reminder>")
    assert asked in chat.text


def test_no_reminder_is_offered_on_the_day_or_where_nobody_can_be_written_to() -> None:
    content = replace(with_note(Offer(Reminder("panel", 2))), channel="Telegram")
    assert at_note(content).labels == ["Go on", "<give_reminder>", "<back>", "<look_up>"]
    assert "<give_reminder>" not in at_note(replace(content, channel="")).labels
    on_the_day = Chat(content, now=datetime(2026, 12, 3, 12, 0, tzinfo=UTC))
    on_the_day.start().press("No", "North", "Professional", "No")
    on_the_day.say("vodka", "skip", "none", "No more", "AB1", "yes")
    assert "Note." in on_the_day.text
    assert "<give_reminder>" not in on_the_day.labels


def test_a_reminder_is_asked_for_over_the_step_and_back_leads_there() -> None:
    content = replace(with_note(Offer(Reminder("panel", 2))), channel="Telegram")
    chat = at_note(content).press("<give_reminder>")
    assert "[remind_ask]" in chat.text
    assert "Note." in chat.say("back").text
    chat.press("<give_reminder>", "<remind_yes>")
    assert "[remind_kept]" in chat.text
    assert "Note." in chat.text


def test_a_reminder_of_a_day_that_came_meanwhile_is_not_promised() -> None:
    content = replace(with_note(Offer(Reminder("panel", 2))), channel="Telegram")
    chat = Chat(content, now=datetime(2026, 12, 2, 23, 58, tzinfo=UTC))
    chat.start().press("No", "North", "Professional", "No")
    chat.say("vodka", "skip", "none", "No more", "AB1", "yes").press("<give_reminder>")
    assert "<remind_yes>" in chat.labels
    chat.wait(4).say("yes")
    assert chat.effects == ()
    assert "Note." in chat.text
