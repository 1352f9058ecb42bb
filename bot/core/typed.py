"""What a person typed, or the button they pressed, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.core import commands, places, still
from bot.core.acting import act, change, take
from bot.core.answers import Moment, Rejected, clean, read_typed
from bot.core.dialog import Ask, Assign, Call, Check, Decide, End, Manner
from bot.core.facts import LONG_TEXT_LIMIT, WRITTEN
from bot.core.looking import (
    asks_here,
    asks_something,
    find,
    left,
    look_up,
    next_one,
    only_mark,
    query_in,
)
from bot.core.noticing import noticed, worrying
from bot.core.options import asked, wants_words
from bot.core.picking import meant_beneath, noted_down, place_in, wants_next
from bot.core.receipts import code_of
from bot.core.review import listed
from bot.core.session import ADDITION, ANSWERED, LOOKING, Overlay, Session
from bot.core.shown import Option, number_in
from bot.core.told import FEWEST, KEPT, kept
from bot.core.turn import LookUp, Press
from bot.core.turning import Stand, Turn, again, move, settle, uncover, urgent
from bot.core.view import choices
from bot.core.walk import Visit, Walk

_INDEX: Final = re.compile(r"[0-9]{1,3}")


def press(stand: Stand, pressed: Press) -> Turn:
    """A button: of this screen, or of one that is no more."""
    stale = stand.new or pressed.turn != stand.session.turn
    if stale or not _INDEX.fullmatch(pressed.option):
        return again(stand, "lapsed" if stand.new else "")
    walk = stand.walk(stand.session)
    options = choices(stand.catalogue, stand.session, walk).options
    index = int(pressed.option)
    return _do(stand, options[index], walk) if index < len(options) else again(stand)


def say(stand: Stand, text: str) -> Turn:
    """Typed words: a word for everywhere, a worry, a question, a code, a button's name, or else
    what the step wants.
    """
    query, sense = query_in(text), stand.catalogue.words.meaning(text)
    if not query and sense in commands.WORDS:
        return commands.WORDS[sense](stand)
    hedged = text.rstrip().endswith("?") and sense in {"yes", "no"}
    sense = "" if hedged else sense
    button = None if stand.new or stand.away or query or hedged else _named(stand, text)
    plain = query or not (sense or button)  # "skip", or our own label, says nothing of danger
    if plain and (worry := noticed(stand, text)):
        return worry
    if query:
        return _open(stand, code) if (code := code_of(query)) else find(stand, query)
    if only_mark(text) and not stand.new:
        return look_up(stand)
    if stand.new:
        return _code(stand, text) or _first_words(stand, text)
    if stand.away:  # what was typed waits for "carry on"
        return move(stand, held=clean(text))
    walk = stand.walk(stand.session)
    if button:
        return _do(stand, button, walk)
    if stand.covered:
        return _say_over(stand, walk, text, sense)
    return _say_here(stand, walk, text, sense)


def _named(stand: Stand, text: str) -> Option | None:
    """The button of this screen that the words name."""
    return choices(stand.catalogue, stand.session, stand.walk(stand.session)).named(text)


def _first_words(stand: Stand, text: str) -> Turn:
    """Words from somebody not known: a question, a story to be told later, or only a greeting."""
    if stand.lapsed:
        return again(stand, "lapsed")
    if asks_something(stand.catalogue, text):
        return find(stand, clean(text))
    told = _kept(stand, text)
    return again(replace(stand, session=told), "words_later") if told else again(stand)


def _say_here(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed at a step of the walk."""
    if meant := still.said(stand, walk, sense):
        return meant
    step = asked(stand.session, walk).step
    outside = isinstance(step, End) or not walk.visits
    if outside and (found := _code(stand, text)):
        return found
    if not outside and code_of(text):  # nobody's answer; here it would only be lost
        return again(stand, "code_here")
    asking = outside and not wants_words(walk.here) and stand.session.root != ADDITION
    asking = asking and asks_something(stand.catalogue, text)
    if isinstance(step, End | Call | Decide | Assign):  # the last three never wait
        return find(stand, clean(text)) if asking else again(stand)
    if isinstance(step, Check) and (numbered := _numbered(walk, text)):
        return change(stand, numbered)
    at = Moment(stand.now.date(), stand.session.marks)
    if place := places.said(stand, walk, text):
        return place
    read = read_typed(step, text, sense, at)
    if not isinstance(read, Rejected):
        return take(stand, walk, read)
    if asking:
        return find(stand, clean(text))
    return take(stand, walk, read) if sense else _miss(stand, walk, text, read)


def _miss(stand: Stand, walk: Walk, text: str, read: Rejected) -> Turn:
    """Words that are no answer here: a question, or what is kept to be told later."""
    if asks_here(stand.catalogue, text):
        return take(stand, walk, replace(read, asks=True))
    told = _kept(stand, text) if _tells(stand, walk, text) else None
    if told is None:
        return take(stand, walk, read)
    note = read if wants_words(asked(stand.session, walk)) else KEPT
    return take(replace(stand, session=told), walk, note)


def _kept(stand: Stand, text: str) -> Session | None:
    """The session with these words kept: of danger be they ever so few, as was promised."""
    return kept(stand.session, text, 1 if worrying(stand.catalogue, text) else FEWEST)


