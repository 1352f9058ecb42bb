"""Danger noticed in what a person types, before it is read as an answer: one question with 999
first, and one tap to carry on with nothing lost. Never twice in a session for the same words.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from bot.core.answers import clean
from bot.core.catalogue import Catalogue, normal
from bot.core.danger import find
from bot.core.looking import MARK, query_in
from bot.core.picking import meant_beneath
from bot.core.session import LOOKING, Overlay
from bot.core.turning import Stand, Turn, move

# A code not noted yet, and the neutral question after a while away, stay what they are.
_STAYS: Final = frozenset({Overlay.CODE, Overlay.RESUME, Overlay.DANGER})


def noticed(stand: Stand, text: str, *, hold: bool = True) -> Turn | None:
    """The turn that asks whether somebody is in danger now; None when nothing of the kind is in
    it, or it was asked about these words before. `hold`: they were typed, and are read after it.
    """
    rules, session = stand.catalogue.danger, stand.session
    if rules is None or session.overlay in _STAYS:
        return None
    said = {_mark(text[cue.start : cue.end]) for cue in find(text, rules)}
    if said <= set(session.warned):
        return None
    warned = tuple(sorted(said | set(session.warned)))
    held, under = clean(text) if hold else "", session.overlay
    if session.overlay in LOOKING:  # it lies over another screen, which must not be lost
        asked = query_in(text) or meant_beneath(stand, text)
        held, under = held if asked else f"{MARK} {held}", session.under
    return move(stand, overlay=Overlay.DANGER, under=under, held=held, warned=warned)


def worrying(catalogue: Catalogue, text: str) -> bool:
    """Whether signs that somebody is in danger now are in a text."""
    return catalogue.danger is not None and bool(find(text, catalogue.danger))


def _mark(words: str) -> str:
    """Which words they were, without keeping them."""
    return sha256(normal(words).encode()).hexdigest()[:12]
