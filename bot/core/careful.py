"""Careful words: a quiet note when somebody who works with children writes words that put blame on
a child. It never blocks, never changes a text, comes once for an answer, and never to the public,
to children, or over a look-up (Wirral, Language and Labelling).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Tick
from bot.core.facts import PROFESSIONALS, FactType
from bot.core.session import Answer, Said, Session
from bot.core.shown import shortened
from bot.core.walk import Visit, Walk
from bot.core.wording import Remark, look

FITS: Final = 300  # UTF-16 units of what is said: the first remark alone, for more is a lecture
_WRITTEN: Final = frozenset({FactType.SHORT_TEXT, FactType.LONG_TEXT})


def weighed(
    catalogue: Catalogue, session: Session, walk: Walk, visit: Visit, answer: Answer
) -> Session:
    """The session after this answer to this step: with a note to come where its words ask for
    one. A note that was on the screen is over with the answer; on a tick screen none is shown.
    """
    session = session if isinstance(visit.step, Tick) else replace(session, careful="")
    place = visit.place
    if place in session.remarked or walk.facts.get("role") not in PROFESSIONALS:
        return session
    if not (isinstance(visit.step, Ask) and visit.step.fact.type in _WRITTEN):
        return session
    if answer.said is not Said.VALUE or not _remarks(catalogue, answer):
        return session
    return replace(session, careful=place, remarked=(*session.remarked, place))


def noted(session: Session, walk: Walk, step: object) -> Visit | None:
    """The answer that the note on this screen is about; None when there is no note. Where the last
    words could not be read, what is said of that comes first.
    """
    if not session.careful or session.changing or session.misses or isinstance(step, Tick):
        return None
    return next((visit for visit in walk.visits if visit.place == session.careful), None)


def careful_note(catalogue: Catalogue, visit: Visit) -> str:
    """The words, why to think about them, and another way to say it."""
    said = [
        shortened(f"“{one.term}” – {one.why} Instead: {one.instead}", FITS)
        for one in _remarks(catalogue, visit.answer)[:1]
    ]
    return "".join(catalogue.screens["careful"].fill({"found": found}).strip() for found in said)


def _remarks(catalogue: Catalogue, answer: Answer | None) -> tuple[Remark, ...]:
    if catalogue.wording is None or answer is None:
        return ()
    return look(str(answer.value), catalogue.wording)
