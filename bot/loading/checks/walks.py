"""What is read must be known by then: on every way that leads there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.core.conditions import Condition
from bot.core.dialog import Call, Decide, Dialog, Edge, End, Outcome, Repeat, Step
from bot.core.facts import Fact
from bot.core.forms import GROUP_FORMS
from bot.loading.checks.flow import AREA, CHOSEN, Flow, called
from bot.loading.checks.knowledge import NOT_ASKED, SKIPPED, Knowledge, passed, taken
from bot.loading.checks.texts_of import place_of, templates
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.templates import FINDING_NAMES, undated

DANGER: Final = "danger_now"


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Facts, findings and areas used too early, and edges that nobody can take."""
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            known = flow.known(dialog, step)
            if known is None:
                continue
            place = Place(dialog.file, step.line)
            _check_edges(dialog, step, flow.after(dialog, step), faults)
            _check_texts(step, known, place, faults)
            if isinstance(step, Decide):
                _check_rules(content, step, known, place, faults)
            if isinstance(step, Call) and CHOSEN in step.dialog:
                _check_area(content, known, place, faults)
            if isinstance(step, Call | Repeat):
                _check_return(content, step, place, faults)


def _check_edges(dialog: Dialog, step: Step, known: Knowledge | None, faults: Faults) -> None:
    for edge in _until_else(step):
        place = Place(dialog.file, edge.line)
        if known is None:
            if edge.when:
                message = "The edges above are always taken first; remove this one."
                faults.add(place, Code.NEVER_TAKEN, message)
            continue
        for condition in _about_facts(edge.when):
            if NOT_ASKED in known.of(condition.subject):
                message = f"`{condition.subject}` is not asked on every way to this edge."
                faults.add(place, Code.NOT_ASKED, message)
        if taken(known, edge) is None:
            faults.add(place, Code.NEVER_TAKEN, "No answers that lead here can take this edge.")
        known = passed(known, edge)


def _until_else(step: Step) -> Iterator[Edge]:
    """The edges that are looked at; those after `else` are told by another check."""
    for edge in step.next:
        yield edge
        if not edge.when:
            return


def _about_facts(conditions: tuple[Condition, ...]) -> Iterator[Condition]:
    return (c for c in conditions if c.form not in GROUP_FORMS)


def _check_texts(step: Step, known: Knowledge, place: Place, faults: Faults) -> None:
    for template in templates(step):
        here = place_of(template.source, place)
        for name in undated(template):
            if name in FINDING_NAMES:
                if NOT_ASKED in known.findings:
                    message = f"`{{{name}}}` is empty: not every way here has passed a `decide`."
                    faults.add(here, Code.NOT_DECIDED, message)
            elif NOT_ASKED in known.of(name):
                message = f"`{{{name}}}` is empty: `{name}` is not asked on every way here."
                faults.add(here, Code.NOT_ASKED, message)
    sends = isinstance(step, End) and step.outcome is Outcome.SEND
    if sends and NOT_ASKED in known.findings:
        message = f"`{step.id}` sends what a finding says: put a `decide` on every way here."
        faults.add(place, Code.NOT_DECIDED, message)


def _check_rules(
    content: Content, step: Decide, known: Knowledge, place: Place, faults: Faults
) -> None:
    linked = content.books[step.rules]
    for fact in linked.book.reads:
        if fact in linked.may_be_missing:
            continue
        states = known.of(fact)
        if NOT_ASKED in states:
            message = (
                f"`{step.rules}` reads `{fact}`, which is not asked on every way here. Ask it, "
                "or list it under `may_be_missing`."
            )
            faults.add(place, Code.NOT_ASKED, message)
        elif SKIPPED in states:
            message = (
                f"`{step.rules}` reads `{fact}`, whose question can be skipped. Remove `skip`, "
                "or list it under `may_be_missing`."
            )
            faults.add(place, Code.MAY_BE_SKIPPED, message)


def _check_area(content: Content, known: Knowledge, place: Place, faults: Faults) -> None:
    others = sorted(known.of(AREA) - set(content.catalogue.areas))
    if others:
        said = ", ".join(other or "not asked" for other in others)
        message = f"`area` may be {said} here; branch off before calling `{CHOSEN}`."
        faults.add(place, Code.AREA_NOT_CHOSEN, message)


def _check_return(content: Content, step: Call | Repeat, place: Place, faults: Faults) -> None:
    """What a step receives from the dialogs it enters."""
    catalogue = content.catalogue
    for name, _ in called(catalogue, step.dialog, frozenset(catalogue.areas)):
        dialog = catalogue.dialogs[name]
        if isinstance(step, Repeat):
            _check_item(dialog, place, faults)
        elif step.into is not None:
            _check_value(dialog, step.into, place, faults)


def _check_item(dialog: Dialog, place: Place, faults: Faults) -> None:
    if {s.outcome for s in dialog.steps.values() if isinstance(s, End)} != {Outcome.RETURN}:
        message = f"`{dialog.id}` describes one item of a list, so it ends in `end: return` only."
        faults.add(place, Code.NO_RETURN, message)


def _check_value(dialog: Dialog, into: Fact, place: Place, faults: Faults) -> None:
    returned = dialog.facts.get(dialog.returns)
    if returned is None:
        message = f"`{dialog.id}` has no `returns`, so `into` receives nothing."
        faults.add(place, Code.NO_RETURN, message)
    elif (returned.type, returned.of) != (into.type, into.of):
        message = (
            f"`{dialog.id}` returns a {returned.type}; `{into.id}` is another: a {into.type}."
        )
        faults.add(place, Code.WRONG_TYPE, message)
