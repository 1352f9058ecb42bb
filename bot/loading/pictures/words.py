"""Conditions in the words of the questions, for labels of arrows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.core.catalogue import Catalogue
from bot.core.conditions import Condition, in_words
from bot.core.dialog import Ask
from bot.core.facts import NO, YES
from bot.core.rules import Kind

_KINDS = {kind.value: f"the signs of {kind.value}" for kind in Kind}


@dataclass(frozen=True, slots=True)
class Names:
    """How facts, groups and signs are called, and what each value of a question is called."""

    of: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def said(self, conditions: tuple[Condition, ...]) -> str:
        """All of them, read aloud: "Age is under 13 or not known, and In danger now is no"."""
        return ", and ".join(in_words(self._named(one), self.of) for one in conditions)

    def _named(self, condition: Condition) -> Condition:
        called = (self.values.get((condition.subject, v), v) for v in condition.values)
        return replace(condition, values=tuple(called))


def names_of(catalogue: Catalogue) -> Names:
    """The names that the shipped questions, groups and signs give."""
    of: dict[str, str] = dict(_KINDS)
    values: dict[tuple[str, str], str] = {}
    for dialog in catalogue.dialogs.values():
        for step in dialog.steps.values():
            if isinstance(step, Ask):
                if step.short:
                    of.setdefault(step.fact.id, step.short)
                labels = {(step.fact.id, c.value): c.label for c in step.choices}
                values |= {k: f"“{v}”" for k, v in labels.items() if k[1] not in {YES, NO}}
    for book in catalogue.rules.values():
        of |= {sign.id: f"“{sign.text}”" for sign in book.indicators.values()}
    return Names(of, values)
