"""Danger comes first: the first question of every conversation is whether a child is in danger,
and whoever says yes, or is not sure, is told to call 999 before anything else.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.dialog import Ask, Dialog, Step, Tell
from bot.core.facts import UNSURE, YES
from bot.loading.checks.flow import Flow, roots, ways
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

DANGER: Final = "danger_now"
_CALL: Final = re.compile(r"\bcall 999\b", re.IGNORECASE)


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """The first question of each dialog that the program itself begins, and every place where
    danger is asked about.
    """
    for dialog in content.catalogue.dialogs.values():
        for step in dialog.steps.values():
            if isinstance(step, Ask) and step.fact.id == DANGER:
                _check_told(dialog, step, flow, faults)
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


def _check_told(dialog: Dialog, step: Ask, flow: Flow, faults: Faults) -> None:
    """Wherever yes or unsure can lead, the very next step says to call 999."""
    after = flow.after(dialog, step)
    danger = after.limit(DANGER, frozenset({YES, UNSURE})) if after else None
    for id_ in dict.fromkeys(go for go, _ in ways(step, danger)):
        told = dialog.steps.get(id_)
        if not (isinstance(told, Tell) and _CALL.search(told.text.source)):
            message = f"Danger, or unsure, leads to `{id_}`, which must tell people to call 999."
            faults.add(Place(dialog.file, step.line), Code.TELLS_NO_999, message)
