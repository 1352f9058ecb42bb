"""`poster`: a page to hang up, whose QR code opens the chat at one route, or in one area."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from bot.app import content_of
from bot.commands import DONE, UsageError, print_json
from bot.commands.configured import configured
from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.facts import PROFESSIONALS
from bot.core.links import LONGEST, to_route
from bot.core.routing import How, Route

_YOUNG: Final = "young_person"
_USERNAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{4,31}")


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `poster`."""
    parser.add_argument("--area", required=True, help="the area's id, such as wirral")
    parser.add_argument("--route", help="the route that the code opens; else the area")
    parser.add_argument("--out", metavar="FILE", type=Path, help="default: poster-NAME.pdf")
    parser.add_argument("--json", action="store_true", help="one JSON value on one line")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Print the page into a file and say where it lies."""
    from bot.adapters.poster import Poster, poster_pdf

    settings = configured(environment)
    if not _USERNAME.fullmatch(settings.username):
        raise UsageError("no_username", "BOT_USERNAME is needed: the bot's name at Telegram.")
    catalogue = content_of(settings)
    _area_exists(catalogue, given.area)
    route = _route(catalogue, given.area, given.route) if given.route else None
    payload = to_route(route) if route else str(given.area)
    address = f"https://t.me/{settings.username}?start={payload}"
    words = _words(catalogue, given.area, route, settings.username)
    out = given.out or Path(f"poster-{route.id if route else given.area}.pdf")
    page = poster_pdf(Poster(address=address, **words))
    try:
        out.write_bytes(page)
    except OSError:
        raise UsageError("not_written", "The file of --out cannot be written.") from None
    if given.json:
        print_json({"file": str(out), "link": address})
    else:
        print(f"{out}\n{address}")  # noqa: T201 - what a command is for
    return DONE


def _area_exists(catalogue: Catalogue, area: str) -> None:
    if area not in catalogue.areas:
        near = get_close_matches(area, catalogue.areas)
        raise UsageError("unknown_area", "There is no such area.", near)


def _route(catalogue: Catalogue, area: str, wanted: str) -> Route:
    known = catalogue.routes.items()
    routes = {id_: route for id_, route in known if route.area == area and route.link}
    if wanted not in routes:
        message = "That is no route of this area which a link opens (`link:` in its routes.yaml)."
        raise UsageError("unknown_route", message, get_close_matches(wanted, routes) or [*routes])
    if len(to_route(routes[wanted])) > LONGEST:
        raise UsageError("long_route", f"A link holds {LONGEST} characters; its id is too long.")
    return routes[wanted]


def _words(catalogue: Catalogue, area: str, route: Route | None, username: str) -> dict[str, str]:
    """Everything the page says, from `screens:`; the first line of some is their heading."""
    here = catalogue.areas[area]
    values = {
        "route": route.name if route else "",
        "bot": f"@{username}",
        "area": here.name,
        "phones": catalogue.routes[here.front_door].phones.strip() if here.front_door else "",
    }

    def said(screen: str) -> str:
        return catalogue.screens[screen].fill(values).strip()

    title, _, text = said(_to_whom(catalogue, area, route)).partition("\n")
    people_title, _, people = said("poster_people").partition("\n")
    private = said("poster_private" if route and route.anonymous else "poster_stored")
    return {
        "urgent": HEADER,
        "training": said("training") if catalogue.training else "",
        "title": title.strip(),
        "text": text.strip(),
        "link": f"t.me/{username}",
        "opens": said("poster_opens"),
        "below": f"{said('poster_opens')}\n{private}",
        "people_title": people_title.strip(),
        "people": people.strip(),
        "foot": said("poster_foot"),
    }


def _to_whom(catalogue: Catalogue, area: str, route: Route | None) -> str:
    """The screen that speaks to who is meant to scan it: people who work with children, a young
    person, or the public; and that promises the public no more than what the chat can do.
    """
    meant = set(dict(route.link).values()) if route else set()
    if not meant.isdisjoint(PROFESSIONALS):
        return "poster_workers"
    if _YOUNG in meant:
        return "poster_young"
    ways = [route] if route else [r for r in catalogue.routes.values() if r.area == area]
    sends = any(way.how is How.MAIL and _is_for_public(way) for way in ways)
    return "poster" if sends else "poster_call"


def _is_for_public(route: Route) -> bool:
    meant = set(dict(route.link).values())
    return bool(meant) and meant.isdisjoint({*PROFESSIONALS, _YOUNG})
