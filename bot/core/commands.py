"""What the global words and the program's own buttons do. A word is tried before the answer is
read, at every step and in free text; 999 is tried before even these (engine.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.core.dialog import End
from bot.core.looking import look_up
from bot.core.session import ADDITION, Overlay
from bot.core.turn import Park, Reply, ScreenKind, Withdraw
from bot.core.turning import (
    Stand,
    Turn,
    again,
    aside,
    begin_again,
    cover,
    gone,
    move,
    resume,
    uncover,
)
from bot.core.walk import Walk, replay

Command: TypeAlias = Callable[[Stand], Turn]

# Screens that only their own buttons leave: a code must not be lost, and after a while away no
# old answer is shown before the person says "carry on".
_UNCOVERED: Final = frozenset({Overlay.CODE, Overlay.DANGER})  # by no other screen, ever
_KEPT: Final = frozenset({Overlay.CODE, Overlay.DANGER, Overlay.RESUME, Overlay.SENT})


def _help(stand: Stand) -> Turn:
    return Turn(stand.session, aside(stand.catalogue, stand.session.turn, "help"))


def _back(stand: Stand) -> Turn:
    session = stand.session
    if session.overlay in _KEPT:
        return again(stand)
    if stand.covered:
        return uncover(stand)
    if session.changing:
        return move(stand, changing="", marks={})
    walk = stand.walk(session)
    visits = walk.visits
    if _was_spared(stand, walk):
        return move(stand, given={}, marks={}, misses=0)
    if not visits:
        return again(stand)
    last = visits[-1].place
    kept = {place: answer for place, answer in session.answers.items() if place != last}
    return move(stand, answers=kept, marks={}, misses=0)


def _was_spared(stand: Stand, walk: Walk) -> bool:
    """Whether a link answered the question before this one: going back asks it after all, since
    nobody but the person can say who they are.
    """
    if not stand.session.given:
        return False
    asked = replay(stand.catalogue, replace(stand.session, given={}))
    return len(asked.visits) == len(walk.visits) and asked.here.place != walk.here.place


def _answers(stand: Stand) -> Turn:
    if stand.session.overlay in {*_UNCOVERED, Overlay.RESUME}:
        return again(stand)
    return cover(stand, Overlay.ANSWERS)


def _delete(stand: Stand) -> Turn:
    if stand.session.overlay in _UNCOVERED:
        return again(stand)
    return cover(stand, Overlay.CONFIRM_DELETE)


def _receipt(stand: Stand) -> Turn:
    if stand.session.overlay in _UNCOVERED:
        return again(stand)
    if stand.session.root == ADDITION:
        return again(stand, "busy_report")
    return cover(stand, Overlay.ENTER_CODE)


def _pause(stand: Stand) -> Turn:
    session = stand.session
    if session.keeps_code:
        return again(stand)
    if not session.answers:
        return again(stand, "pause_empty")
    draft = replace(
        session.own(),
        overlay=Overlay.NONE,
        under=Overlay.NONE,
        changing="",
        marks={} if session.changing else session.marks,
        found=(),
        update=0,
    )
    return Turn(session, Reply((), session.turn), (Park(draft.dump()),))


def _leave(stand: Stand) -> Turn:
    """At once and from everywhere: somebody may be looking."""
    # Documents of a conversation that has lapsed are not known any more: their errand stays.
    return gone(stand.catalogue, "farewell", ScreenKind.FAREWELL, errands=not stand.new)


def _restart(stand: Stand) -> Turn:
    if stand.session.keeps_code:
        return again(stand)
    return resume(stand) if stand.session.answers else begin_again(stand)


def _next_page(stand: Stand) -> Turn:
    return move(stand, page=stand.session.page + 1)


def _saved_it(stand: Stand) -> Turn:
    if stand.session.status.get("pause"):
        return gone(stand.catalogue, "paused", errands=False)  # a reminder stays
    return move(stand, overlay=Overlay.SENT, code="", status={})


def _add_more(stand: Stand) -> Turn:
    session = stand.session
    here = stand.walk(session).here
    if session.answers and not isinstance(here.step, End):
        return again(stand, "busy_report")
    return begin_again(stand, root=ADDITION, code=session.code, status=session.status)


def _withdraw(stand: Stand) -> Turn:
    return again(stand, effects=(Withdraw(stand.session.code),))


def _keep_words(stand: Stand) -> Turn:
    """The note on careful words put away."""
    return move(stand, careful="")


def _delete_now(stand: Stand) -> Turn:
    return gone(stand.catalogue, "deleted", errands=not stand.new)


WORDS: Final[Mapping[str, Command]] = {
    "help": _help,
    "back": _back,
    "answers": _answers,
    "pause": _pause,
    "delete": _delete,
    "leave": _leave,
    "receipt": _receipt,
    "restart": _restart,
    "look_up": look_up,
}

BUTTONS: Final[Mapping[str, Command]] = {
    "back": _back,
    "enter_code": _receipt,
    "start_again": begin_again,
    "more": _next_page,
    "delete_yes": _delete_now,
    "delete_no": uncover,
    "close": uncover,
    "saved_it": _saved_it,
    "add_more": _add_more,
    "withdraw": _withdraw,
    "look_up": look_up,
    "keep_words": _keep_words,
}
