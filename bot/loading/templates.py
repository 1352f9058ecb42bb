"""Texts with `{names}` in them: each name is one that something fills in."""

from __future__ import annotations

from typing import Final

from bot.core import category
from bot.core.dated import KINDS, split
from bot.core.facts import FactType
from bot.core.text import EMPTY, Template
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.scope import Scope
from bot.loading.source import Written

SIGN: Final = "sign"  # in the dialog of a tick screen's details: the sign it is about
FINDING_NAMES: Final = (
    *("routes", "reasons", "advice", "phones", "after", "not_asked"),
    *category.NAMES,
)


def undated(template: Template) -> list[str]:
    """The placeholders that are no dates; those are looked at once all dates are known."""
    return [name for name in template.names if split(name)[0] not in KINDS]


def filled(written: Written | None, scope: Scope, faults: Faults) -> Template:
    """A text that may name facts that are no lists, the parts of a finding, and `sign`."""
    if written is None:
        return EMPTY
    template = Template(written)
    lists = {n for n, fact in scope.facts.items() if fact and fact.type is FactType.LIST}
    allowed = [*(name for name in scope.facts if name not in lists), *FINDING_NAMES, SIGN]
    for name in undated(template):
        if name not in allowed:
            message = f"Nothing fills in `{{{name}}}`."
            faults.add(
                written.place,
                Code.UNKNOWN_PLACEHOLDER,
                message,
                written=name,
                allowed=allowed,
            )
    return template


def bare(written: Written, where: str, faults: Faults, *, dates: bool = False) -> Template:
    """A text of a place where nothing is filled in, or dates alone."""
    template = Template(written)
    for name in undated(template) if dates else template.names:
        message = f"{where} fills in nothing; remove `{{{name}}}`."
        faults.add(written.place, Code.UNKNOWN_PLACEHOLDER, message)
    return template
