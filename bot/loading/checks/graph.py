"""The shape of each dialog: every step can be reached, can end, and no circle lacks a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.dialog import Ask, Check, Decide, Dialog, End, Repeat, Step, Tell, Tick
from bot.loading.checks.flow import Flow
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Missing and misplaced `else`, unreachable steps, dead ends, circles."""
    for dialog in content.catalogue.dialogs.values():
        if not dialog.steps:
            continue
        for step in dialog.steps.values():
            _check_else(dialog, step, faults)
        _check_reach(dialog, faults)
        _check_circles(dialog, faults)
        _check_call_circles(dialog, flow, faults)


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


def _check_circles(dialog: Dialog, faults: Faults) -> None:
    """A circle of steps none of which waits for the person would turn for ever."""
    silent = {
        step.id: [edge.go for edge in step.next if not _waits(dialog.steps.get(edge.go))]
        for step in dialog.steps.values()
        if not _waits(step)
    }
    ways = {id_: [go for go in goes if go in silent] for id_, goes in silent.items()}
    for id_, goes in ways.items():
        if id_ in _closure(goes, ways):
            message = f"`{id_}` leads back to itself without a question in between."
            faults.add(Place(dialog.file, dialog.steps[id_].line), Code.LOOP, message)


def _waits(step: Step | None) -> bool:
    match step:
        case Ask() | Tick() | Check() | Repeat() | End():
            return True
        case Tell():
            return bool(step.button)
        case Decide() | None:
            return False
        case _:
            return False  # a call may return without having waited


def _check_call_circles(dialog: Dialog, flow: Flow, faults: Faults) -> None:
    for step in dialog.steps.values():
        if (dialog.id, step.id) in flow.circles:
            message = f"`{step.id}` enters a dialog that this walk is already inside."
            faults.add(Place(dialog.file, step.line), Code.CALL_CIRCLE, message)
