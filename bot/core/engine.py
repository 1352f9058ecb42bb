"""The only way to move a session. A turn is a function: equal input, equal output.

`advance` never sees a clock, a database or a random number: `now` is given, and what needs the
outside (sealing, codes) comes back as effects whose results the host hands to hosted.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from bot.core import commands
from bot.core.acting import act, change, take
from bot.core.answers import (
    MANY_WORDS,
    Moment,
    clean,
    read_typed,
)
from bot.core.catalogue import Catalogue
from bot.core.dialog import Assign, Call, Check, Decide, End
from bot.core.emergency import is_urgent
from bot.core.evaluate import NoRow
from bot.core.noticing import noticed
from bot.core.options import asked
from bot.core.receipts import read_code
from bot.core.review import listed
from bot.core.session import ADDITION, Overlay, Session
from bot.core.shown import Option, number_in
from bot.core.turn import Begin, Forget, Gone, Input, LookUp, Media, Press, Reply, Say
from bot.core.turning import (
    Stand,
    Turn,
    again,
    aside,
    begin,
    lapse_after,
    minutes,
    move,
    resting,
    resume,
    settle,
    uncover,
    urgent,
)
from bot.core.view import choices
from bot.core.walk import LostWay, Visit, Walk

_INDEX: Final = re.compile(r"[0-9]{1,3}")
ASIDE_MINUTES: Final = 15  # after so long a neutral question comes before any old answer


def advance(
    catalogue: Catalogue,
    session: Session | None,
    given: Input,
    now: datetime,
    walk: Walk | None = None,
) -> Turn:
    """The next turn. `session` None is a person not known; a lapsed one is treated the same.
    `walk` may be what the turn before gave: it saves the replay where it is this session's, and
    changes nothing else.

    Content that fails the person (no row of a table matches, no edge can be taken) never shows an
    empty screen: nothing moves, nothing is lost, and they see whom to ring.
    """
    minute = minutes(now)
    present_one, lapsed = session or begin(catalogue, now), False
    if session and minute - session.touched > lapse_after(catalogue, session):
        # Nothing is left of it but its count: buttons of the lapsed conversation stay stale.
        fresh = begin(catalogue, now)
        present_one = replace(fresh, turn=session.turn + 1, update=session.update)
        lapsed, session = bool(session.answers), None
    day = present_one.day if present_one.sent else now.date().isoformat()
    if (present_one.touched, present_one.day) != (minute, day):
        present_one = replace(present_one, touched=minute, day=day)
    away = session is not None and minute - session.touched > ASIDE_MINUTES
    away = away and bool(present_one.answers)
    standing = resting(present_one) if away else present_one
    stand = Stand(catalogue, standing, now, session is None, away, walk, lapsed)
    try:
        return _take(stand, given)
    except (NoRow, LostWay):  # words held for later led here: without them, carrying on is safe
        kept = replace(stand.session, held="")
        return Turn(kept, aside(catalogue, kept.turn, "not_decided"))


def _take(stand: Stand, given: Input) -> Turn:
    match given:
        case Say(text) if is_urgent(text):
            return Turn(stand.session, urgent(stand.session.turn), (), stand.known)
        case Say(text):
            return _say(stand, text)
        case Press():
            return _press(stand, given)
        case Begin(payload):
            return _begin(stand, payload)
        case Media():
            return again(stand, "media_refused")
        case Gone():
            return Turn(None, Reply((), 0), (Forget(),))
        case _:
            assert_never(given)


def _begin(stand: Stand, payload: str) -> Turn:
    session = stand.session
    if session.overlay is Overlay.CODE:
        return again(stand)
    if session.answers:
        return resume(stand)
    known: dict[str, str | int] = {"area": payload} if payload in stand.catalogue.areas else {}
    fresh = begin(stand.catalogue, stand.now, **known)
    turn = session.turn if stand.new else session.turn + 1
    return settle(stand, replace(fresh, turn=turn, update=session.update))


def _press(stand: Stand, press: Press) -> Turn:
    stale = stand.new or press.turn != stand.session.turn
    if stale or not _INDEX.fullmatch(press.option):
        return again(stand, "lapsed" if stand.new else "")
    walk = stand.walk(stand.session)
    options = choices(stand.catalogue, stand.session, walk).options
    index = int(press.option)
    return _do(stand, options[index], walk) if index < len(options) else again(stand)


def _say(stand: Stand, text: str) -> Turn:
    sense = stand.catalogue.words.meaning(text)
    if sense in commands.WORDS:
        return commands.WORDS[sense](stand)
    if not sense and (worry := noticed(stand, text)):  # "skip" or "yes" says nothing of danger
        return worry
    if stand.new:
        began = "words_later" if len(text) > MANY_WORDS else ""
        return _code(stand, text) or again(stand, "lapsed" if stand.lapsed else began)
    if stand.away:  # what was typed waits for "carry on"
        return move(stand, held=clean(text))
    walk = stand.walk(stand.session)
    if option := choices(stand.catalogue, stand.session, walk).named(text):
        return _do(stand, option, walk)
    if stand.covered:
        return _say_over(stand, walk, text, sense)
    return _say_here(stand, walk, text, sense)


def _say_here(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed at a step of the walk."""
    step = asked(stand.session, walk).step
    if (isinstance(step, End) or not walk.visits) and (found := _code(stand, text)):
        return found
    if isinstance(step, End | Call | Decide | Assign):  # the last three never wait
        return again(stand)
    if isinstance(step, Check) and (numbered := _numbered(walk, text)):
        return change(stand, numbered)
    at = Moment(stand.now.date(), stand.session.marks)
    return take(stand, walk, read_typed(step, text, sense, at))


