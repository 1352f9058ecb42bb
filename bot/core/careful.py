"""A quiet note when somebody who works with children writes words that put blame on a child, or a
date that lies further off than its rule says. It never blocks, never changes an answer, comes once
for it, and never to the public, to children, or over a look-up (Wirral, Language and Labelling).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Tick
from bot.core.facts import PROFESSIONALS, WRITTEN
from bot.core.saying import prefix_of
from bot.core.session import Answer, Said, Session
from bot.core.shown import shortened
from bot.core.walk import Visit, Walk
from bot.core.wording import Remark, look

FITS: Final = 300  # UTF-16 units of what is said: the first remark alone, for more is a lecture


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
    if not isinstance(visit.step, Ask) or answer.said is not Said.VALUE:
        return session
    written = visit.step.fact.type in WRITTEN and bool(_remarks(catalogue, answer))
    if not (written or _too_far(session, walk, visit, answer)):
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
    """The words, why to think about them, and another way to say it; or a date's own note."""
    if isinstance(visit.step, Ask) and visit.step.far:
        return visit.step.far.text.strip()
    said = [
        shortened(f"“{one.term}” – {one.why} Instead: {one.instead}", FITS)
        for one in _remarks(catalogue, visit.answer)[:1]
    ]
    return "".join(catalogue.screens["careful"].fill({"found": found}).strip() for found in said)


def _too_far(session: Session, walk: Walk, visit: Visit, answer: Answer) -> bool:
    """Whether a date lies further than it should after the other one, or after today; or before
    another one.
    """
    far = visit.step.far if isinstance(visit.step, Ask) else None
    if far is None:
        return False
    beside = (v for v in walk.visits if prefix_of(v) == prefix_of(visit) and v.answer)
    days = [
        date.fromisoformat(str(v.answer.value))
        for v in beside
        if isinstance(v.step, Ask) and v.step.fact.id in {far.after, *far.before}
        if v.answer is not None and v.answer.value
    ]
    day = date.fromisoformat(str(answer.value))
    if far.before:
        return any((other - day).days > far.days for other in days)
    return (day - (days[0] if days else session.on)).days > far.days


def _remarks(catalogue: Catalogue, answer: Answer | None) -> tuple[Remark, ...]:
    if catalogue.wording is None or answer is None:
        return ()
    return look(str(answer.value), catalogue.wording)
