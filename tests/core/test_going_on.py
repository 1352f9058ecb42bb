"""A walk that goes on from where it waits is the walk that a replay makes."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.core.catalogue import Catalogue
from bot.core.dialog import End
from bot.core.engine import advance
from bot.core.session import Answer, Said, Session
from bot.core.turn import Begin, Input, Press, Say
from bot.core.turning import Turn
from bot.core.walk import Walk, replay
from tests.core.chat import NOON, Chat
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


# ---- the walk of the turn before, given to the next turn ----

WORDS = ("14", "skip", "back", "answers", "999", "help", "restart", "yes", "1", "no", "what I saw")
CHANCES = st.lists(st.integers(0, 40), min_size=5, max_size=60)


def next_input(turn: Turn, number: int) -> Input:
    """A word for the first numbers, a button of the present screen for the others."""
    buttons = turn.reply.screens[-1].buttons if turn.reply.screens else ()
    if number < len(WORDS) or not buttons:
        return Say(WORDS[number % len(WORDS)])
    return Press(turn.reply.turn, buttons[number % len(buttons)].option)


def carry(content: Catalogue, numbers: list[int]) -> int:
    """Give each turn the walk of the turn before; how often it was still the session's."""
    turn = advance(content, None, Begin(), NOON)
    carried = 0
    for number in numbers:
        given_ = next_input(turn, number)
        session, walk = turn.session, turn.walk
        if session is not None and walk is not None:
            carried += walk.is_of(content, session)
        alone = advance(content, session, given_, NOON)
        turn = advance(content, session, given_, NOON, walk)
        assert turn == alone
        assert (turn.session and turn.session.dump()) == (alone.session and alone.session.dump())
    return carried


@PROMPT
@given(contents(), CHANCES)
def test_in_random_dialogs_a_carried_walk_changes_nothing(
    content: Catalogue, numbers: list[int]
) -> None:
    carry(content, numbers)


@PROMPT
@given(CHANCES)
def test_in_the_shipped_dialogs_a_carried_walk_changes_nothing(numbers: list[int]) -> None:
    carry(shipped(), numbers)


def test_walks_are_carried() -> None:
    assert carry(shipped(), [12, 12, 12, 12, 12, 12, 10, 10, 10, 12]) == 10


def test_a_walk_of_other_answers_is_not_the_sessions() -> None:
    content = shipped()
    session = Session("e", content.root)
    walk = replay(content, session)
    assert walk.is_of(content, replace(session, turn=7))
    assert not walk.is_of(content, replace(session, answers={}))
    assert not walk.is_of(content, replace(session, given={}))
    assert not walk.is_of(content, replace(session, root="common/addition"))
    assert not walk.is_of(replace(content), session)
    walk.then(content, replace(session, answers={walk.here.place: Answer(Said.VALUE, "no")}))
    assert not walk.is_of(content, session)
    assert not replace(walk, walker=None).is_of(content, session)
