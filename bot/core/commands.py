"""What the global words and the program's own buttons do. A word is tried before the answer is
read, at every step and in free text; 999 is tried before even these (engine.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from bot.core.session import Overlay
from bot.core.turn import Park, Reply, ScreenKind, Withdraw
from bot.core.turning import ADDITION, Stand, Turn, again, aside, begin_again, gone, move
from bot.core.walk import replay

Command: TypeAlias = Callable[[Stand], Turn]


def _help(stand: Stand) -> Turn:
    return Turn(stand.session, aside(stand.catalogue, stand.session.turn, "help"))


def _back(stand: Stand) -> Turn:
    session = stand.session
    if session.overlay is Overlay.CODE:
        return again(stand)  # a code that is not noted yet must not be lost
    if stand.covered:
        return move(stand, overlay=Overlay.NONE)
    if session.changing:
        return move(stand, changing="", marks={})
    visits = replay(stand.catalogue, session).visits
    if not visits:
        return again(stand)
    last = visits[-1].place
    kept = {place: answer for place, answer in session.answers.items() if place != last}
    return move(stand, answers=kept, marks={}, misses=0)


def _over(overlay: Overlay) -> Command:
    def command(stand: Stand) -> Turn:
        if stand.session.overlay is Overlay.CODE:
            return again(stand)
        return move(stand, overlay=overlay, page=0)

    return command


def _receipt(stand: Stand) -> Turn:
    if stand.session.root == ADDITION:
        return again(stand, "busy_report")
    return _over(Overlay.ENTER_CODE)(stand)


def _pause(stand: Stand) -> Turn:
    session = stand.session
    if session.overlay is Overlay.CODE:
        return again(stand)
    if not session.answers:
        return again(stand, "pause_empty")
    draft = replace(session, overlay=Overlay.NONE, held="", changing="", update=0)
    return Turn(session, Reply((), session.turn), (Park(draft.dump()),))


def _leave(stand: Stand) -> Turn:
    return gone(stand.catalogue, "farewell", ScreenKind.FAREWELL)


def _restart(stand: Stand) -> Turn:
    if stand.session.answers or stand.session.overlay is Overlay.CODE:
        return _over(Overlay.RESUME)(stand)
    return begin_again(stand)


def _next_page(stand: Stand) -> Turn:
    return move(stand, page=stand.session.page + 1)


def _saved_it(stand: Stand) -> Turn:
    if stand.session.status.get("pause"):
        return gone(stand.catalogue, "paused")
    return move(stand, overlay=Overlay.SENT, code="", status={})


def _add_more(stand: Stand) -> Turn:
    session = stand.session
    if session.answers:
        return again(stand, "busy_report")
    return begin_again(stand, root=ADDITION, code=session.code, status=session.status)


def _withdraw(stand: Stand) -> Turn:
    return again(stand, effects=(Withdraw(stand.session.code),))


def _close(stand: Stand) -> Turn:
    if stand.session.overlay is Overlay.RECEIPT:
        return move(stand, overlay=Overlay.NONE, code="", status={})
    return move(stand, overlay=Overlay.NONE)


def _delete_now(stand: Stand) -> Turn:
    return gone(stand.catalogue, "deleted")


WORDS: Final[Mapping[str, Command]] = {
    "help": _help,
    "back": _back,
    "answers": _over(Overlay.ANSWERS),
    "pause": _pause,
    "delete": _over(Overlay.CONFIRM_DELETE),
    "leave": _leave,
    "receipt": _receipt,
    "restart": _restart,
}

BUTTONS: Final[Mapping[str, Command]] = {
    "back": _back,
    "enter_code": _receipt,
    "start_again": begin_again,
    "more": _next_page,
    "delete_yes": _delete_now,
    "delete_no": _close,
    "close": _close,
    "saved_it": _saved_it,
    "add_more": _add_more,
    "withdraw": _withdraw,
}