# What a word means on one of the program's own screens: only what nobody could mean otherwise.
_MEANT: Final[Mapping[Overlay, Mapping[str, str]]] = {
    Overlay.DANGER: {"no": "carry_on", "carry_on": "carry_on"},
    Overlay.RESUME: {"yes": "carry_on", "carry_on": "carry_on", "no": "start_again"},
    Overlay.ANSWERS: {"done": "carry_on", "carry_on": "carry_on", "no": "carry_on"},
    Overlay.CONFIRM_DELETE: {"yes": "delete_yes", "no": "delete_no"},
    Overlay.RECEIPT: {"done": "close", "carry_on": "close", "no": "close"},
    Overlay.CODE: {"yes": "saved_it", "done": "saved_it"},
}
_TAKES_CODES: Final = frozenset({Overlay.ENTER_CODE, Overlay.RECEIPT, Overlay.SENT})


def _say_over(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed at one of the program's own screens."""
    over = stand.session.overlay
    if over in _TAKES_CODES and (found := _code(stand, text)):
        return found
    if over is Overlay.ANSWERS and (numbered := _numbered(walk, text)):
        return change(stand, numbered)
    if over is Overlay.DANGER and sense in {"yes", "unsure"}:
        return Turn(stand.session, urgent(stand.session.turn), (), walk)
    if verb := _MEANT.get(over, {}).get(sense):
        return _do(stand, Option(verb, ""), walk)
    return again(stand, "code_unknown" if over is Overlay.ENTER_CODE else "reject_choice")


def _code(stand: Stand, text: str) -> Turn | None:
    code = None if stand.session.root == ADDITION else read_code(text)
    return None if code is None else again(stand, effects=(LookUp(code),))


def _numbered(walk: Walk, text: str) -> Visit | None:
    """The answer that a typed number names in the review, or None."""
    visits = listed(walk)
    number = number_in(text)
    return visits[number - 1] if 0 < number <= len(visits) else None


def _do(stand: Stand, option: Option, walk: Walk) -> Turn:
    return _carry_on(stand) if option.verb == "carry_on" else act(stand, option, walk)


def _carry_on(stand: Stand) -> Turn:
    """Back to where they were; what was typed before the question is read now."""
    session = stand.session
    if session.overlay not in {Overlay.RESUME, Overlay.DANGER}:
        return uncover(stand)
    over, none, turn = session.under, Overlay.NONE, session.turn + 1
    back = replace(session, overlay=over, under=none, held="", turn=turn)
    there = replace(stand, session=back)
    return _say(there, session.held) if session.held else settle(there, back)
