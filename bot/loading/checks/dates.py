"""Dates that a text names: they exist, and belong to the text's own area."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.core.dated import DATE, KINDS, LATE, split
from bot.core.deadlines import After, Before, Monthly
from bot.core.facts import FactType
from bot.core.text import Template
from bot.loading.checks.flow import Flow
from bot.loading.checks.texts_of import place_of, templates
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

_NOTHING: Final = ("", "")


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every placeholder of a date in dialogs, and every placeholder in the texts of routes."""
    del flow
    for area, template, place in _of_dialogs(content):
        for name in template.names:
            if split(name) != _NOTHING:
                _check_name(content, area, name, place, faults)
    for area, template, place in _of_routes(content):
        for name in template.names:
            _check_name(content, area, name, place, faults)
    for rule in content.catalogue.deadlines.values():
        if isinstance(rule, After):
            _check_since(content, rule, faults)
    for route in content.catalogue.routes.values():
        if route.due and route.due.by:
            name = f"{DATE}.{route.due.by}"
            place = place_of(route.due.by, Place(route.id, 1))
            _check_name(content, route.area, name, place, faults)


def _of_dialogs(content: Content) -> Iterator[tuple[str, Template, Place]]:
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            for template in templates(step):
                place = place_of(template.source, Place(dialog.file, step.line))
                yield dialog.id.partition("/")[0], template, place


def _of_routes(content: Content) -> Iterator[tuple[str, Template, Place]]:
    for route in content.catalogue.routes.values():
        for text in (route.after, route.note, route.due.text if route.due else ""):
            yield route.area, Template(text), place_of(text, Place(route.id, 1))


def _check_since(content: Content, rule: After, faults: Faults) -> None:
    """It counts from days that somebody is asked for in that area."""
    dialogs = content.catalogue.dialogs.values()
    facts = [d.facts.values() for d in dialogs if d.id.partition("/")[0] == rule.area]
    known = {fact.id for own in facts for fact in own if fact.type is FactType.DATE}
    for fact in rule.since:
        if fact not in known:
            message = f"`{rule.id}` counts from `{fact}`, which is no date of a dialog here."
            place = place_of(fact, Place(rule.id, 1))
            faults.add(place, Code.UNKNOWN_FACT, message, written=fact, allowed=known)


def _check_name(content: Content, area: str, name: str, place: Place, faults: Faults) -> None:
    kind, id_ = split(name)
    deadlines = content.catalogue.deadlines
    rule = deadlines.get(id_)
    if kind not in KINDS or rule is None:
        allowed = [f"{DATE}.{known}" for known, one in deadlines.items() if one.area == area]
        message = f"Nothing fills in `{{{name}}}`."
        faults.add(place, Code.UNKNOWN_PLACEHOLDER, message, written=name, allowed=allowed)
    elif rule.area != area:
        message = f"`{id_}` is a date of {rule.area}; a text of {area} cannot name it."
        faults.add(place, Code.NOT_VISIBLE, message)
    elif kind != DATE and not _comes_again(content, kind, id_):
        message = f"`{{{name}}}` says nothing of `{id_}`: it has no `{kind}`."
        faults.add(place, Code.UNKNOWN_PLACEHOLDER, message)


def _comes_again(content: Content, kind: str, id_: str) -> bool:
    """Whether it comes every month; too late for one can be only what has a date before it."""
    others = content.catalogue.deadlines.values()
    early = any(isinstance(one, Before) and one.before == id_ for one in others)
    monthly = isinstance(content.catalogue.deadlines[id_], Monthly)
    return monthly and early is (kind == LATE)
