"""Signs on one screen, marked by taps and by numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.facts import Value
from tests.core.chat import Chat
from tests.core.little import SIGNS, one_dialog
from tests.core.writing import to

TICK = replace(SIGNS, next=to("over"))


def ticked(*words: str) -> Chat:
    return Chat(one_dialog(TICK)).start().say(*words)


def marks(chat: Chat) -> dict[str, str] | None:
    """The marks of the screen once it is finished."""
    found = chat.present.answers.get("signs")
    return dict(found.marks) if found else None


@pytest.mark.parametrize(
    ("typed", "now"),
    [
        ("1", {"late": "yes"}),
        ("1 3", {"late": "yes", "cars": "yes"}),
        ("1,3.", {"late": "yes", "cars": "yes"}),
        ("1 and 3", {"late": "yes", "cars": "yes"}),
        ("2?", {"gifts": "unsure"}),
        ("1 2 ?", {"late": "yes", "gifts": "unsure"}),
        ("(2?) 3", {"gifts": "unsure", "cars": "yes"}),
        ("1 1? 1", {"late": "yes"}),
    ],
)
def test_signs_are_marked_by_their_numbers(typed: str, now: dict[str, Value]) -> None:
    chat = ticked(typed)
    assert chat.present.marks == now
    assert marks(chat) is None


@pytest.mark.parametrize("typed", ["4", "0", "1 4", "late", "1 x", "x?", "", "1??", "done", "123"])
def test_what_is_no_sign_is_asked_again_and_marks_nothing(typed: str) -> None:
    chat = ticked(typed)
    assert "[reject_marks] 3" in chat.text
    assert chat.present.marks == {}
    assert marks(chat) is None


@pytest.mark.parametrize(
    ("typed", "all_of_them"),
    [
        (("none",), ("no", "no", "no")),
        (("i don't know",), ("unsure", "unsure", "unsure")),
        (("1", "done"), ("yes", "no", "no")),
        (("1 2? done",), ("yes", "unsure", "no")),
        (("2?", "unsure"), ("unsure", "unsure", "unsure")),
        (("3", "unsure"), ("unsure", "unsure", "yes")),
        (("1", "none"), ("yes", "no", "no")),
    ],
)
def test_every_sign_gets_an_answer_when_the_screen_is_finished(
    typed: tuple[str, ...], all_of_them: tuple[str, ...]
) -> None:
    chat = ticked(*typed)
    assert marks(chat) == dict(zip(("late", "gifts", "cars"), all_of_them, strict=True))
    assert chat.present.marks == {}
    assert chat.asks == "Over."


def test_a_tap_on_a_sign_goes_from_yes_to_not_sure_to_nothing() -> None:
    chat = ticked().press("2")
    assert "2. Gifts – yes" in chat.text
    assert chat.labels[1] == "2: yes"
    chat.press("2: yes")
    assert "2. Gifts – not sure" in chat.text
    chat.press("2: not sure")
    assert chat.present.marks == {}
    assert "None of these" in chat.labels
    assert "Done" not in chat.labels


def test_done_stands_where_none_stood_once_a_sign_is_marked() -> None:
    assert ticked().labels[3:] == ["None of these", "Not sure about the others", "<enter_code>"]
    assert ticked("1").labels[3:] == ["Done", "Not sure about the others", "<enter_code>"]
    assert marks(ticked("1").press("Done")) == {"late": "yes", "gifts": "no", "cars": "no"}
    assert marks(ticked().press("Not sure about the others")) == dict.fromkeys(
        ("late", "gifts", "cars"), "unsure"
    )


def test_marking_a_sign_forgets_the_misses() -> None:
    assert "[stuck]" in ticked("x", "y", "x").text
    assert "[stuck]" not in ticked("x", "y", "1", "x").text
