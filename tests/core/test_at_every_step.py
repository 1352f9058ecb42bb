"""What must hold wherever the person stands: at every step, in every overlay."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.core.emergency import DIAL_999
from bot.core.turn import Begin, Find, Forget, Gone, Press, Say, ScreenKind
from tests.core.chat import STATES, Chat

Made = Callable[[], Chat]
every_state = pytest.mark.parametrize("made", STATES.values(), ids=STATES.keys())

URGENT = [
    "999",
    "  DANGER!! ",
    "Emergency.",
    "«999»",
    "999\n",
    "９９９",
    "9️⃣9️⃣9️⃣",
    "٩٩٩",
    "sos",
    "/999",
    "🚨999🚨",
]


@every_state
def test_999_is_one_message_away_and_moves_nothing(made: Made) -> None:
    chat = made()
    before = chat.present
    for word in URGENT:
        chat.say(word)
        assert chat.text == DIAL_999
        assert chat.kind is ScreenKind.URGENT
        assert chat.labels == ["Carry on"]
        assert chat.present == before
        assert not chat.effects


@every_state
def test_after_999_carry_on_shows_the_same_screen_again(made: Made) -> None:
    chat = made()
    before = chat.text
    assert chat.say("999").press("Carry on").text == before


@pytest.mark.parametrize("word", URGENT)
def test_a_person_nobody_knows_is_shown_999_too(word: str) -> None:
    assert Chat().say(word).text == DIAL_999


@every_state
def test_help_is_shown_beside_the_walk(made: Made) -> None:
    chat = made()
    before, screen = chat.present, chat.text
    chat.say("Help!")
    assert chat.asks == "[help]"
    assert chat.present == before
    assert chat.press("Carry on").text == screen


@every_state
def test_leaving_is_at_once_and_says_nothing_of_what_it_was_for(made: Made) -> None:
    chat = made().say("exit")
    assert chat.session is None
    assert chat.text == "[farewell]"
    assert chat.kind is ScreenKind.FAREWELL
    assert chat.reply.clear
    assert chat.effects == (Forget(),)


@every_state
def test_who_blocks_the_chat_is_forgotten_without_a_word(made: Made) -> None:
    chat = made().take(Gone())
    assert chat.session is None
    assert chat.reply.screens == ()
    assert chat.effects == (Forget(),)


@every_state
def test_a_picture_is_refused_and_changes_nothing(made: Made) -> None:
    chat = made()
    before, screen = chat.present, chat.text
    chat.photo()
    assert "[media_refused]" in chat.text
    assert chat.text.replace("[media_refused]\n\n", "") == screen
    assert chat.present == before


@every_state
def test_a_stale_press_changes_nothing(made: Made) -> None:
    chat = made()
    before, screen = chat.present, chat.text
    for turn in (before.turn - 1, before.turn + 1, 0):
        chat.take(Press(turn, "0"))
        assert chat.text == screen
        assert chat.present == before


@every_state
def test_a_press_on_no_button_of_the_screen_shows_it_again(made: Made) -> None:
    chat = made()
    before, screen = chat.present, chat.text
    for option in (str(len(chat.labels)), "99", "on", "-1", "", "9" * 5000, "²"):
        chat.take(Press(before.turn, option))
        assert chat.text == screen
        assert chat.present == before


NONSENSE = ["", "???", "7" * 5000, "\x00\u202e\ud800", "🦊" * 50, "-1", "/", "{what}", "%s"]


@every_state
def test_nonsense_never_loses_an_answer(made: Made) -> None:
    chat = made()
    for words in NONSENSE:
        before = chat.present
        chat.take(Say(words))
        assert set(before.answers) <= set(chat.present.answers)
        assert chat.present.code == before.code
        assert all(isinstance(effect, Find) for effect in chat.effects)


@every_state
def test_deleting_is_asked_about_first_and_can_be_taken_back(made: Made) -> None:
    chat = made()
    before = chat.text
    if "[code_" in before:  # a code that is not noted yet must not be lost
        assert chat.say("delete").text == before
        return
    looking = {"[look_up]", "[found] ", "[not_found] ", "[not_sure] "}
    passing = looking | {
        "[answers_title]",
        "[enter_code]",
        "[confirm_delete]",
    }  # they lead back to the walk
    if any(screen in before for screen in passing):
        before = made().say("back").text
    assert chat.say("delete").asks == "[confirm_delete]"
    assert chat.say("no").text == before
    chat.say("delete", "yes")
    assert chat.session is None
    assert chat.asks == "[deleted]"
    assert chat.reply.clear
    assert chat.effects == (Forget(),)


@every_state
def test_start_never_loses_what_was_written(made: Made) -> None:
    chat = made()
    before = chat.present
    chat.take(Begin("north"))
    assert chat.present.answers == before.answers
    if before.answers:
        assert chat.asks == "[resume]"
    if "[code_" in chat.text:
        assert chat.present == before


@every_state
def test_a_number_or_a_label_typed_is_as_good_as_the_button(made: Made) -> None:
    count = len(made().labels)
    for index in range(count):
        tapped, labelled, numbered = made(), made(), made()
        screen = tapped.reply.screens[-1]
        label = screen.buttons[index].label
        tapped.take(Press(tapped.reply.turn, screen.buttons[index].option))
        if not screen.typed:
            assert numbered.say(f" {index + 1}. ").text == tapped.text
        if label not in {"1: yes", "2", "3"}:
            assert labelled.say(label.upper()).text == tapped.text


@every_state
def test_the_same_input_gives_the_same_bytes(made: Made) -> None:
    for words in ("1", "yes", "back", "answers", "garbage"):
        one, two = made().say(words), made().say(words)
        assert one.reply == two.reply
        assert (one.session and one.session.dump()) == (two.session and two.session.dump())
