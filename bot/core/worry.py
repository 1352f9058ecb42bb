"""The screen that asks whether somebody is in danger now: 999 first, then whom else to call."""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Check, End, Manner
from bot.core.facts import PROFESSIONALS
from bot.core.found import area_of, front_door
from bot.core.options import asked, option
from bot.core.session import MARK, Overlay, Session
from bot.core.shown import Shown
from bot.core.turn import ScreenKind
from bot.core.walk import Walk

_PLAIN: Final = ("carry_on",)
_PRACTICE: Final = (*_PLAIN, "start_again")  # the second leads to a real report
_SENT: Final = frozenset({Overlay.CODE, Overlay.SENT, Overlay.RECEIPT})
_READ: Final = frozenset({Overlay.NONE, Overlay.RESUME})


def danger_screen(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """999 first. In practice nothing typed is kept, and it says how to report a real child."""
    code = session.keeps_code
    practice = walk.here.dialog.manner is Manner.PRACTICE and not code
    screens = ("danger_practice",) if practice else ("danger_noticed", _becomes(session, walk))
    said = [catalogue.screens[screen].fill({}).strip() for screen in screens]
    text = "\n\n".join([*said, _whom_else(catalogue, session, walk)]).strip()
    options = tuple(option(catalogue, verb) for verb in (_PRACTICE if practice else _PLAIN))
    # A message of its own over a code: the code's own stays in the chat beside it.
    kind = ScreenKind.URGENT if code else ScreenKind.QUESTION
    return Shown(text, options, kind, protect=not code)


def _becomes(session: Session, walk: Walk) -> str:
    """The screen that says what becomes of the words: they are read as an answer or kept for one,
    or else they are in no report, and how they come into one.
    """
    if session.under in _SENT and "pause" not in session.status:
        return "danger_sent"
    read = session.under in _READ and not isinstance(asked(session, walk).step, Check | End)
    return "danger_kept" if read and not session.held.startswith(MARK) else "danger_unadded"


def _whom_else(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """For people who work with children the area's front door; for others, who may be a child
    themselves, Childline.
    """
    if walk.facts.get("role") not in PROFESSIONALS:
        return catalogue.screens["danger_young"].fill({}).strip()
    phones = front_door(catalogue, area_of(catalogue, session, walk))
    return catalogue.screens["danger_then"].fill({"phones": phones}).strip() if phones else ""
