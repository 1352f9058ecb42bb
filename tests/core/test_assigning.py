"""What a chosen way means is known without asking for it."""

from __future__ import annotations

from bot.core.dialog import Assign, Decide, End, Manner, Outcome, Tell
from bot.core.emergency import HEADER
from bot.core.text import Template
from bot.core.walk import replay
from tests.core.chat import Chat
from tests.core.little import DANGER, one_dialog
from tests.core.writing import ask, choice, dialog, to

ROLE, MINE = choice("role", "public", "professional"), choice("mine", "here", "there")
ENDS = (
    End(id="yes", outcome=Outcome.FINISH, text=Template("Worker here.")),
    End(id="no", outcome=Outcome.FINISH, text=Template("Somebody else.")),
)


def chat() -> Chat:
    values = ((ROLE, "professional"), (MINE, "here"))
    way = to("role is professional, mine is here > yes", "no")
    little = one_dialog(
        ask(DANGER, "danger_now is yes > works", "look"),
        Assign(id="works", values=values, next=way),
        Tell(id="look", text=Template("Look."), button="On", next=to("no")),
        *ENDS,
    )
    own = dialog(little.root, *little.dialogs[little.root].steps.values(), facts=(MINE,))
    object.__setattr__(little, "dialogs", {**little.dialogs, little.root: own})
    return Chat(little).start()


def test_an_assigned_fact_leads_and_shows_nothing_of_its_own() -> None:
    assert "Worker here." in chat().press("Yes").text


def test_a_shared_fact_is_known_to_all_and_an_own_one_to_its_dialog() -> None:
    there = chat().press("Yes")
    walk = replay(there.catalogue, there.present)
    assert dict(walk.facts) == {"danger_now": "yes", "role": "professional", "mine": "here"}
    assert [dict(own) for _, own in walk.records] == [{"mine": "here"}]


def test_a_way_not_taken_assigns_nothing() -> None:
    there = chat().press("No")
    assert "role" not in replay(there.catalogue, there.present).facts
    assert "Somebody else." in there.press("On").text


def test_going_back_from_it_is_going_back_to_the_question_before() -> None:
    assert chat().press("Yes").say("back").labels[:3] == ["Yes", "No", "Not sure"]


def practising(manner: Manner) -> Chat:
    """A little report whose first dialog is of this manner."""
    little = one_dialog(
        ask(DANGER, "works"),
        Assign(
            id="works", values=((ROLE, "public"),), marks=(("late", "yes"),), next=to("result")
        ),
        Decide(id="result", rules="north/rules", next=to("over")),
        End(id="over", outcome=Outcome.SEND, text=Template("Sent.")),
    )
    steps = little.dialogs[little.root].steps.values()
    own = dialog(little.root, *steps, manner=manner, facts=())
    object.__setattr__(little, "dialogs", {**little.dialogs, little.root: own})
    return Chat(little).start()


def test_an_assigned_sign_is_known_as_if_it_had_been_marked() -> None:
    there = practising(Manner.PRACTICE).press("No")
    assert dict(replay(there.catalogue, there.present).indicators) == {"late": "yes"}


def test_practice_says_so_on_every_screen_and_sends_nothing() -> None:
    there = practising(Manner.PRACTICE)
    assert there.text.startswith(f"{HEADER}\n\n[practice]\n\nQ danger_now")
    assert "[practice]" in there.say("answers").text
    assert "[practice]" not in practising(Manner.NAMED).text
