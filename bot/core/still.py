"""Going through last time's answers: "still so" or "change", one question after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.core.brought import Refused
from bot.core.carrying import awaited, carried, offered, still_so
from bot.core.dialog import Ask
from bot.core.facts import NO, YES
from bot.core.looking import left
from bot.core.noticing import noticed
from bot.core.session import Answer, Said
from bot.core.turning import MAX_ANSWERS, Stand, Turn, again, move, settle
from bot.core.walk import Walk


def bring(stand: Stand, content: bytes) -> Turn:
    """The answers of the file that was asked for here, to be gone through one by one."""
    walk = stand.walk(stand.session)
    step = awaited(stand.session, walk)
    if step is None:
        return again(stand, "media_refused")
    if stand.covered:
        stand = replace(stand, session=left(stand.session))
    try:
        found = carried(stand.catalogue, walk, step, content, stand.session.on)
    except Refused as why:
        return again(stand, why.screen)
    unanswered = {p: kept for p, kept in found.items() if p not in stand.session.answers}
    session = replace(stand.session, carried=unanswered)
    kept = session.answered(walk.here.place, Answer(Said.SEEN))
    return again(replace(stand, session=kept), "carry_taken")


def said(stand: Stand, walk: Walk, sense: str) -> Turn | None:
    """Yes or no, typed where last time's answer is shown. At a question with buttons it says too
    little, for it may answer the question itself. None: the words are a new answer.
    """
    if offered(stand.session, walk.here) is None or sense not in _MEANT:
        return None
    step = walk.here.step
    if isinstance(step, Ask) and not step.choices:
        return ACTS[_MEANT[sense]](stand, walk)
    return again(stand, "reject_choice")


def _still_so(stand: Stand, walk: Walk) -> Turn:
    """Last time's answer once more; of one item of a list, all that was said of it. Words that
    sound like danger are asked about as if they were typed now: they are said to be so now.
    """
    session, here = stand.session, walk.here
    found = still_so(stand.catalogue, session, here)
    words = "\n".join(str(answer.value) for answer in found.values() if answer.value)
    if danger := noticed(stand, words, hold=False):
        return danger
    if len(session.answers) + len(found) > MAX_ANSWERS:
        return again(stand, "limit_reached")
    kept = session.answered(here.place, found[here.place])
    return settle(stand, replace(kept, answers={**kept.answers, **found}))


def _ask_anew(stand: Stand, walk: Walk) -> Turn:
    """The question as if nothing had been said last time."""
    place = walk.here.place
    left = {p: answer for p, answer in stand.session.carried.items() if p != place}
    return move(stand, carried=left, misses=0)


ACTS: Final[Mapping[str, Callable[[Stand, Walk], Turn]]] = {
    "still_so": _still_so,
    "change_it": _ask_anew,
}
_MEANT: Final[Mapping[str, str]] = {YES: "still_so", NO: "change_it"}
