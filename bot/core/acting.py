"""What a pressed button or a read answer does to the walk."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, assert_never

from bot.core import commands, still
from bot.core.answers import Marked, Read, Rejected, finish_marks, turn_mark
from bot.core.dialog import Ask, End, Tell, Tick
from bot.core.facts import NO, UNSURE
from bot.core.fields import empty, said_unsure
from bot.core.gifts import Documents, Gift
from bot.core.handover import papers
from bot.core.looking import show_passage
from bot.core.options import asked
from bot.core.session import Answer, Overlay, Said
from bot.core.shown import Option
from bot.core.turn import Give
from bot.core.turning import MAX_ANSWERS, Stand, Turn, again, move, settle
from bot.core.view import present, reply_of
from bot.core.walk import Visit, Walk

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
    step, marks = asked(stand.session, walk).step, stand.session.marks
    match option.verb:
        case "change" if option.arg:
            return change(stand, next(v for v in walk.visits if v.place == option.arg))
        case "change":
            return commands.WORDS["answers"](stand)
        case "value":
            return take(stand, walk, Answer(Said.VALUE, option.arg))
        case "mark":
            return take(stand, walk, Marked(turn_mark(marks, option.arg)))
        case "passage":
            return show_passage(stand, option.arg)
        case "finish" if isinstance(step, Tick):
            rest = UNSURE if option.arg == "unsure" else NO
            return take(stand, walk, finish_marks(step, marks, rest))
        case "give" if isinstance(step, Tell | End):
            return give(stand, walk, step.gives[int(option.arg)].gift)
        case "not_known":
            return _not_known(stand, walk)
        case verb:
            own = still.ACTS.get(verb)
            return own(stand, walk) if own else take(stand, walk, Answer(_SAID[verb]))


def give(stand: Stand, walk: Walk, gift: Gift) -> Turn:
    """The same screen again, and the files that were asked for beside it."""
    if not isinstance(gift, Documents):
        return again(stand, effects=(Give(gift),))
    told = papers(stand.catalogue, stand.session, walk, stand.now.date())
    return again(stand, effects=(Give(gift, told),)) if told else again(stand, "nothing_to_send")


def change(stand: Stand, visit: Visit) -> Turn:
    """The question of an earlier answer again; the signs marked then are marked still."""
    given = visit.answer.marks if visit.answer else ()
    marks = {sign: said for sign, said in given if said != NO}
    place, none = visit.place, Overlay.NONE
    return move(stand, overlay=none, under=none, page=0, changing=place, marks=marks, misses=0)


def _not_known(stand: Stand, walk: Walk) -> Turn:
    """Every empty field that the forms need, said to be not known."""
    fields = said_unsure(empty(stand.catalogue, stand.session, walk))
    said = {visit.place: Answer(Said.UNSURE) for visit in fields}
    return move(stand, answers={**stand.session.answers, **said}, misses=0)


def take(stand: Stand, walk: Walk, read: Read) -> Turn:
    """What was read, at the step whose answer is wanted."""
    match read:
        case Rejected():
            return _reject(stand, walk, read)
        case Marked(marks):
            session = stand.session
            marked = replace(session, marks=marks, misses=0, turn=session.turn + 1)
            return settle(stand, marked, walk)
        case Answer():
            return _keep(stand, walk, read)
        case _:
            assert_never(read)


def _reject(stand: Stand, walk: Walk, why: Rejected) -> Turn:
    session, step = stand.session, asked(stand.session, walk).step
    own = step.reject if isinstance(step, Ask) else None
    note = own.fill(why.values) if own and why.screen != "too_long" else ""
    note = note or stand.catalogue.screens[why.screen].fill(why.values)
    kept = replace(session, misses=session.misses + 1)
    if kept.misses >= TRIES:
        note += "\n\n" + stand.catalogue.screens["stuck"].fill({})
    return Turn(kept, reply_of(kept, present(stand.catalogue, kept, walk), note), (), walk)


def _keep(stand: Stand, walk: Walk, answer: Answer) -> Turn:
    session, place = stand.session, asked(stand.session, walk).place
    if len(session.answers) >= MAX_ANSWERS and place not in session.answers:
        return again(stand, "limit_reached")
    kept = session.answered(place, answer)
    if session.changing:  # whatever was confirmed before must be confirmed again
        still = {p: a for p, a in kept.answers.items() if a.said is not Said.CHECKED}
        return settle(stand, replace(kept, answers=still))
    return settle(stand, kept, walk.then(stand.catalogue, kept))
