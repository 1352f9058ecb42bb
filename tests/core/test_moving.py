"""The path: forward, back, changing an answer, and answers that are no longer on it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.dialog import Call, End, Outcome, Repeat
from bot.core.text import Template
from bot.core.turn import Press
from bot.core.walk import replay
from tests.core.chat import Chat, at_review
from tests.core.little import PEOPLE, catalogue
from tests.core.writing import dialog, text, to


def test_a_text_without_a_button_leads_the_next_screen_only() -> None:
    chat = Chat().start()
    assert "Welcome.\n\nQ danger_now" in chat.text
    assert "Welcome." not in chat.press("No").text


def test_danger_shows_the_call_first_and_lets_the_person_go_on() -> None:
    for label in ("Yes", "Not sure"):
        chat = Chat().start().press(label)
        assert chat.asks == "Call first."
        assert chat.press("Go on").asks == "Q area"
    assert Chat().start().press("No").asks == "Q area"


def test_back_goes_through_calls_and_repeats_one_question_at_a_time() -> None:
    chat = at_review()
    seen = []
    while chat.present.answers:
        seen.append(chat.say("back").asks)
    assert seen == [
        "Q still AB1",
        "Q plate",
        "Anyone else?",
        "Q looks",
        "Anyone?",
        "3. Cars",
        "Q day",
        "Q what",
        "Q child",
        "Q role",
        "Q area",
        "Q danger_now",
    ]
    assert "<back>" not in chat.labels


def test_back_at_the_first_question_shows_it_again() -> None:
    chat = Chat().start()
    before = chat.present
    assert chat.say("back").asks == "Q danger_now"
    assert chat.present == before


def test_back_forgets_the_marks_in_progress() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "1")
    assert chat.say("back").present.marks == {}


def test_a_repeat_asks_for_each_and_stops_at_its_bound() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none")
    assert chat.asks == "Anyone?"
    chat.press("Yes, one")
    assert "Q looks" in chat.text
    assert chat.say("tall").asks == "Anyone else?"
    assert chat.press("Yes, one").say("short").asks == "Q plate"
    walk = replay(chat.catalogue, chat.present)
    assert [v.place for v in walk.visits if v.item] == [
        "entry/info/people.1",
        "entry/info/people.1/looks",
        "entry/info/people.2",
        "entry/info/people.2/looks",
    ]


def test_a_called_dialog_gives_its_value_back() -> None:
    chat = Chat().start().press("No", "North", "Public", "No").say("x", "skip", "none", "no")
    assert chat.say("AB1").asks == "Q still AB1"
    assert chat.say("back", "skip").asks == "Q still"


def test_a_repeat_of_shared_facts_and_a_call_into_one_are_known_everywhere() -> None:
    people = replace(PEOPLE, id="folk")
    plate = text("car")
    content = catalogue(
        dialog(
            "common/start",
            Repeat(
                id="folk",
                fact=people,
                dialog="common/person",
                first=Template("Anyone?"),
                another=Template("More?"),
                yes="Y",
                no="N",
                next=to("car"),
            ),
            Call(id="car", dialog="common/car", into=plate, next=to("over")),
            End(id="over", outcome=Outcome.FINISH, text=Template("Saw {car}{folk}.")),
        )
    )
    chat = Chat(content).start().press("Y").say("tall").press("N").say("AB1")
    assert chat.asks == "Saw AB1."
    facts = replay(content, chat.present).facts
    assert facts["folk"] == ({"looks": "tall"},)
    assert facts["car"] == "AB1"


def test_a_call_inside_an_item_is_known_by_the_number_of_the_item() -> None:
    person = dialog(
        "common/person",
        Call(id="car", dialog="common/car", next=to("done")),
        End(id="done", outcome=Outcome.RETURN),
    )
    chat = Chat(catalogue(person)).start().press("No", "North", "Public", "No")
    chat.say("x", "skip", "none").press("Yes, one").say("AB1").press("Yes, one").say("CD2")
    text_ = chat.say("answers").press("<more>").text
    assert "9. Car 1: Q plate: AB1" in text_
    assert "11. Car 2: Q plate: CD2" in text_


def test_the_area_chooses_the_dialog_that_is_called() -> None:
    assert Chat().start().press("No", "Elsewhere", "Public").asks == "Ring."
    assert Chat().start().press("No", "North", "Public").asks == "Q child"


def test_a_link_naming_an_area_answers_where_and_nothing_else() -> None:
    chat = Chat().start("north")
    assert chat.asks == "Q danger_now"
    assert chat.press("No").asks == "Q role"
    assert chat.press("Public").asks == "Q child"
    assert Chat().start("nowhere").press("No").asks == "Q area"
    assert Chat().start("").press("No").asks == "Q area"


def test_opening_the_chat_again_before_any_answer_begins_afresh() -> None:
    chat = Chat().start("north")
    first = chat.present.turn
    chat.start()
    assert chat.present.given == {}
    assert chat.present.turn == first + 1
    assert Chat().start().present.turn > 1
    assert chat.press("No").asks == "Q area"


def test_a_first_word_of_a_person_nobody_knows_shows_the_first_question() -> None:
    chat = Chat().say("hello")
    assert chat.asks == "Q danger_now"
    assert chat.present.answers == {}


def test_a_button_of_an_erased_conversation_is_stale_in_the_next() -> None:
    chat = Chat().start().say("no")
    old = chat.reply
    chat.say("exit").wait(1).start()
    chat.take(Press(old.turn, "0"))
    assert "Q danger_now" in chat.text
    assert not chat.present.answers
