"""Danger comes first: the first question of every conversation is whether a child is in danger."""

from __future__ import annotations

from typing import Final

from bot.core.dialog import Ask, Dialog, Step, Tell
from bot.loading.checks.flow import Flow, roots
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

DANGER: Final = "danger_now"


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """The first question of each dialog that the program itself begins."""
    del flow
    for root in roots(content.catalogue):
        dialog = content.catalogue.dialogs[root]
        first = _first(dialog)
        if first is not None and not (isinstance(first, Ask) and first.fact.id == DANGER):
            message = (
                f"The first question of `{root}` must ask `{DANGER}`; here it is `{first.id}`."
            )
            faults.add(Place(dialog.file, first.line), Code.DANGER_FIRST, message)


def _first(dialog: Dialog) -> Step | None:
    """The first step that is not something to read. Nothing may branch off before it."""
    seen: set[str] = set()
    step = dialog.first if dialog.steps else None
    while isinstance(step, Tell) and step.id not in seen:
        seen.add(step.id)
        step = dialog.steps.get(step.next[0].go) if step.next else None
    return step
