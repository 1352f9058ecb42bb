"""Danger noticed in what a person types, before it is read as an answer: one question with 999
first, and one tap to carry on with nothing lost. Never twice in a session for the same words.
"""

from __future__ import annotations

from hashlib import sha256

from bot.core.answers import clean
from bot.core.catalogue import Catalogue, normal
from bot.core.danger import find
from bot.core.facts import LONG_TEXT_LIMIT
from bot.core.looking import query_in
from bot.core.picking import meant_beneath
from bot.core.session import LOOKING, MARK, Overlay, Session
from bot.core.turning import Stand, Turn, move


def noticed(stand: Stand, text: str, *, hold: bool = True) -> Turn | None:
    """The turn that asks whether somebody is in danger now; None when nothing of the kind is in
    it, or it was asked about these words before. `hold`: they were typed, and are read after it.
    """
    rules, session = stand.catalogue.danger, stand.session
    if rules is None or session.overlay is Overlay.DANGER:
        return None
    said = {_mark(text[cue.start : cue.end]) for cue in find(text, rules)}
    if said <= set(session.warned):
        return None
    warned = tuple(sorted(said | set(session.warned)))
    held = _held(session, text) if hold else ""
    under: Overlay = session.overlay
    if session.overlay in LOOKING:  # it lies over another screen, which must not be lost
        asked = query_in(text) or meant_beneath(stand, text)
        held, under = held if asked else f"{MARK} {held}", session.under
    return move(stand, overlay=Overlay.DANGER, under=under, held=held, warned=warned)


def _held(session: Session, text: str) -> str:
    """What waits for "carry on": nothing where a code is shown, for no question lies there; after
    a while away what waits there already, and these words behind it.
    """
    if session.overlay is Overlay.CODE:
        return ""
    if session.overlay is Overlay.RESUME and session.held:
        return clean(f"{session.held}\n{text}")[:LONG_TEXT_LIMIT]
    return clean(text)


def worrying(catalogue: Catalogue, text: str) -> bool:
    """Whether signs that somebody is in danger now are in a text."""
    return catalogue.danger is not None and bool(find(text, catalogue.danger))


def _mark(words: str) -> str:
    """Which words they were, without keeping them."""
    return sha256(normal(words).encode()).hexdigest()[:12]
