"""What a link to the bot opens: an area, a route or a passage. An unknown one opens nothing.

`https://t.me/NAME?start=PAYLOAD`; a payload is at most 64 of A-Z, a-z, 0-9, _ and -. It is the
area's id, `r-` and a route's, or `p-` and a passage's. It never answers whether a child is in
danger, and what it says of who somebody is holds only until they say otherwise: going back from
the question it leads to asks what it had answered, and so does starting again.
"""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.routing import Route

ROUTE: Final = "r-"
PASSAGE: Final = "p-"
LONGEST: Final = 64


def to_route(route: Route) -> str:
    """The payload that opens this route."""
    return f"{ROUTE}{route.id}"


def facts_of(catalogue: Catalogue, payload: str) -> dict[str, str | int]:
    """The facts that a link already answers: its area, and what its route's `link` says."""
    if payload in catalogue.areas:
        return {"area": payload}
    route = catalogue.routes.get(payload.removeprefix(ROUTE))
    if route is None or not payload.startswith(ROUTE) or route.area not in catalogue.areas:
        return {}
    return {"area": route.area, **dict(route.link)}


def passage_of(catalogue: Catalogue, payload: str) -> str:
    """The id of the passage that a link shows; empty where it names none."""
    id_ = payload.removeprefix(PASSAGE)
    return id_ if payload.startswith(PASSAGE) and id_ in catalogue.guidance else ""
