"""A quiet note on a date that lies further on than its rule says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.dialog import Call, End, Far, Outcome
from bot.core.facts import FactType
from tests.core.chat import Chat
from tests.core.little import catalogue
from tests.core.writing import ask, dialog, text, to

LAST, NEXT, STORY = text("last", FactType.DATE), text("next", FactType.DATE), text("story")
NOTE = "More than ten weeks."
LABELS = {"<reword>", "<keep_words>"}
MEETING = dialog(
    "north/child",
    ask(LAST, "next", skip="Leave out"),
    replace(ask(NEXT, "story", skip="Leave out"), far=Far(70, "last", f"{NOTE}\n")),
    ask(STORY, "last_of_all"),
    ask(text("last_of_all"), "done"),
    End(id="done", outcome=Outcome.RETURN),
    facts=(LAST, NEXT, STORY, text("last_of_all")),
)
# Another date of the same name, in another dialog: it says nothing of this one.
ENTRY = dialog(
    "north/entry",
    ask(LAST, "child"),
    Call(id="child", dialog="north/child", next=to("over")),
    End(id="over", outcome=Outcome.FINISH, text=ask(STORY).text),
    facts=(LAST,),
)


def at_dates(role: str = "Professional") -> Chat:
    chat = Chat(catalogue(ENTRY, MEETING)).start().press("No", "North", role)
    return chat.say("1/1/2026")


@pytest.mark.parametrize(
    ("last", "day", "noted"),
    [
        ("1/10/2026", "10/12/2026", False),  # 70 days on
        ("1/10/2026", "11/12/2026", True),
        ("1/10/2026", "1/9/2026", False),
        ("skip", "30/1/2027", False),  # 70 days after today, 21 November 2026
        ("skip", "31/1/2027", True),
    ],
)
def test_a_note_comes_where_it_lies_further_on_than_the_rule_says(
    last: str,
    day: str,
    noted: bool,  # noqa: FBT001
) -> None:
    chat = at_dates().say(last, day)
    assert "Q story" in chat.text
    assert (f"{NOTE}\n\nQ story" in chat.text) is noted
    assert LABELS.issubset(chat.labels) is noted


def test_it_is_never_in_the_way_and_comes_once() -> None:
    chat = at_dates().say("1/10/2026", "1/3/2027", "A story.")
    assert NOTE not in chat.text
    chat = at_dates().say("1/10/2026", "1/3/2027").press("<reword>")
    assert "Q next" in chat.text
    assert NOTE not in chat.text
    assert NOTE not in chat.say("2/3/2027").text


def test_keeping_the_day_takes_the_note_away() -> None:
    chat = at_dates().say("1/10/2026", "1/3/2027")
    answers = chat.present.answers
    assert NOTE not in chat.press("<keep_words>").text
    assert chat.present.answers == answers


def test_a_day_left_out_is_not_far() -> None:
    assert NOTE not in at_dates().say("1/10/2026", "skip").text


def test_the_public_is_told_nothing_of_it() -> None:
    assert NOTE not in at_dates("Public").say("1/10/2026", "1/3/2027").text


def test_a_day_changed_later_is_compared_with_its_own_dialogs_other_day() -> None:
    chat = at_dates().say("1/10/2026", "1/12/2026", "A story.").say("answers", "6")
    assert "Q next" in chat.text
    assert NOTE in chat.say("11/12/2026").text


def test_without_another_date_it_counts_from_today_also_when_it_is_changed() -> None:
    alone = replace(ask(NEXT, "story", skip="Leave out"), far=Far(28, "", NOTE))
    meeting = replace(MEETING, steps={**MEETING.steps, "next": alone})
    chat = Chat(catalogue(ENTRY, meeting)).start().press("No", "North", "Professional")
    chat.say("1/1/2026", "skip", "19/12/2026")
    assert NOTE not in chat.text
    chat.press("<back>").say("20/12/2026")
    assert NOTE in chat.text


BEFORE = dialog(
    "north/child",
    ask(LAST, "met", skip="Leave out"),
    ask(text("met", FactType.DATE), "next", skip="Leave out"),
    replace(
        ask(NEXT, "story", skip="Leave out"),
        far=Far(0, "", NOTE, before=("last", "met")),
    ),
    ask(STORY, "done"),
    End(id="done", outcome=Outcome.RETURN),
    facts=(LAST, NEXT, STORY, text("met", FactType.DATE)),
)


@pytest.mark.parametrize(
    ("last", "met", "day", "noted"),
    [
        ("1/10/2026", "1/9/2026", "1/10/2026", False),
        ("1/10/2026", "1/9/2026", "30/9/2026", True),
        ("1/8/2026", "1/9/2026", "31/8/2026", True),
        ("skip", "1/9/2026", "31/8/2026", True),
        ("skip", "skip", "1/1/2020", False),  # nothing to lie before, not even today
        ("1/10/2026", "skip", "1/1/2027", False),
    ],
)
def test_a_note_comes_where_a_day_lies_before_another_one_that_is_known(
    last: str,
    met: str,
    day: str,
    noted: bool,  # noqa: FBT001
) -> None:
    chat = Chat(catalogue(ENTRY, BEFORE)).start().press("No", "North", "Professional")
    chat.say("1/1/2026", last, met, day)
    assert "Q story" in chat.text
    assert (f"{NOTE}\n\nQ story" in chat.text) is noted
