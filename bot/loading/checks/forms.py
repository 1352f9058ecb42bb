"""Forms and the questions that fill them in: what a form needs comes to it, and two forms of one
area never say different things of the same field.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Dialog
from bot.core.layout import Layout
from bot.core.routing import How, Route
from bot.loading.checks.flow import Flow
from bot.loading.checks.usage import enters
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.files import COMMON, holding
from bot.loading.written_packs import RoutesFile

_Asked: TypeAlias = "tuple[Dialog, Ask]"


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every form and every field."""
    catalogue = content.catalogue
    _check_routes(content, faults)
    for layout in catalogue.layouts.values():
        taken = _taken(catalogue, layout)
        for dialog, step in _required(catalogue, layout):
            if flow.known(dialog, step) is None or (taken and dialog.id not in taken):
                message = (
                    f"`{layout.id}` needs `{step.fact.id}` of {dialog.id}, and no way that sends "
                    "the form asks it."
                )
                faults.add(Place(layout.file, layout.line), Code.REQUIRED_NOT_ASKED, message)
    _check_same(catalogue, faults)


def _check_routes(content: Content, faults: Faults) -> None:
    """Every form that a route names is laid out, and every layout is some route's or kind's."""
    layouts = content.catalogue.layouts
    for _, held in holding(content.files, RoutesFile):
        for route in held.routes.values():
            for form in route.forms if route else ():
                if form not in layouts:
                    message = f"There is no form `{form}`."
                    place = form.place
                    faults.add(place, Code.UNKNOWN_FORM, message, written=form, allowed=layouts)
    routes = content.catalogue.routes.values()
    named = {name for route in routes for name in (*route.forms, route.kind)}
    for layout in layouts.values():
        if layout.id not in named:
            message = f"No route prints the form `{layout.id}`."
            faults.add(Place(layout.file, layout.line), Code.UNUSED, message)


def _asks(catalogue: Catalogue, layout: Layout) -> Iterator[_Asked]:
    """The questions whose fields stand on a form."""
    names = dict.fromkeys(name for section in layout.sections for name in section.asks)
    for dialog in (catalogue.dialogs[name] for name in names):
        for step in dialog.steps.values():
            if isinstance(step, Ask) and layout.takes(dialog.id, step.fact.id):
                yield dialog, step


def _required(catalogue: Catalogue, layout: Layout) -> Iterator[_Asked]:
    return ((dialog, step) for dialog, step in _asks(catalogue, layout) if step.required)


def _taken(catalogue: Catalogue, layout: Layout) -> set[str]:
    """The dialogs whose answers can come to a form; empty where no route prints it. A route that
    takes no answers of its own has its forms printed with what its area mails.
    """
    routes = catalogue.routes.values()
    own = [r for r in routes if r.takes and layout.id in (*r.forms, r.kind)]
    areas = {r.area for r in routes if layout.id in r.forms}
    printing = own or [r for r in routes if r.how is How.MAIL and r.area in areas]
    return {name for route in printing for name in _inside(catalogue, route)}


def _inside(catalogue: Catalogue, route: Route) -> set[str]:
    """The dialogs that a route takes, and those that they call."""
    waiting, found = list(route.takes), set(route.takes)
    while waiting:
        for step in catalogue.dialogs[waiting.pop()].steps.values():
            for name in enters(catalogue, step):
                if name not in found:
                    found.add(name)
                    waiting.append(name)
    return found


@dataclass(frozen=True, slots=True)
class _Definition:
    required: bool
    who: tuple[str, ...]
    clause: str


def _check_same(catalogue: Catalogue, faults: Faults) -> None:
    """A shared fact is one field in all forms of an area (and in those that all areas share)."""
    told: set[Place] = set()
    for area in catalogue.areas:
        first: dict[str, tuple[_Definition, str]] = {}
        for dialog, step in _shared(catalogue, area):
            own = _Definition(step.required, step.who, step.clause)
            said, where = first.setdefault(step.fact.id, (own, dialog.id))
            place = Place(dialog.file, step.line)
            if said != own and place not in told:
                told.add(place)
                message = (
                    f"`{step.fact.id}` is another field here than in {where}: give both the same "
                    "`required`, `who` and `clause`."
                )
                faults.add(place, Code.FIELD_DIFFERS, message)


def _shared(catalogue: Catalogue, area: str) -> Iterator[_Asked]:
    """The fields of an area's forms whose facts more than one dialog can ask."""
    for layout in catalogue.layouts.values():
        if layout.file.split("/")[1] in {area, COMMON}:
            asks = _asks(catalogue, layout)
            yield from (one for one in asks if one[1].fact.id not in one[0].facts)
