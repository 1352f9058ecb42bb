"""The screen that answers a look-up: one passage with its source and date, or an honest no."""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import End, Manner
from bot.core.facts import PROFESSIONALS
from bot.core.guidance import Passage
from bot.core.session import Session
from bot.core.shown import Option, Shown, shortened
from bot.core.walk import Walk

OFFERED: Final = 3  # passages of one look-up: the answer and the next two
_TITLE: Final = 60  # UTF-16 units of a passage's title on a button


def found_screen(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """What was looked up, the next best and what belongs to it as buttons, and one tap back to
    where they were.
    """
    on = Option("carry_on", catalogue.labels["carry_on"])
    protect = _private(walk)
    known = [catalogue.guidance[id_] for id_ in session.found if id_ in catalogue.guidance]
    if not known:
        values = {"phones": front_door(catalogue, area_of(catalogue, session, walk))}
        return Shown(catalogue.screens["not_found"].fill(values).strip(), (on,), protect=protect)
    best, *others = known[:OFFERED]
    others = [one for one in others if one.title != best.title]  # nobody could tell them apart
    area = area_of(catalogue, session, walk)
    text = passage_text(catalogue, best, area)
    if others:
        text = f"{text}\n\n{catalogue.screens['found_others'].fill({}).strip()}"
    see = (catalogue.guidance[id_] for id_ in best.see)
    named = [
        *((one, title_of(catalogue, one, area)) for one in others),
        *((one, _see_also(catalogue, one)) for one in see if one not in others),
    ]
    offers = (Option("passage", shortened(label, _TITLE), one.id) for one, label in named)
    return Shown(text, (*offers, on), protect=protect)


def _see_also(catalogue: Catalogue, passage: Passage) -> str:
    return catalogue.labels["see_also"].format(title=passage.title)


def title_of(catalogue: Catalogue, passage: Passage, area: str = "") -> str:
    """A passage's title, and before it the area whose rule it is, unless that is the person's."""
    own = catalogue.areas.get(passage.area) if passage.area != area else None
    return f"{own.name}: {passage.title}" if own else passage.title


def passage_text(catalogue: Catalogue, passage: Passage, area: str = "") -> str:
    """A passage as it is shown to somebody of this area: its title, the whole text, and where it
    says so.
    """
    title = title_of(catalogue, passage, area)
    values = {"title": title, "text": passage.whole.strip(), "source": passage.cited}
    return catalogue.screens["found"].fill(values).strip()


def area_of(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """The area that the person chose; after sending, that of where it went. Empty before."""
    if "area" in walk.facts:
        return str(walk.facts["area"])
    sent = session.sent or session.adds_to.get("routes", ())
    areas = (catalogue.routes[one].area for one in sent if one in catalogue.routes)
    return next((area for area in areas if area in catalogue.areas), "")


def front_door(catalogue: Catalogue, area: str) -> str:
    """The numbers of an area's front door; empty where there is none."""
    known = catalogue.areas.get(area)
    route = catalogue.routes.get(known.front_door) if known else None
    return route.phones.strip() if route else ""


def _private(walk: Walk) -> bool:
    """Whether the answer is kept from being forwarded. Guidance may be: it says nothing of who
    asked. In the middle of an anonymous conversation it gives way in place like every screen, so
    that nothing stays in the chat which others do not show.
    """
    if not walk.visits or isinstance(walk.here.step, End):
        return False
    anonymous = walk.here.dialog.manner is Manner.ANONYMOUS
    return anonymous and walk.facts.get("role") not in PROFESSIONALS
