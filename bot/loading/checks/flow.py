"""Every walk at once: what can be known at each step of each dialog, calls followed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    SIGN_KIND,
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
from bot.core.facts import Fact
from bot.core.path import ROLE
from bot.core.rules import Table
from bot.core.session import ADDITION
from bot.loading.checks.knowledge import (
    NOT_ASKED,
    SOMETHING,
    Knowledge,
    States,
    answers,
    passed,
    taken,
)
from bot.loading.templates import SIGN

AREA: Final = "area"
CHOSEN: Final = "{area}"
MAX_LEAD: Final = 20_000  # more than any screen; a loop of tells must not count for ever


@dataclass(slots=True)
class Flow:
    """What is possible at each step (dialog id, step id), and the calls that go in circles."""

    catalogue: Catalogue
    at: dict[tuple[str, str], Knowledge] = field(default_factory=dict)
    leaving: dict[tuple[str, str], Knowledge] = field(default_factory=dict)
    circles: set[tuple[str, str]] = field(default_factory=set)

    def known(self, dialog: Dialog, step: Step) -> Knowledge | None:
        """What can be known when this step is reached; None if no walk reaches it."""
        return self.at.get((dialog.id, step.id))

    def after(self, dialog: Dialog, step: Step) -> Knowledge | None:
        """What can be known when this step is done; None if no walk goes on from it."""
        return self.leaving.get((dialog.id, step.id))


def flow_of(catalogue: Catalogue) -> Flow:
    """All walks from where a conversation starts, and from where an addition starts."""
    flow = Flow(catalogue)
    for root in roots(catalogue):
        _Walks(flow, ()).through(root, Knowledge())
    return flow


def roots(catalogue: Catalogue) -> tuple[str, ...]:
    """The dialogs the program itself begins."""
    return (catalogue.root, ADDITION)


def called(catalogue: Catalogue, name: str, areas: States) -> Iterator[tuple[str, str]]:
    """The dialogs a call can enter, each with the chosen area (or "")."""
    if CHOSEN not in name:
        yield name, ""
        return
    for area in catalogue.areas:
        if area in areas:
            yield name.replace(CHOSEN, area), area


@dataclass(frozen=True, slots=True)
class _Walks:
    """All walks through the dialogs above (`stack`) and one more."""

    flow: Flow
    stack: tuple[str, ...]

    def through(self, dialog_id: str, start: Knowledge) -> Knowledge | None:
        """What is possible when the dialog has returned; None if it never does."""
        dialog = self.flow.catalogue.dialogs[dialog_id]
        inside = _Walks(self.flow, (*self.stack, dialog_id))
        return inside._all(dialog, replace(start, own={}))

    def _all(self, dialog: Dialog, start: Knowledge) -> Knowledge | None:
        reached = {dialog.first.id: start}
        waiting = [dialog.first.id]
        returned: Knowledge | None = None
        while waiting:
            step = dialog.steps[waiting.pop()]
            known = reached[step.id]
            place = (dialog.id, step.id)
            self.flow.at[place] = known.join(self.flow.at.get(place))
            if isinstance(step, End):
                if step.outcome is Outcome.RETURN:
                    returned = known.join(returned)
                continue
            after = self._after(dialog, step, known)
            if after is not None:
                self.flow.leaving[place] = after.join(self.flow.leaving.get(place))
            for go, then in ways(step, after):
                joined = then.join(reached.get(go))
                if go in dialog.steps and joined != reached.get(go):
                    reached[go] = joined
                    waiting.append(go)
        return returned

    def _after(self, dialog: Dialog, step: Step, known: Knowledge) -> Knowledge | None:
        match step:
            case Ask():
                return _asked(dialog, step, known)
            case Tick():
                marked = replace(known.ticked(step, dialog.facts), lead=0)
                return self._items(dialog, step, step.details, marked)
            case Check():
                return replace(known, lead=0)
            case Tell():
                lead = 0 if step.button else known.lead + len(step.text.source) + 2
                return replace(known, lead=min(lead, MAX_LEAD))
            case Repeat():
                return self._items(dialog, step, step.fact, replace(known, lead=0))
            case Call():
                return self._call(dialog, step, known)
            case Decide():
                return self._decided(step, known)
            case Assign():
                return known.assigned(step, dialog.facts)
            case End():
                return None
            case _:
                assert_never(step)

    def _decided(self, step: Decide, known: Knowledge) -> Knowledge:
        """After a rulebook was asked: what its tables can say, and nothing of those before it."""
        books = self.flow.catalogue.rules
        earlier = (table.id for name in known.findings if name for table in books[name].tables)
        said = {table.id: outcomes(table) for table in books[step.rules].tables}
        shared = {**known.shared, **dict.fromkeys(earlier, frozenset({NOT_ASKED})), **said}
        return replace(known, shared=shared, findings=frozenset({step.rules}))

    def _items(
        self, dialog: Dialog, step: Repeat | Tick, fact: Fact | None, before: Knowledge
    ) -> Knowledge:
        """After a list was filled, item by item; without a list there is nothing to fill."""
        if fact is None:
            return before
        named: dict[str, States] = {}
        if isinstance(step, Tick):
            named[SIGN] = frozenset({SOMETHING})
            named[SIGN_KIND] = frozenset(step.kinds.values())
        entering = replace(before, shared={**before.shared, **named})
        item = self._called(dialog, step, fact.item, entering)
        after = replace(item, own=before.own).join(before) if item else before
        return after.learn(fact, dialog.facts, frozenset({SOMETHING}))

    def _called(self, dialog: Dialog, step: Step, name: str, known: Knowledge) -> Knowledge | None:
        if name in self.stack:
            self.flow.circles.add((dialog.id, step.id))
            return None
        return self.through(name, known)

    def _call(self, dialog: Dialog, step: Call, known: Knowledge) -> Knowledge | None:
        after: Knowledge | None = None
        for name, area in called(self.flow.catalogue, step.dialog, known.of(AREA)):
            entering = known.limit(AREA, frozenset({area})) if area else known
            back = self._called(dialog, step, name, entering)
            if back is None:
                continue
            returns = self.flow.catalogue.dialogs[name].returns
            value = back.of(returns) if returns else frozenset({NOT_ASKED})
            here = replace(back, own=known.own)
            if step.into is not None:
                here = here.learn(step.into, dialog.facts, value)
            after = here.join(after)
        return after


def outcomes(table: Table) -> States:
    """Everything that a table can say."""
    said = {row.then for row in table.rows}
    return frozenset(said | ({table.otherwise} if table.otherwise else set()))


def _asked(dialog: Dialog, step: Ask, known: Knowledge) -> Knowledge:
    """After a question; whoever may not fill it in passes it by, and learns nothing."""
    after = replace(known.learn(step.fact, dialog.facts, answers(step)), lead=0)
    others = known.of(ROLE).difference(step.who) if step.who else frozenset()
    return after.join(known) if others else after


def ways(step: Step, known: Knowledge | None) -> Iterator[tuple[str, Knowledge]]:
    """Each edge that can be taken, with what is known then."""
    for edge in step.next:
        if known is None:
            return
        then = taken(known, edge)
        if then is not None:
            yield edge.go, then
        known = passed(known, edge)
