"""What may be known at one moment of a walk: for each fact, every state it can be in there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.conditions import Condition, State, value_state
from bot.core.dialog import Ask, Assign, Edge, Tick
from bot.core.facts import NO, UNSURE, YES, Fact
from bot.core.forms import GROUP_FORMS

NOT_ASKED: Final = ""
SKIPPED: Final = "(skipped)"
SOMETHING: Final = "*"  # a text, a day, a number or a list

States = frozenset[str]
_TICKED: Final[States] = frozenset({YES, NO, UNSURE})
_NEVER: Final[States] = frozenset({NOT_ASKED})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that is possible here, over every way that leads here. `shared` holds the shared facts
    and the indicators.
    """

    shared: Mapping[str, States] = field(default_factory=dict)
    own: Mapping[str, States] = field(default_factory=dict)
    findings: States = _NEVER  # the rulebooks asked last; NOT_ASKED if there may be none
    lead: int = 0  # the most characters that buttonless tells put before the next screen

    def of(self, fact: str) -> States:
        """The states a fact can be in."""
        return self.own.get(fact) or self.shared.get(fact) or _NEVER

    def learn(self, fact: Fact, own: Iterable[str], states: States) -> Knowledge:
        """The same with a fact set; `own` are the facts of the dialog that sets it."""
        if fact.id in own:
            return replace(self, own={**self.own, fact.id: states})
        return replace(self, shared={**self.shared, fact.id: states})

    def assigned(self, step: Assign, own: Iterable[str]) -> Knowledge:
        """The same with the facts of this step set to their values."""
        known = self
        for fact, value in step.values:
            states = frozenset({value if isinstance(value, str) else SOMETHING})
            known = known.learn(fact, own, states)
        marks = {sign: frozenset({said}) for sign, said in step.marks}
        return replace(known, shared={**known.shared, **marks})

    def ticked(self, step: Tick, own: Iterable[str]) -> Knowledge:
        """The same after a tick screen: each of its signs or facts is yes, no or unsure."""
        known = self
        for fact in step.asks:
            known = known.learn(fact, own, _TICKED)
        signs = () if step.asks else (mark.value for mark in step.marks)
        return replace(known, shared={**known.shared, **dict.fromkeys(signs, _TICKED)})

    def limit(self, fact: str, states: States) -> Knowledge:
        """The same with a fact limited to these states."""
        if fact in self.own:
            return replace(self, own={**self.own, fact: states})
        return replace(self, shared={**self.shared, fact: states})

    def join(self, other: Knowledge | None) -> Knowledge:
        """What is possible when two ways meet."""
        if other is None:
            return self
        return Knowledge(
            _join(self.shared, other.shared),
            _join(self.own, other.own),
            self.findings | other.findings,
            max(self.lead, other.lead),
        )


def _join(one: Mapping[str, States], two: Mapping[str, States]) -> dict[str, States]:
    return {
        fact: one.get(fact, _NEVER) | two.get(fact, _NEVER) for fact in one.keys() | two.keys()
    }


def answers(step: Ask) -> States:
    """The states that a question can leave its fact in."""
    said = {choice.value for choice in step.choices} or {SOMETHING}
    return frozenset(
        said | ({UNSURE} if step.unsure else set()) | ({SKIPPED} if step.skip else set())
    )


def taken(known: Knowledge, edge: Edge) -> Knowledge | None:
    """What is known once this edge is taken; None if no answers at all can take it."""
    for condition in edge.when:
        if condition.form not in GROUP_FORMS:
            kept = frozenset(s for s in known.of(condition.subject) if _may_hold(condition, s))
            if not kept:
                return None
            known = known.limit(condition.subject, kept)
    return known


def passed(known: Knowledge, edge: Edge) -> Knowledge | None:
    """What is known once this edge is passed by; None if it is always taken."""
    if not edge.when:
        return None
    if len(edge.when) > 1 or edge.when[0].form in GROUP_FORMS:
        return known
    condition = edge.when[0]
    kept = frozenset(s for s in known.of(condition.subject) if _may_fail(condition, s))
    return known.limit(condition.subject, kept) if kept else None


def _may_hold(condition: Condition, state: str) -> bool:
    return state == SOMETHING or _state(condition, state) is State.HOLDS


def _may_fail(condition: Condition, state: str) -> bool:
    return state == SOMETHING or _state(condition, state) is not State.HOLDS


def _state(condition: Condition, state: str) -> State:
    return value_state(condition, None if state in {NOT_ASKED, SKIPPED} else state)
