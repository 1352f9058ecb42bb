"""The screen that answers a look-up: one passage with its source and date, or whom to ask, with
the titles of what it may be.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import End, Manner
from bot.core.facts import PROFESSIONALS, YOUNG
from bot.core.guidance import Passage
from bot.core.session import Overlay, Session
from bot.core.shown import Option, Shown, shortened
from bot.core.walk import Walk

OFFERED: Final = 3  # passages of one look-up: the answer and the next two
_YOUNG: Final = ("not_found_young", "not_sure_young")
_TITLE: Final = 60  # UTF-16 units of a passage's title on a button


def found_screen(catalogue: Catalogue, session: Session, walk: Walk) -> Shown:
    """What was looked up, the next best and what belongs to it as buttons, and one tap back to
    where they were.
    """
    known = _apart(catalogue.guidance[id_] for id_ in session.found if id_ in catalogue.guidance)
    area, protect = area_of(catalogue, session, walk), _private(walk)
    if session.overlay is Overlay.PERHAPS or not known:
        named = [(one, title_of(catalogue, one, area)) for one in known]
        young = is_young(catalogue, session, walk)
        none, some = _YOUNG if young else ("not_found", "not_sure")
        screen = catalogue.screens[some if named else none]
        text = screen.fill({"phones": front_door(catalogue, area)}).strip()
        return Shown(text, _offers(catalogue, named), protect=protect)
    best, *others = known[:OFFERED]
    text = passage_text(catalogue, best, area)
    if others:
        text = f"{text}\n\n{catalogue.screens['found_others'].fill({}).strip()}"
    see = (catalogue.guidance[id_] for id_ in best.see)
    named = [
        *((one, title_of(catalogue, one, area)) for one in others),
        *((one, _see_also(catalogue, one)) for one in see if one not in others),
    ]
    return Shown(text, _offers(catalogue, named), protect=protect)


def _apart(passages: Iterable[Passage]) -> list[Passage]:
    """Each that is called otherwise than those before it: nobody could tell them apart."""
    held: dict[str, Passage] = {}
    for one in passages:
        held.setdefault(one.title, one)
    return list(held.values())


def _offers(catalogue: Catalogue, named: Iterable[tuple[Passage, str]]) -> tuple[Option, ...]:
    """A button for each passage under its label, and one back."""
    offers = (Option("passage", shortened(label, _TITLE), one.id) for one, label in named)
    return (*offers, Option("carry_on", catalogue.labels["carry_on"]))


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


def is_young(catalogue: Catalogue, session: Session, walk: Walk) -> bool:
    """Whether the person says that they are a child; after sending, the way that it went says so.
    That is what a route's link answers, too.
    """
    routes = (catalogue.routes[one] for one in session.sent if one in catalogue.routes)
    roles = (walk.facts.get("role"), *(dict(route.link).get("asking") for route in routes))
    return YOUNG in roles


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
