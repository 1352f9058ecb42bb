"""What a pressed button or a read answer does to the walk."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from bot.core import commands
from bot.core.answers import Marked, Read, Rejected, finish_marks, turn_mark
from bot.core.dialog import Ask, Tick
from bot.core.facts import NO, UNSURE
from bot.core.session import Answer, Overlay, Said
from bot.core.shown import Option
from bot.core.turning import Stand, Turn, again, move, settle, show
from bot.core.walk import Visit, Walk

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


def act(stand: Stand, option: Option, walk: Walk) -> Turn:
    """What the pressed button does."""
    if option.verb in commands.BUTTONS:
        return commands.BUTTONS[option.verb](stand)
    visit, marks = asked(stand, walk), stand.session.marks
    match option.verb:
        case "change" if option.arg:
            return change(stand, next(v for v in walk.visits if v.place == option.arg))
        case "change":
            return commands.WORDS["answers"](stand)
        case "value":
            return take(stand, visit, Answer(Said.VALUE, option.arg))
        case "mark":
            return take(stand, visit, Marked(turn_mark(marks, option.arg)))
        case "finish" if isinstance(visit.step, Tick):
            rest = UNSURE if option.arg == "unsure" else NO
            return take(stand, visit, finish_marks(visit.step, marks, rest))
        case verb:
            return take(stand, visit, Answer(_SAID[verb]))


def change(stand: Stand, visit: Visit) -> Turn:
    """The question of an earlier answer again; the signs marked then are marked still."""
    given = visit.answer.marks if visit.answer else ()
    marks = {sign: said for sign, said in given if said != NO}
    place, none = visit.place, Overlay.NONE
    return move(stand, overlay=none, under=none, page=0, changing=place, marks=marks, misses=0)


def asked(stand: Stand, walk: Walk) -> Visit:
    """The step whose answer is wanted: the one being changed, else the one that waits."""
    changing = (v for v in walk.visits if v.place == stand.session.changing)
    return next(changing, walk.here) if stand.session.changing else walk.here


def take(stand: Stand, visit: Visit, read: Read) -> Turn:
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
