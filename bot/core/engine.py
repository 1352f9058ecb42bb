"""The only way to move a session. A turn is a function: equal input, equal output.

`advance` never sees a clock, a database or a random number: `now` is given, and what needs the
outside (sealing, codes) comes back as effects whose results the host hands to hosted.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final, assert_never

from bot.core import commands
from bot.core.answers import (
    Marked,
    Moment,
    Read,
    Rejected,
    clean,
    finish_marks,
    read_typed,
    turn_mark,
)
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Call, Check, Decide, End, Tick
from bot.core.emergency import is_urgent
from bot.core.evaluate import NoRow
from bot.core.facts import NO, UNSURE
from bot.core.receipts import read_code
from bot.core.saying import reviewable
from bot.core.session import Answer, Overlay, Said, Session
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
    settle,
    show,
    urgent,
)
from bot.core.view import Option, present
from bot.core.walk import LostWay, Visit, Walk, replay

ASIDE_MINUTES: Final = 15  # after so long a neutral question comes before any old answer
MAX_ANSWERS: Final = 300
TRIES: Final = 3

_SAID: Final = {
    "unsure": Said.UNSURE,
    "skip": Said.SKIPPED,
    "seen": Said.SEEN,
    "more_items": Said.MORE,
    "enough": Said.ENOUGH,
    "checked": Said.CHECKED,
}


def advance(catalogue: Catalogue, session: Session | None, given: Input, now: datetime) -> Turn:
    """The next turn. `session` None is a person not known; a lapsed one is treated the same.

    Content that fails the person (no row of a table matches, no edge can be taken) never shows an
    empty screen: nothing moves, nothing is lost, and they see whom to ring.
    """
    minute = minutes(now)
    if session and minute - session.touched > lapse_after(catalogue, session):
        session = None
    idle = minute - session.touched if session else 0
    present_one = replace(session or begin(catalogue, now), touched=minute)
    stand = Stand(catalogue, present_one, now, session is None, idle)
    try:
        return _take(stand, given)
    except (NoRow, LostWay):
        return Turn(present_one, aside(catalogue, present_one.turn, "not_decided"))


def _take(stand: Stand, given: Input) -> Turn:
    match given:
        case Say(text) if is_urgent(text):
            return Turn(stand.session, urgent(stand.session.turn))
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
        return move(stand, overlay=Overlay.RESUME)
    known: dict[str, str | int] = {"area": payload} if payload in stand.catalogue.areas else {}
    fresh = begin(stand.catalogue, stand.now, **known)
    turn = session.turn if stand.new else session.turn + 1
    return settle(stand, replace(fresh, turn=turn, update=session.update))


def _press(stand: Stand, press: Press) -> Turn:
    stale = stand.new or press.turn != stand.session.turn or not press.option.isdecimal()
    if (away := _away(stand)) is not None:
        return away
    if stale:
        return again(stand)
    walk = replay(stand.catalogue, stand.session)
    options = present(stand.catalogue, stand.session, walk).options
    index = int(press.option)
    return _do(stand, options[index], walk) if index < len(options) else again(stand)


def _say(stand: Stand, text: str) -> Turn:
    sense = stand.catalogue.words.meaning(text)
    if sense in commands.WORDS:
        return commands.WORDS[sense](stand)
    if stand.new:
        return _code(stand, text) or again(stand)
    if (away := _away(stand, clean(text))) is not None:
        return away
    walk = replay(stand.catalogue, stand.session)
    if stand.covered:
        return _say_over(stand, walk, text, sense)
    visit = _asked(stand, walk)
    step = visit.step
    if (isinstance(step, End) or not walk.visits) and (found := _code(stand, text)):
        return found
    if isinstance(step, End | Call | Decide):  # a call or a decision never waits
        return again(stand)
    if isinstance(step, Check) and (place := _numbered(walk, text)):
        return move(stand, changing=place)
    at = Moment(stand.now.date(), stand.session.marks)
    return _read(stand, visit, read_typed(step, text, sense, at))


def _away(stand: Stand, held: str = "") -> Turn | None:
    """After a while away: 999 and a neutral question first, and what was typed is kept."""
    if stand.idle <= ASIDE_MINUTES or not stand.session.answers or stand.covered:
        return None
    return move(stand, overlay=Overlay.RESUME, held=held)


def _say_over(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed at one of the program's own screens."""
    over = stand.session.overlay
    if over is Overlay.ENTER_CODE:
        return _code(stand, text) or again(stand, "code_unknown")
    if over is Overlay.ANSWERS and (place := _numbered(walk, text, whole=True)):
        return move(stand, overlay=Overlay.NONE, changing=place)
    options = present(stand.catalogue, stand.session, walk).options
    meant = {"yes": 0, "done": 0, "carry_on": 0, "no": len(options) - 1}.get(sense)
    if text.strip().isdecimal() and 1 <= int(text) <= len(options):
        meant = int(text) - 1
    return again(stand, "reject_choice") if meant is None else _do(stand, options[meant], walk)


