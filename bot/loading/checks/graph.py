"""The shape of each dialog: every step can be reached, can end, and no circle lacks a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    Ask,
    Assign,
    Call,
    Check,
    Decide,
    Dialog,
    End,
    Outcome,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.loading.checks.flow import Flow, called, roots
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Missing and misplaced `else`, unreachable steps, dead ends, circles."""
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            _check_else(dialog, step, faults)
        _check_reach(dialog, faults)
        _check_circles(content.catalogue, dialog, faults)
        _check_call_circles(dialog, flow, faults)
    for root in roots(content.catalogue):
        _check_root(content.catalogue.dialogs[root], faults)


def _check_root(dialog: Dialog, faults: Faults) -> None:
    for step in dialog.steps.values():
        if isinstance(step, End) and step.outcome is Outcome.RETURN:
            message = f"The program begins `{dialog.id}`: nothing called it, so it cannot return."
            faults.add(Place(dialog.file, step.line), Code.RETURN_TO_NOBODY, message)


def _check_else(dialog: Dialog, step: Step, faults: Faults) -> None:
    if isinstance(step, End):
        return
    if not any(not edge.when for edge in step.next):
        message = f"`next` of `{step.id}` must end in {{else: …}}."
        faults.add(Place(dialog.file, step.line), Code.MISSING_ELSE, message)
    seen = False
    for edge in step.next:
        if seen:
            message = f"This edge of `{step.id}` comes after `else`; move it up or remove it."
            faults.add(Place(dialog.file, edge.line), Code.AFTER_ELSE, message)
        seen = seen or not edge.when


def _check_reach(dialog: Dialog, faults: Faults) -> None:
    forward = {s.id: [e.go for e in s.next if e.go in dialog.steps] for s in dialog.steps.values()}
    backward: dict[str, list[str]] = {id_: [] for id_ in dialog.steps}
    for id_, goes in forward.items():
        for go in goes:
            backward[go].append(id_)
    reached = _closure([dialog.first.id], forward)
    ends = [s.id for s in dialog.steps.values() if isinstance(s, End)]
    ending = _closure(ends, backward)
    for step in dialog.steps.values():
        place = Place(dialog.file, step.line)
        if step.id not in reached:
            message = f"No step leads to `{step.id}`."
            faults.add(place, Code.UNREACHABLE_STEP, message)
        elif step.id not in ending:
            message = f"From `{step.id}` no `end` can be reached."
            faults.add(place, Code.DEAD_END, message)


def _closure(start: Iterable[str], ways: Mapping[str, list[str]]) -> set[str]:
    found, waiting = set(start), list(start)
    while waiting:
        for go in ways[waiting.pop()]:
            if go not in found:
                found.add(go)
                waiting.append(go)
    return found


def _check_circles(catalogue: Catalogue, dialog: Dialog, faults: Faults) -> None:
    """A circle of steps none of which waits for the person would turn for ever."""
    ways = silent_ways(catalogue, dialog, ())
    for id_, goes in ways.items():
        if id_ in _closure(goes, ways):
            message = f"`{id_}` leads back to itself without a question in between."
            faults.add(Place(dialog.file, dialog.steps[id_].line), Code.LOOP, message)


def silent_ways(
    catalogue: Catalogue, dialog: Dialog, inside: tuple[str, ...]
) -> dict[str, list[str]]:
    """From each step that can be passed without waiting for the person to the next such steps."""
    silent = {step.id for step in dialog.steps.values() if _silent(catalogue, step, inside)}
    return {id_: [e.go for e in dialog.steps[id_].next if e.go in silent] for id_ in silent}


def _silent(catalogue: Catalogue, step: Step, inside: tuple[str, ...]) -> bool:
    match step:
        case Ask() | Tick() | Check() | Repeat():
            return False
        case Tell():
            return not step.button
        case Decide() | Assign():
            return True
        case End():
            return step.outcome is Outcome.RETURN
        case Call():
            names = called(catalogue, step.dialog, frozenset(catalogue.areas))
            return any(_returns_silently(catalogue, name, inside) for name, _ in names)
        case _:
            assert_never(step)


def _returns_silently(catalogue: Catalogue, name: str, inside: tuple[str, ...]) -> bool:
    if name in inside:
        return False
    dialog = catalogue.dialogs[name]
    ways = silent_ways(catalogue, dialog, (*inside, name))
    if dialog.first.id not in ways:
        return False
    passed = _closure([dialog.first.id], ways)
    return any(isinstance(dialog.steps[id_], End) for id_ in passed)


def _check_call_circles(dialog: Dialog, flow: Flow, faults: Faults) -> None:
    for step in dialog.steps.values():
        if (dialog.id, step.id) in flow.circles:
            message = f"`{step.id}` enters a dialog that this walk is already inside."
            faults.add(Place(dialog.file, step.line), Code.CALL_CIRCLE, message)
