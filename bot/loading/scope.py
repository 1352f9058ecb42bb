"""What a condition may name, and whether it names it rightly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.core.conditions import Condition, ConditionFault, Form, parse_condition
from bot.core.facts import NO, YES, Fact, FactType
from bot.core.forms import GROUP_FORMS
from bot.core.grammar import EVERY_INDICATOR
from bot.core.rules import Kind
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.source import Written

_KIND_GROUPS = (EVERY_INDICATOR, *Kind)


@dataclass(frozen=True, slots=True)
class Scope:
    """The names that conditions can see. A fact that is None has a fault of its own."""

    facts: Mapping[str, Fact | None]
    indicators: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    outcomes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table -> its scale

    def conditions(
        self, texts: Iterable[Written], numbers: Mapping[str, int] | None, faults: Faults
    ) -> tuple[Condition, ...]:
        """The conditions that can be read; a fault is recorded for each of the others."""
        found = []
        for text in texts:
            try:
                condition = parse_condition(text, numbers)
            except ConditionFault as fault:
                faults.add(text.place, Code.WRONG_CONDITION, f"{fault.message}.")
                continue
            self._check(condition, text, faults)
            found.append(condition)
        return tuple(found)

    def _check(self, condition: Condition, text: Written, faults: Faults) -> None:
        subject = condition.subject
        if condition.form in GROUP_FORMS:
            self._check_group(subject, text, faults)
        elif subject in self.facts:
            fact = self.facts[subject]
            if fact is not None:
                _check_fact(condition, fact, text, faults)
        elif subject in self.indicators:
            _check_values(condition, (YES, NO), text, faults)
        elif subject in self.outcomes:
            _check_values(condition, self.outcomes[subject], text, faults)
        else:
            message = f"There is no fact or indicator `{subject}` here."
            names = (*self.facts, *self.indicators, *self.outcomes)
            faults.add(text.place, Code.UNKNOWN_FACT, message, written=subject, allowed=names)

    def _check_group(self, group: str, text: Written, faults: Faults) -> None:
        if group not in self.groups and group not in _KIND_GROUPS:
            message = f"There is no group `{group}` here."
            names = (*self.groups, *_KIND_GROUPS)
            faults.add(text.place, Code.UNKNOWN_GROUP, message, written=group, allowed=names)


def _check_fact(condition: Condition, fact: Fact, text: Written, faults: Faults) -> None:
    if condition.or_unsure and not fact.unsure:
        message = f"`{fact.id}` does not allow unsure; remove `or unsure`."
        faults.add(text.place, Code.UNSURE_NOT_ALLOWED, message)
    compares = condition.form is Form.COMPARE
    if compares and fact.type is not FactType.WHOLE_NUMBER:
        message = f"`{fact.id}` is a {fact.type}; only a whole_number can be compared."
        faults.add(text.place, Code.WRONG_TYPE, message)
    elif not compares and fact.type is not FactType.CHOICE:
        hint = "; use < <= > >=" if fact.type is FactType.WHOLE_NUMBER else ""
        message = f"`{fact.id}` is a {fact.type}; only a choice `is` something{hint}."
        faults.add(text.place, Code.WRONG_TYPE, message)
    elif not compares:
        _check_values(condition, fact.of, text, faults)


def _check_values(
    condition: Condition, allowed: tuple[str, ...], text: Written, faults: Faults
) -> None:
    if condition.form is Form.COMPARE:
        message = f"`{condition.subject}` is not a number and cannot be compared."
        faults.add(text.place, Code.WRONG_TYPE, message)
    for value in condition.values:
        if value not in allowed:
            message = f"`{condition.subject}` is never `{value}`; it is {', '.join(allowed)}."
            faults.add(text.place, Code.UNKNOWN_CHOICE, message, written=value, allowed=allowed)
