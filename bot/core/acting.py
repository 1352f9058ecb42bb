"""What a pressed button or a read answer does to the walk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final, assert_never

from bot.core import commands, handing, still
from bot.core.answers import Marked, Moment, Read, Rejected, finish_marks, read_typed, turn_mark
from bot.core.careful import weighed
from bot.core.dialog import Ask, Step, Tick
from bot.core.facts import NO, UNSURE
from bot.core.fields import empty, said_unsure
from bot.core.handing import deciding
from bot.core.looking import show_passage
from bot.core.options import asked
from bot.core.pointing import child_too
from bot.core.session import Answer, Overlay, Said
from bot.core.shown import Option
from bot.core.told import after
from bot.core.turning import MAX_ANSWERS, Stand, Turn, again, move, settle
from bot.core.view import present, reply_of
from bot.core.walk import Visit, Walk

TRIES: Final = 3
_SAYS_MORE: Final = frozenset({"too_long", "words_later"})  # than a question's own words on it

_SAID: Final = {
    "unsure": Said.UNSURE,
    "skip": Said.SKIPPED,
    "seen": Said.SEEN,
    "more_items": Said.MORE,
    "enough": Said.ENOUGH,
}


def act(stand: Stand, option: Option, walk: Walk) -> Turn:
    """What the pressed button does."""
    if option.verb in commands.BUTTONS:
        return commands.BUTTONS[option.verb](stand)
    step, marks = asked(stand.session, walk).step, stand.session.marks
    if option.verb in handing.VERBS:
        return handing.VERBS[option.verb](stand, walk, step, option.arg)
    match option.verb:
        case "change":
            return _choose(stand, walk, option.arg)
        case "value" | "use_told":
            return take(stand, walk, _given(stand, step, option))
        case "mark":
            return take(stand, walk, Marked(turn_mark(marks, option.arg)))
        case "passage":
            return show_passage(stand, option.arg)
        case "finish" if isinstance(step, Tick):
            rest = UNSURE if option.arg == "unsure" else NO
            return take(stand, walk, finish_marks(step, marks, rest))
        case "checked" | "by_hand":
            return take(deciding(stand, option.verb), walk, Answer(Said.CHECKED))
        case verb:
            own = still.ACTS.get(verb) or _AT_REVIEW.get(verb)
            return own(stand, walk) if own else take(stand, walk, Answer(_SAID[verb]))


def _given(stand: Stand, step: Step, option: Option) -> Read:
    """The pressed value; or what was told before, read as if it were typed here."""
    if option.verb == "value" or not isinstance(step, Ask):
        return Answer(Said.VALUE, option.arg)
    return read_typed(step, stand.session.told, "", Moment(stand.now.date()))


def _choose(stand: Stand, walk: Walk, place: str) -> Turn:
    """The answer to change, or all of them to choose from."""
    if not place:
        return commands.WORDS["answers"](stand)
    return change(stand, next(visit for visit in walk.visits if visit.place == place))


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


def _child_too(stand: Stand, walk: Walk) -> Turn:
    return move(replace(stand, session=child_too(stand.session, walk)), misses=0)


_AT_REVIEW: Final[Mapping[str, Callable[[Stand, Walk], Turn]]] = {
    "not_known": _not_known,
    "child_too": _child_too,
}


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
    note = own.fill(why.values) if own and why.screen not in _SAYS_MORE else ""
    note = note or stand.catalogue.screens[why.screen].fill(why.values)
    if why.asks:
        note = f"{note.strip()}\n{stand.catalogue.screens['look_up_so'].fill({})}"
    kept = replace(session, misses=session.misses + 1)
    if kept.misses >= TRIES:
        note += "\n\n" + stand.catalogue.screens["stuck"].fill({})
    return Turn(kept, reply_of(kept, present(stand.catalogue, kept, walk), note), (), walk)


def _keep(stand: Stand, walk: Walk, answer: Answer) -> Turn:
    session, visit = stand.session, asked(stand.session, walk)
    place = visit.place
    if len(session.answers) >= MAX_ANSWERS and place not in session.answers:
        return again(stand, "limit_reached")
    answered = after(session.answered(place, answer), visit.step)
    kept = weighed(stand.catalogue, answered, walk, visit, answer)
    if session.changing:  # whatever was confirmed before must be confirmed again
        still = {p: a for p, a in kept.answers.items() if a.said is not Said.CHECKED}
        return settle(stand, replace(kept, answers=still))
    return settle(stand, kept, walk.then(stand.catalogue, kept))
