"""What a path is made of: the steps visited, the dialogs entered, the answers that still fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.core.dialog import SIGN_KIND, Ask, Check, Choice, Dialog, Step, Tick
from bot.core.facts import UNSURE, Fact, FactType, Value
from bot.core.session import Answer, Said
from bot.errors import BotError

ROLE: Final = "role"  # the shared fact that says what somebody is, never who
_TYPED: Final = frozenset({FactType.SHORT_TEXT, FactType.LONG_TEXT})


class LostWay(BotError):  # noqa: N818 - named for what is true
    """The content led nowhere or in circles; the checker should have refused it."""


class Visit(NamedTuple):
    """One step on the path, answered or (the last) waiting. A tuple, because a walk makes one for
    each answer at each turn (made in a quarter of a frozen dataclass's time).
    """

    place: str
    step: Step
    dialog: Dialog
    frames: tuple[str, ...]  # dialog ids from the root down
    item: int = 0  # the number of the child, person or vehicle being described
    answer: Answer | None = None
    about: str = ""  # the sign that is being described


@dataclass(slots=True)
class Frame:
    """One dialog entered and not yet left: where it stands, and what is known in it alone."""

    dialog: Dialog
    prefix: str
    frames: tuple[str, ...]
    item: int = 0
    at: str = ""
    own: dict[str, Value] = field(default_factory=dict)
    items: dict[str, list[Mapping[str, Value]]] = field(default_factory=dict)

    def where(self, fact: Fact, shared: dict[str, Value]) -> dict[str, Value]:
        """Where this fact is kept: among the dialog's own, or among those that all share."""
        return self.own if fact.id in self.dialog.facts else shared

    def learn(self, fact: Fact, answer: Answer, shared: dict[str, Value]) -> None:
        """Keep what was answered about the fact; a skipped question was not asked."""
        where = self.where(fact, shared)
        match answer.said:
            case Said.VALUE:
                where[fact.id] = answer.value
            case Said.UNSURE:
                where[fact.id] = UNSURE
            case _:
                where.pop(fact.id, None)

    def mark(
        self, step: Tick, answer: Answer, shared: dict[str, Value], indicators: dict[str, str]
    ) -> None:
        """Keep what was ticked: a sign among all signs, a fact where that fact is kept."""
        facts = {fact.id: fact for fact in step.asks}
        for name, said in answer.marks:
            if name in facts:
                self.where(facts[name], shared)[name] = said
            else:
                indicators[name] = said


def known_of(step: Tick, mark: Choice) -> dict[str, Value]:
    """What the dialog of `details` knows of the sign it is about."""
    known: dict[str, Value] = {"sign": mark.label, "sign_id": mark.value}
    if kind := step.kinds.get(mark.value):
        known[SIGN_KIND] = kind
    return known


def is_asked(step: Ask, given: Mapping[str, Value], known: Mapping[str, Value]) -> bool:
    """Whether this person is asked: not what the host knows, nor what only others may fill in."""
    return step.fact.id not in given and (not step.who or known.get(ROLE) in step.who)


def fits(step: Step, answer: Answer) -> bool:
    """Whether a kept answer still answers this step (a dialog may have changed meanwhile)."""
    match step:
        case Ask():
            if answer.said is Said.VALUE:  # "unsure" as a text of its own is a text
                return step.fact.type in _TYPED or step.fact.allows(answer.value)
            return answer.said is Said.UNSURE or answer.said is Said.SKIPPED
        case Tick():
            return answer.said is Said.MARKS
        case Check():
            return answer.said is Said.CHECKED
        case _:
            return answer.said is Said.SEEN
