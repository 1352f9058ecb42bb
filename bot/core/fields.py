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
    """The fields of this review that were left out and that the forms need which are about to be
    sent, or handed to the person to send.
    """
    mailed = mailable(catalogue, routes_of(catalogue, session, walk))
    routes = [
        *(catalogue.routes[name] for name in mailed),
        *paper_routes(catalogue, session, walk),
    ]
    forms = [form for route in routes for form in forms_of(catalogue, route, walk.finding)]
    return tuple(
        visit
        for visit in reviewable(walk.visits, prefix_of(walk.here))
        if isinstance(visit.step, Ask) and visit.step.required
        if visit.answer and visit.answer.said is Said.SKIPPED
        if any(form.takes(visit.dialog.id, visit.step.fact.id) for form in forms)
    )


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
    """Those of the fields that can be said to be not known."""
    return (visit for visit in fields if isinstance(visit.step, Ask) and visit.step.unsure)


def not_filled_in(catalogue: Catalogue, session: Session, walk: Walk) -> str:
    """What the review says of the empty fields; nothing when there is none."""
    fields = "; ".join(question(visit) for visit in empty(catalogue, session, walk))
    return catalogue.screens["not_filled_in"].fill({"fields": fields}) if fields else ""
