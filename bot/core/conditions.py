"""Conditions: the closed grammar of docs/CONDITIONS.md, and what each makes of what is known.
No eval, no nesting.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from bot.core.aloud import in_words
from bot.core.facts import UNSURE, YES, Known, Value
from bot.core.forms import GROUP_FORMS, Condition, Form, State
from bot.core.grammar import ConditionFault, parse_condition

__all__ = [
    "Condition",
    "ConditionFault",
    "Form",
    "Groups",
    "State",
    "Threshold",
    "holds",
    "in_words",
    "parse_condition",
    "state",
    "threshold",
    "value_state",
]

Groups = Mapping[str, tuple[str, ...]]  # the indicators of each group, by the group's name


class Threshold(NamedTuple):
    """A group form as a count: reached when `need` indicators count. `none of` holds when it is
    out of reach; the two others hold when it is reached.
    """

    need: int
    unsure_counts: bool
    holds_when_reached: bool

    def state(self, counted: int, silent: int) -> State:
        """The state, given how many count and how many were not asked."""
        if counted >= self.need:
            return State.HOLDS if self.holds_when_reached else State.REFUTED
        if counted + silent < self.need:
            return State.REFUTED if self.holds_when_reached else State.HOLDS
        return State.WAITS


def threshold(condition: Condition) -> Threshold:
    """The count that a condition about a group stands for (docs/CONDITIONS.md, The seven forms).
    In `none of` an unsure indicator is as bad as a yes, unless the author wrote `or unsure`.
    """
    match condition.form:
        case Form.NONE_OF:
            return Threshold(1, not condition.or_unsure, holds_when_reached=False)
        case Form.AT_LEAST:
            return Threshold(condition.bound, condition.or_unsure, holds_when_reached=True)
        case _:
            return Threshold(1, condition.or_unsure, holds_when_reached=True)


def state(condition: Condition, known: Known, groups: Groups) -> State:
    """Whether the condition holds, is refuted or waits, given what is known.

    `groups` must name the group of a group form (`bot.core.rules.groups_of`); edges of dialogs
    that read only facts pass an empty mapping.
    """
    if condition.form in GROUP_FORMS:
        return _group_state(condition, known.indicators, groups[condition.subject])
    value = known.facts.get(condition.subject)
    if value is None:
        value = known.indicators.get(condition.subject)
    return value_state(condition, value)


def holds(conditions: Iterable[Condition], known: Known, groups: Groups) -> bool:
    """Whether every condition holds. No conditions (`always`, `else`) hold."""
    return all(state(condition, known, groups) is State.HOLDS for condition in conditions)


def value_state(condition: Condition, value: Value | None) -> State:
    """The state of one of the first four forms; None means not asked."""
    if value is None:
        return State.WAITS
    met = condition.or_unsure if value == UNSURE else _meets(condition, value)
    return State.HOLDS if met else State.REFUTED


def _group_state(
    condition: Condition, answers: Mapping[str, str], members: tuple[str, ...]
) -> State:
    count = threshold(condition)
    counting = (YES, UNSURE) if count.unsure_counts else (YES,)
    said = [answers[member] for member in members if member in answers]
    return count.state(sum(answer in counting for answer in said), len(members) - len(said))


_COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _meets(condition: Condition, value: Value) -> bool:
    match condition.form:
        case Form.COMPARE:
            compare = _COMPARISONS[condition.operator]
            return isinstance(value, int) and compare(value, condition.bound)
        case Form.IS_NOT:
            return str(value) not in condition.values
        case _:
            return str(value) in condition.values