def _code(stand: Stand, text: str) -> Turn | None:
    code = read_code(text)
    return None if code is None else again(stand, effects=(LookUp(code),))


def _numbered(walk: Walk, text: str, *, whole: bool = False) -> str:
    """The place of the answer that a typed number names in the review, or ""."""
    prefix = "" if whole else walk.here.place.rpartition("/")[0]
    visits = reviewable(walk.visits, f"{prefix}/" if prefix else "")
    number = text.strip().strip(".")
    if not number.isdecimal() or not 1 <= int(number) <= len(visits):
        return ""
    return visits[int(number) - 1].place


def _do(stand: Stand, option: Option, walk: Walk) -> Turn:
    """What the pressed button does."""
    if option.verb in commands.BUTTONS:
        return commands.BUTTONS[option.verb](stand)
    visit, marks = _asked(stand, walk), stand.session.marks
    match option.verb:
        case "carry_on":
            return _carry_on(stand)
        case "change" if option.arg:
            return move(stand, overlay=Overlay.NONE, changing=option.arg, page=0)
        case "change":
            return commands.WORDS["answers"](stand)
        case "value":
            return _read(stand, visit, Answer(Said.VALUE, option.arg))
        case "mark":
            return _read(stand, visit, Marked(turn_mark(marks, option.arg)))
        case "finish" if isinstance(visit.step, Tick):
            rest = UNSURE if option.arg == "unsure" else NO
            return _read(stand, visit, finish_marks(visit.step, marks, rest))
        case verb:
            return _read(stand, visit, Answer(_SAID[verb]))


def _carry_on(stand: Stand) -> Turn:
    """Back to the walk; what was typed before the neutral question is read now."""
    held = stand.session.held
    back = replace(stand.session, overlay=Overlay.NONE, held="", page=0)
    there = replace(stand, session=back, idle=0)
    return _say(there, held) if held else move(there)


def _asked(stand: Stand, walk: Walk) -> Visit:
    """The step whose answer is wanted: the one being changed, else the one that waits."""
    changing = (v for v in walk.visits if v.place == stand.session.changing)
    return next(changing, walk.here) if stand.session.changing else walk.here


def _read(stand: Stand, visit: Visit, read: Read) -> Turn:
    match read:
        case Rejected():
            return _reject(stand, visit, read)
        case Marked(marks):
            return move(stand, marks=marks, misses=0)
        case Answer():
            return _keep(stand, visit, read)
        case _:
            assert_never(read)


def _reject(stand: Stand, visit: Visit, why: Rejected) -> Turn:
    misses = stand.session.misses + 1
    own = visit.step.reject if isinstance(visit.step, Ask) else None
    note = own.fill(why.values) if own and why.screen != "too_long" else ""
    note = note or stand.catalogue.screens[why.screen].fill(why.values)
    if misses >= TRIES:
        note += "\n\n" + stand.catalogue.screens["stuck"].fill({})
    kept = replace(stand.session, misses=misses)
    return Turn(kept, show(stand.catalogue, kept, note))


def _keep(stand: Stand, visit: Visit, answer: Answer) -> Turn:
    session = stand.session
    if len(session.answers) >= MAX_ANSWERS and visit.place not in session.answers:
        return again(stand, "limit_reached")
    kept = session.answered(visit.place, answer)
    if session.changing:  # whatever was confirmed before must be confirmed again
        still = {p: a for p, a in kept.answers.items() if a.said is not Said.CHECKED}
        kept = replace(kept, answers=still)
    return settle(stand, replace(kept, turn=kept.turn + 1))
