"""The screen that asks whether somebody is in danger now: 999 first, then whom else to call."""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Manner
from bot.core.facts import PROFESSIONALS
from bot.core.found import area_of, front_door
from bot.core.options import option
from bot.core.session import Session
from bot.core.shown import Shown
from bot.core.walk import Walk

_PRACTICE: Final = ("carry_on", "start_again")  # the second leads to a real report


def danger_screen(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """999 first. In practice nothing typed is kept, and it says how to report a real child."""
    practice = walk.here.dialog.manner is Manner.PRACTICE
    first = catalogue.screens["danger_practice" if practice else "danger_noticed"].fill({})
    verbs = _PRACTICE if practice else ("carry_on",)
    text = f"{first.strip()}\n\n{_whom_else(catalogue, session, walk)}".strip()
    return Shown(text, tuple(option(catalogue, verb) for verb in verbs))


def _whom_else(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """For people who work with children the area's front door; for others, who may be a child
    themselves, Childline.
    """
    if walk.facts.get("role") not in PROFESSIONALS:
        return catalogue.screens["danger_young"].fill({}).strip()
    phones = front_door(catalogue, area_of(catalogue, session, walk))
    return catalogue.screens["danger_then"].fill({"phones": phones}).strip() if phones else ""
