"""What leaves the conversation, and for whom: each route gets its own part and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.danger import Sign, compile_danger
from bot.core.dialog import Decide, Manner
from bot.core.session import Said
from bot.core.submission import AnswerLine, Submission
from tests.core.chat import NOON, Chat, at_review
from tests.core.little import DANGER, ENTRY, RULES, book, catalogue, one_dialog
from tests.core.writing import ask, row, to


def both() -> tuple[Submission, Submission]:
    """A walk that named a child and told of a place, sent."""
    council, police = at_review(child="Yes").press("Send it").sent
    return council, police


def test_intelligence_holds_nothing_of_the_child_that_was_named() -> None:
    _, police = both()
    everything = str(police.as_json("R-1"))
    assert "Sam" not in everything
    assert "14" not in everything
    assert "CHILD" not in everything
    assert "council" not in everything
    assert police.indicators == {}
    assert police.finding.results == {"action": "intelligence"}
    assert [reason.row for reason in police.finding.because] == ["INFO_TOO"]
    assert police.finding.not_asked == ()


def test_intelligence_holds_everything_that_was_told_of_the_place() -> None:
    _, police = both()
    assert (police.route, police.kind, police.area) == ("police", "intelligence", "north")
    assert police.day == "2026-11-21"
    assert police.anonymous
    assert police.editions == {"content": "e1"}
    assert police.adds_to == ""
    assert police.facts == {
        "danger_now": "no",
        "area": "north",
        "role": "public",
        "what": "vodka",
        "day": "2026-11-20",
        "people": ({"looks": "tall"},),
        "plate": "AB1",
        "plate_of": "AB1",
        "still": "yes",
    }
    assert police.answers == (
        AnswerLine("common/info.what", "What happened", "vodka", fact="what"),
        AnswerLine("common/info.day", "Q day", "Friday 20 November 2026", fact="day"),
        AnswerLine("common/info.signs", "Which signs?", "yes: Out late", Said.MARKS),
        AnswerLine("common/info#1.people", "Anyone?", "Yes, one", Said.MORE, "people"),
        AnswerLine(
            "common/person#1.looks", "Person 1: Looks", "tall", fact="looks", item="Person 1"
        ),
        AnswerLine("common/info#2.people", "Anyone else?", "No more", Said.ENOUGH, "people"),
        AnswerLine("common/car.plate", "Q plate", "AB1", fact="plate"),
        AnswerLine("common/info.still", "Q still", "Yes", fact="still"),
    )


def test_a_named_referral_holds_the_child_and_the_whole_finding_and_nothing_of_the_place() -> None:
    council, _ = both()
    assert (council.route, council.kind, council.anonymous) == ("council", "referral", False)
    assert council.facts == {
        "danger_now": "no",
        "area": "north",
        "role": "public",
        "name": "Sam",
        "age": 14,
    }
    assert [line.answer for line in council.answers] == ["Sam", "14"]
    assert council.indicators == {}
    assert council.finding.results == {"action": "refer"}
    assert [reason.row for reason in council.finding.because] == ["CHILD", "INFO_TOO"]
    assert "vodka" not in str(council.as_json("R-1"))


def test_a_named_referral_holds_the_signs_that_were_marked_in_its_own_dialogs() -> None:
    content = catalogue()
    council = replace(content.routes["council"], takes=("north/child", "common/info"))
    content = replace(content, routes={**content.routes, "council": council})
    first = at_review(content, child="Yes").press("Send it").sent[0]
    assert first.indicators == {"late": "yes", "gifts": "no", "cars": "no"}


def test_not_sure_travels_as_not_sure_and_left_out_as_nothing() -> None:
    chat = Chat().start().press("No", "North", "Public", "Not sure", "Leave out", "Not sure")
    chat.say("skip", "skip", "2? done", "no", "skip", "no").press("Send it")
    council, police = chat.sent
    assert council.facts == {
        "danger_now": "no",
        "area": "north",
        "role": "public",
        "age": "unsure",
    }
    assert [line.answer for line in council.answers] == ["<skipped>", "<unsure>"]
    assert police.facts == {
        "danger_now": "no",
        "area": "north",
        "role": "public",
        "people": (),
        "still": "no",
    }
    assert [line.answer for line in police.answers[:3]] == [
        "<skipped>",
        "<skipped>",
        "<unsure>: Gifts",
    ]


def test_no_sign_is_said_as_no_sign() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none")
    chat.say("no", "skip", "no").press("Send it")
    (police,) = chat.sent
    assert police.answers[2].answer == "None of these"


def test_an_answer_off_the_path_is_never_sent() -> None:
    chat = at_review(child="Yes").say("1").press("No", "Send it")
    (police,) = chat.sent
    assert police.route == "police"
    assert "Sam" not in str(police)


def test_only_mail_routes_are_sent() -> None:
    chat = Chat().start().press("Yes", "Go on", "North", "Public", "No")
    chat.say("x", "skip", "none", "no", "skip", "no")
    assert "- The police\n- The helpline" in chat.text
    assert [made.route for made in chat.press("Send it").sent] == ["police"]


def test_a_closed_route_is_not_sent_and_its_numbers_are_shown() -> None:
    chat = at_review(catalogue(closed=("council",)), child="Yes")
    assert "[closed_route] Phone council." in chat.text
    assert "Phone police." not in chat.text
    assert [made.route for made in chat.press("Send it").sent] == ["police"]


def test_with_every_route_closed_nothing_is_sent_and_nothing_is_lost() -> None:
    chat = at_review(catalogue(closed=("council", "police")), child="Yes").press("Send it")
    assert not chat.sent
    assert chat.asks == "Phone police."
    assert "[closed_route] Phone council." in chat.text
    assert "Thanks." not in chat.text
    assert chat.labels == ["<back>", "<start_again>", "<look_up>"]
    assert "Sam" in chat.say("answers").text


def test_a_report_without_any_finding_is_not_said_to_be_sent() -> None:
    chat = Chat(one_dialog(ask(DANGER, "sent"), ENTRY.steps["sent"])).start().press("No")
    assert not chat.sent
    assert chat.asks == "[not_decided]"


def test_a_finding_without_routes_is_not_said_to_be_sent() -> None:
    nobody = book("north/rules", row("X", "record"))
    content = one_dialog(
        ask(DANGER, "result"),
        Decide(id="result", rules="north/rules", next=to("sent")),
        ENTRY.steps["sent"],
    )
    chat = Chat(replace(content, rules={"north/rules": nobody})).start().press("No")
    assert not chat.sent
    assert chat.asks == "[not_decided]"


def test_an_emergency_is_said_to_every_reader() -> None:
    urgent = replace(row("E", "refer", "danger_now is yes"), emergency=True)
    rules = book("north/rules", urgent, *RULES.tables[0].rows)
    content = replace(catalogue(), rules={"north/rules": rules})
    chat = Chat(content).start().press("Yes", "Go on", "North", "Public", "Yes")
    chat.say("Sam", "14", "x", "skip", "none", "no", "skip", "no").press("Send it")
    assert [made.finding.emergency for made in chat.sent] == [True, True]
    assert not any(made.finding.emergency for made in both())


def test_the_day_is_the_day_of_sending() -> None:
    chat = at_review()
    chat.now = NOON.replace(hour=23, minute=55)
    chat.session = replace(chat.present, touched=chat.present.touched + 11 * 60 + 55)
    assert chat.wait(10).press("Send it").sent[0].day == "2026-11-22"


def test_a_report_of_nothing_but_left_out_is_not_sent_and_can_be_written_still() -> None:
    chat = Chat().start().press("No", "North", "Public", "No")
    chat.say("skip", "skip", "none", "no", "skip", "no").press("Send it")
    assert not chat.sent
    assert "[nothing_to_send]" in chat.text
    assert chat.press("<back>").say("2", "vodka").press("Send it").sent


def test_nothing_leaves_a_practice_even_where_it_comes_to_sending() -> None:
    practice = catalogue(replace(ENTRY, manner=Manner.PRACTICE))
    assert at_review(practice).press("Send it").sent == []
    assert len(at_review(catalogue(ENTRY)).press("Send it").sent) == 1


TOLD = "[danger_worded]"


@pytest.mark.parametrize(("answered", "mark"), [("No", TOLD), ("Not sure", TOLD), ("Yes", "")])
def test_a_desk_is_told_that_words_read_like_danger_where_nobody_said_so(
    answered: str, mark: str
) -> None:
    content = replace(catalogue(), danger=compile_danger([Sign("vodka", ("vodka",))]))
    chat = Chat(content).start().press(answered)
    chat = chat if answered == "No" else chat.press("Go on")
    chat.press("North", "Public", "Yes").say("Sam", "14", "vodka").press("<carry_on>")
    chat.say("20/11/2026", "1", "done", "no", "AB1", "yes").press("Send it")
    assert chat.sent
    assert {report.mark for report in chat.sent} == {mark}
    assert not any(report.mark for report in both())
