"""Which forms a report fills in, and which of their fields it still leaves empty.

A field is the question that asks for it (dialog.Ask): its kind, label, help, clause, whether the
form needs it and who may fill it in are written there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask
from bot.core.finding import Finding
from bot.core.handover import paper_routes
from bot.core.layout import Layout
from bot.core.routing import How, Route
from bot.core.saying import mailable, prefix_of, question, reviewable, routes_of
from bot.core.session import Said, Session
from bot.core.shown import Option, shortened
from bot.core.walk import Visit, Walk

_LABEL: Final = 40  # characters of a button
_MOST: Final = 8  # buttons for empty fields on one screen


def forms_of(catalogue: Catalogue, route: Route, finding: Finding | None) -> tuple[Layout, ...]:
    """The forms that a report for this route fills in: the route's own, then those of the ways
    that the person walks themselves (they are sent along: Wirral, Referral Process), else the
    layout of its kind; none where nothing is laid out.
    """
    others = finding.routes if finding and not route.anonymous else ()
    walked = (catalogue.routes[name] for name in others)
    named = (form for one in walked if one.how is not How.MAIL for form in one.forms)
    wanted = dict.fromkeys((*route.forms, *named))
    found = tuple(catalogue.layouts[form] for form in wanted if form in catalogue.layouts)
    kind = catalogue.layouts.get(route.kind)
    return found or ((kind,) if kind else ())


def empty(catalogue: Catalogue, session: Session, walk: Walk) -> tuple[Visit, ...]:
    """The fields of this review that the forms need which are about to be sent, or handed to the
    person to send, and that were left out; and every way to reach the child where none is known.
    """
    fields = _fields(catalogue, session, walk)
    lost = {visit.place for visit in out_of_reach(fields)}
    return tuple(visit for visit in fields if visit.place in lost or _is_needed(visit))


def _fields(catalogue: Catalogue, session: Session, walk: Walk) -> tuple[Visit, ...]:
    """The questions of this review that stand on such a form."""
    mailed = mailable(catalogue, routes_of(catalogue, session, walk))
    routes = [
        *(catalogue.routes[name] for name in mailed),
        *paper_routes(catalogue, session, walk),
    ]
    forms = [form for route in routes for form in forms_of(catalogue, route, walk.finding)]
    return tuple(
        visit
        for visit in reviewable(walk.visits, prefix_of(walk.here))
        if isinstance(visit.step, Ask)
        if any(form.takes(visit.dialog.id, visit.step.fact.id) for form in forms)
    )


def out_of_reach(fields: tuple[Visit, ...]) -> tuple[Visit, ...]:
    """The ways by which somebody could find or reach the child, where not one of them is known."""
    ways = tuple(visit for visit in fields if isinstance(visit.step, Ask) and visit.step.reach)
    return () if any(v.answer and v.answer.said is Said.VALUE for v in ways) else ways


def _is_needed(visit: Visit) -> bool:
    return isinstance(visit.step, Ask) and visit.step.required and _is_left_out(visit)


def _is_left_out(visit: Visit) -> bool:
    return visit.answer is not None and visit.answer.said is Said.SKIPPED


def fill_in(catalogue: Catalogue, session: Session, walk: Walk) -> list[Option]:
    """A button for each empty field, and one that says "not known" of all that may be that."""
    label = catalogue.labels["fill_in"]
    fields = empty(catalogue, session, walk)
    options = [
        Option("change", shortened(label.format(field=question(visit)), _LABEL), visit.place)
        for visit in fields[:_MOST]
    ]
    if any(said_unsure(fields)):
        options.append(Option("not_known", catalogue.labels["not_known"]))
    return options


def said_unsure(fields: tuple[Visit, ...]) -> Iterator[Visit]:
    """Those of the fields left out that can be said to be not known."""
    asked = (visit for visit in fields if isinstance(visit.step, Ask) and visit.step.unsure)
    return (visit for visit in asked if _is_left_out(visit))


def not_filled_in(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """What the review says of the empty fields; nothing when there is none. Where nobody could
    find or reach the child, it asks once more for one way.
    """
    lost = out_of_reach(_fields(catalogue, session, walk))
    places = {visit.place for visit in lost}
    others = [v for v in empty(catalogue, session, walk) if v.place not in places]
    said = (
        catalogue.screens[screen].fill({"fields": "; ".join(map(question, visits))}).strip()
        for screen, visits in (("out_of_reach", lost), ("not_filled_in", others))
        if visits
    )
    return "\n\n".join(said)
