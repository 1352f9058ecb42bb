"""The only way to move a session. A turn is a function: equal input, equal output.

`advance` never sees a clock, a database or a random number: `now` is given, and what needs the
outside (sealing, codes) comes back as effects whose results the host hands to hosted.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from bot.core import still
from bot.core.carrying import awaited
from bot.core.catalogue import Catalogue
from bot.core.emergency import is_urgent
from bot.core.evaluate import NoRow
from bot.core.links import facts_of, passage_of
from bot.core.looking import show_passage
from bot.core.session import Overlay, Session
from bot.core.turn import Begin, Document, Forget, Gone, Input, Media, Press, Reply, Say
from bot.core.turning import (
    Stand,
    Turn,
    again,
    aside,
    begin,
    lapse_after,
    minutes,
    resting,
    resume,
    settle,
    urgent,
)
from bot.core.typed import press, say
from bot.core.walk import LostWay, Walk

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
    stand = _standing(catalogue, session, now, walk)
    try:
        return _take(stand, given)
    except (NoRow, LostWay):  # words held for later led here: without them, carrying on is safe
        kept = replace(stand.session, held="")
        return Turn(kept, aside(catalogue, kept.turn, "not_decided"))


def takes_file(catalogue: Catalogue, session: Session | None, now: datetime) -> bool:
    """Whether a file that this person sent now would be looked at. Only then may it be fetched."""
    stand = _standing(catalogue, session, now, None)
    try:
        return awaited(stand.session, stand.walk(stand.session)) is not None
    except (NoRow, LostWay):
        return False


def _standing(
    catalogue: Catalogue, session: Session | None, now: datetime, walk: Walk | None
) -> Stand:
    """Where the person stands when something comes at this moment."""
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
    return Stand(catalogue, standing, now, session is None, away, walk, lapsed)


def _take(stand: Stand, given: Input) -> Turn:
    match given:
        case Say(text) if is_urgent(text):
            return Turn(stand.session, urgent(stand.session.turn), (), stand.known)
        case Say(text):
            return say(stand, text)
        case Press():
            return press(stand, given)
        case Begin(payload):
            return _begin(stand, payload)
        case Media():
            return again(stand, "media_refused")
        case Document(content):
            return still.bring(stand, content)
        case Gone():
            return Turn(None, Reply((), 0), (Forget(),))
        case _:
            assert_never(given)


def _begin(stand: Stand, payload: str) -> Turn:
    session = stand.session
    if session.overlay in {Overlay.CODE, Overlay.DANGER}:  # neither is ever covered
        return again(stand)
    if passage := passage_of(stand.catalogue, payload):
        at = resting(session) if session.answers else session
        return show_passage(replace(stand, session=at), passage)
    if session.answers:
        return resume(stand)
    fresh = begin(stand.catalogue, stand.now, **facts_of(stand.catalogue, payload))
    turn = session.turn if stand.new else session.turn + 1
    begun = replace(fresh, turn=turn, update=session.update)  # what was told before it is kept
    return settle(stand, replace(begun, told=session.told, warned=session.warned))
