"""What was told where a button was wanted: kept, and offered at the first question that takes it.
It lies in the session alone, goes with it, and is in no report unless the person says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.answers import Rejected, clean, holds_code
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Step
from bot.core.facts import LONG_TEXT_LIMIT, FactType
from bot.core.session import Session
from bot.core.shown import shortened

FEWEST: Final = 3  # words: fewer are a try at a button
SHOWN: Final = 300  # UTF-16 units of them on the screen
KEPT: Final = Rejected("words_later")


def kept(session: Session, text: str, fewest: int = FEWEST) -> Session | None:
    """The session with these words kept behind those told before; None for what tells nothing, or
    holds a code.
    """
    words = clean(text)
    if len(words.split()) < fewest or not any(map(str.isalpha, words)) or holds_code(words):
        return None
    if words in session.told.split("\n"):
        return session
    told = f"{session.told}\n{words}".strip()[:LONG_TEXT_LIMIT]
    return replace(session, told=told)


def offered(session: Session, step: Step) -> str:
    """What was told before, at a question that takes it; else empty."""
    return session.told if _takes(step) and not session.changing else ""


def told_before(catalogue: Catalogue, session: Session, step: Step) -> str:
    """The words that are offered at this question, for its screen; empty where there are none."""
    told = shortened(offered(session, step), SHOWN)
    return catalogue.screens["told_before"].fill({"told": told}).strip() if told else ""


def after(session: Session, step: Step) -> Session:
    """The session once this step is answered: what was offered there is not offered again."""
    return replace(session, told="") if session.told and _takes(step) else session


def _takes(step: Step) -> bool:
    return isinstance(step, Ask) and step.fact.type is FactType.LONG_TEXT
