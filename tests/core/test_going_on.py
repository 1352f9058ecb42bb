"""A walk that goes on from where it waits is the walk that a replay makes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Catalogue
from bot.core.dialog import End
from bot.core.session import Answer, Said, Session
from bot.core.turn import Press
from bot.core.walk import Walk, replay
from tests.core.chat import Chat
from tests.core.test_random_walks import PROMPT, contents, shipped

TAPS = st.lists(st.integers(0, 9), min_size=5, max_size=60)


def follow(content: Catalogue, taps: list[int]) -> int:
    """Press through the content beside a walk that is never walked anew where it can go on; how
    often it went on.
    """
    chat, went_on = Chat(content).start(), 0
    before = chat.session
    assert before is not None
    walk = replay(content, before)
    for index in taps:
        buttons = chat.reply.screens[-1].buttons
        if chat.reply.screens[-1].typed and index % 2:
            chat.say("14")
        elif buttons:
            chat.take(Press(chat.reply.turn, buttons[index % len(buttons)].option))
        after = chat.session
        if after is None:
            break
        if answers_here(walk, before, after):
            earlier, walk = walk, walk.then(content, after)
            assert earlier == replay(content, before)
            went_on += 1
        else:
            walk = replay(content, after)
        assert walk == replay(content, after)
        before = after
    return went_on


def answers_here(walk: Walk, before: Session, after: Session) -> bool:
    """Whether the second session is the first with an answer to what waits, and no more."""
    given_ = after.answers.get(walk.here.place)
    if given_ is None or isinstance(walk.here.step, End):
        return False
    same = replace(before, answers={**before.answers, walk.here.place: given_})
    return (same.answers, same.root, same.given) == (after.answers, after.root, after.given)


@PROMPT
@given(contents(), TAPS)
def test_in_random_dialogs_going_on_is_replaying(content: Catalogue, taps: list[int]) -> None:
    follow(content, taps)


@PROMPT
@given(TAPS)
def test_in_the_shipped_dialogs_going_on_is_replaying(taps: list[int]) -> None:
    follow(shipped(), taps)


def test_a_walk_goes_on_at_every_answer() -> None:
    assert follow(shipped(), [1, 0, 0, 0, 0, 1, *[0] * 14]) > 15


def test_a_walk_can_be_gone_on_from_twice() -> None:
    session = Session("e", shipped().root)
    walk = replay(shipped(), session)
    place = walk.here.place
    no, yes = (
        replace(session, answers={place: Answer(Said.VALUE, value)}) for value in ("no", "yes")
    )
    assert walk.then(shipped(), no) == replay(shipped(), no)
    assert walk.then(shipped(), yes) == replay(shipped(), yes)
    assert replay(shipped(), no) != replay(shipped(), yes)


def test_a_walk_without_its_walker_is_walked_anew() -> None:
    session = Session("e", shipped().root)
    walk = replace(replay(shipped(), session), walker=None)
    after = replace(session, answers={walk.here.place: Answer(Said.VALUE, "no")})
    assert walk.then(shipped(), after) == replay(shipped(), after)