def _tells(stand: Stand, walk: Walk, text: str) -> bool:
    """Whether words that are no answer here are kept: all of them at a button; of danger, as the
    screen that asked about it promised, at a number, a day, a tick screen and a review too.
    """
    visit = asked(stand.session, walk)
    if visit.dialog.manner is Manner.PRACTICE:  # no question of a practice takes them
        return False
    if not wants_words(visit):
        return True
    step = visit.step
    takes_text = isinstance(step, Ask) and step.fact.type in WRITTEN
    return not takes_text and worrying(stand.catalogue, text)


# What a word means on one of the program's own screens: only what nobody could mean otherwise.
_MEANT: Final[Mapping[Overlay, Mapping[str, str]]] = {
    Overlay.DANGER: {"no": "carry_on", "carry_on": "carry_on"},
    Overlay.RESUME: {"yes": "carry_on", "carry_on": "carry_on", "no": "start_again"},
    Overlay.ANSWERS: {"done": "carry_on", "carry_on": "carry_on", "no": "carry_on"},
    Overlay.CONFIRM_DELETE: {"yes": "delete_yes", "no": "delete_no"},
    Overlay.RECEIPT: {"done": "close", "carry_on": "close", "no": "close"},
    Overlay.REMIND: {"yes": "remind_yes", "no": "close"},
    Overlay.CODE: {"yes": "saved_it", "done": "saved_it"},
}
_TAKES_CODES: Final = LOOKING | {Overlay.ENTER_CODE, Overlay.RECEIPT, Overlay.SENT}


def _say_over(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed at one of the program's own screens."""
    over = stand.session.overlay
    if over in _TAKES_CODES and (found := _code(stand, text)):
        return found
    if over is Overlay.ANSWERS and (numbered := _numbered(walk, text)):
        return change(stand, numbered)
    if over in LOOKING:
        return _say_looking(stand, walk, text, sense)
    if over is Overlay.SENT and asks_something(stand.catalogue, text):
        return find(stand, clean(text))
    if over is Overlay.DANGER and stand.session.held and not sense:  # the rest of what they tell
        more = clean(f"{stand.session.held}\n{text}")[:LONG_TEXT_LIMIT]
        return again(replace(stand, session=replace(stand.session, held=more)), "reject_choice")
    if over is Overlay.DANGER and sense in {"yes", "unsure"}:
        return Turn(stand.session, urgent(stand.session.turn), (), walk)
    if over is Overlay.CODE and noted_down(text):
        return _do(stand, Option("saved_it", ""), walk)
    if verb := _MEANT.get(over, {}).get(sense):
        return _do(stand, Option(verb, ""), walk)
    return again(stand, "code_unknown" if over is Overlay.ENTER_CODE else "reject_choice")


def _say_looking(stand: Stand, walk: Walk, text: str, sense: str) -> Turn:
    """Words typed where some are looked up: a word that leads back, or to another passage, an
    answer to the question beneath, or other words to look up.
    """
    answered = stand.session.overlay in ANSWERED
    if answered and wants_next(text):
        return next_one(stand)
    place = place_in(text) if answered else 0
    options = choices(stand.catalogue, stand.session, walk).options
    if 0 < place <= len(options):
        return _do(stand, options[place - 1], walk)
    if sense:
        return uncover(stand)
    if meant_beneath(stand, text):
        return say(replace(stand, session=left(stand.session)), text)
    if place or not any(map(str.isalpha, text)):
        return again(stand, "reject_choice" if answered else "reject_text")
    return find(stand, clean(text))


def _code(stand: Stand, text: str) -> Turn | None:
    code = None if stand.session.root == ADDITION else code_of(text)
    return None if code is None else again(stand, effects=(LookUp(code),))


def _open(stand: Stand, code: str) -> Turn:
    """What a code stands for, asked for behind a question mark: as if `receipt` had been typed
    first. It is never looked up in the guidance.
    """
    turn = commands.WORDS["receipt"](stand)
    asked_for = turn.session and turn.session.overlay is Overlay.ENTER_CODE
    return replace(turn, effects=(LookUp(code),)) if asked_for else turn


def _numbered(walk: Walk, text: str) -> Visit | None:
    """The answer that a typed number names in the review, or None."""
    visits = listed(walk)
    number = number_in(text)
    return visits[number - 1] if 0 < number <= len(visits) else None


def _do(stand: Stand, option: Option, walk: Walk) -> Turn:
    return _carry_on(stand) if option.verb == "carry_on" else act(stand, option, walk)


def _carry_on(stand: Stand) -> Turn:
    """Back to where they were; what was typed before the question is read now, or once they say
    that they carry on after a while away.
    """
    session = stand.session
    if session.overlay not in {Overlay.RESUME, Overlay.DANGER}:
        return uncover(stand)
    over, none, turn = session.under, Overlay.NONE, session.turn + 1
    back = replace(session, overlay=over, under=none, held="", turn=turn)
    there = replace(stand, session=back)
    if over is Overlay.RESUME:
        return move(stand, overlay=over, under=none)
    return say(there, session.held) if session.held else settle(there, back)
