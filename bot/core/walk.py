"""Where the person stands: the path replayed from the first step over the answers kept.

Equal answers give an equal walk, so back, change-an-answer and resume need no state of their own,
and an answer that is no longer on the path is never seen by rules, review, form or mail.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.conditions import holds
from bot.core.dialog import (
    Ask,
    Assign,
    Call,
    Check,
    Decide,
    End,
    Outcome,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.core.evaluate import evaluate
from bot.core.facts import YES, Known, Value
from bot.core.finding import Finding
from bot.core.path import Frame, LostWay, Visit, fits, is_asked, known_of
from bot.core.session import Answer, Said, Session
from bot.core.text import Template

__all__ = ["MAX_STEPS", "LostWay", "Visit", "Walk", "replay"]

MAX_STEPS: Final = 2000  # of one replay; a loop in the content must not hang a person


@dataclass(frozen=True, slots=True)
class Walk:
    """The path so far. `here` waits for an answer; `leads` are texts that come just before it."""

    here: Visit
    visits: tuple[Visit, ...]
    leads: tuple[Template, ...]
    facts: Mapping[str, Value]  # shared facts and those of the dialog that waits
    indicators: Mapping[str, str]
    finding: Finding | None
    records: tuple[tuple[tuple[str, ...], Mapping[str, Value]], ...] = ()
    """Each dialog's own facts with the dialog ids above it, items of repeats excepted (they lie in
    their list fact)."""
    walker: _Walker | None = field(default=None, repr=False, compare=False)

    def then(self, catalogue: Catalogue, session: Session) -> Walk:
        """The walk of this session, which answers what waits here and is otherwise the one that
        was walked: the same as its replay, at the cost of one step (tests/core/test_going_on.py).
        """
        walker = self.walker
        if walker is None or walker.here is not self.here:  # it has gone on from here before
            return replay(catalogue, session)
        walker.answers = session.answers
        return walker.run()

    def is_of(self, catalogue: Catalogue, session: Session) -> bool:
        """Whether this was made from the very answers of that session, by that content, and has
        not been gone on from. Sessions never change, so the same mapping is the same answers.
        """
        walker = self.walker
        return (
            walker is not None
            and walker.here is self.here
            and walker.catalogue is catalogue
            and walker.answers is session.answers
            and walker.given is session.given
            and walker.root == session.root
        )


def replay(catalogue: Catalogue, session: Session) -> Walk:
    """The walk that these answers make. Raises LostWay when the content leads nowhere."""
    return _Walker(catalogue, session).run()


class _Walker:
    def __init__(self, catalogue: Catalogue, session: Session) -> None:
        self.catalogue = catalogue
        self.root = session.root
        self.answers = session.answers
        self.given = session.given
        self.shared: dict[str, Value] = dict(session.given)
        self.indicators: dict[str, str] = {}
        self.finding: Finding | None = None
        self.visits: list[Visit] = []
        self.leads: list[Template] = []
        self.records: list[tuple[tuple[str, ...], Mapping[str, Value]]] = []
        self.stack = [self._frame(session.root, "", ())]
        self.left = MAX_STEPS
        self.here: Visit | None = None  # where it waits

    def _frame(self, dialog_id: str, prefix: str, above: tuple[str, ...], item: int = 0) -> Frame:
        dialog = self.catalogue.dialogs.get(dialog_id)
        if dialog is None:
            raise LostWay("unknown_dialog")
        frame = Frame(dialog, prefix, (*above, dialog.id), item, dialog.first.id)
        if not item:
            self.records.append((frame.frames, frame.own))
        return frame

    def run(self) -> Walk:
        """To the next step that waits. A walk keeps nothing that a later run changes."""
        self.here = None
        while self.left:
            frame = self.stack[-1]
            here = self._take(frame, frame.dialog.steps[frame.at])
            if here is not None:
                self.here = here
                return Walk(
                    here,
                    tuple(self.visits),
                    tuple(self.leads),
                    {**self.shared, **frame.own},
                    dict(self.indicators),
                    self.finding,
                    tuple((frames, dict(own)) for frames, own in self.records),
                    self,
                )
            self.left -= 1
        raise LostWay("too_many_steps")

    def _take(self, frame: Frame, step: Step) -> Visit | None:
        """Do one step; a visit comes back when it waits for the person."""
        match step:
            case Ask() | Tick() | Check():
                return self._answered(frame, step)
            case Tell():
                if step.button:
                    return self._answered(frame, step)
                self.leads.append(step.text)
            case Repeat():
                return self._repeat(frame, step)
            case Call():
                self._enter(frame, step.dialog, step.id, frame.item)
                return None
            case Decide():
                known = Known({**self.shared, **frame.own}, self.indicators)
                self.finding = evaluate(self.catalogue.rules[step.rules], known)
            case Assign():
                for fact, value in step.values:
                    frame.where(fact, self.shared)[fact.id] = value
                self.indicators.update(step.marks)
            case End():
                return self._end(frame, step)
            case _:
                assert_never(step)
        self._go(frame, step)
        return None

    def _answered(self, frame: Frame, step: Ask | Tick | Check | Tell) -> Visit | None:
        place = frame.prefix + step.id
        if isinstance(step, Ask) and not is_asked(step, self.given, self.shared):
            self._go(frame, step)
            return None
        answer = self.answers.get(place)
        about = str(frame.own.get("sign", ""))
        visit = Visit(place, step, frame.dialog, frame.frames, frame.item, answer, about)
        if answer is None or not fits(step, answer):
            return visit
        self.visits.append(visit)
        self.leads.clear()
        if isinstance(step, Ask):
            frame.learn(step.fact, answer, self.shared)
        elif isinstance(step, Tick):
            frame.mark(step, answer, self.shared, self.indicators)
            self._detail(frame, step, answer)
            return None
        self._go(frame, step)
        return None

    def _detail(self, frame: Frame, step: Tick, answer: Answer) -> None:
        """Ask about the next sign that is yes; when all have been asked about, go on."""
        fact, done = step.details, frame.items.setdefault(step.id, [])
        noted = [mark for mark in step.marks if (mark.value, YES) in answer.marks]
        if fact is not None and len(done) < len(noted):
            mark = noted[len(done)]
            number = step.marks.index(mark) + 1
            self._enter(frame, fact.item, f"{step.id}.{mark.value}", number)
            self.stack[-1].own.update(known_of(step, mark))
            return
        if fact is not None:
            where = frame.where(fact, self.shared)
            earlier = where.get(fact.id, ())
            where[fact.id] = (*(earlier if isinstance(earlier, tuple) else ()), *done)
        self._go(frame, step)

    def _repeat(self, frame: Frame, step: Repeat) -> Visit | None:
        done = frame.items.setdefault(step.id, [])
        number = len(done) + 1
        gate = f"{frame.prefix}{step.id}.{number}"
        answer = self.answers.get(gate)
        full = number > step.fact.at_most
        if answer is None and not full:
            return Visit(gate, step, frame.dialog, frame.frames, number)
        if answer is not None and not full:
            self.visits.append(Visit(gate, step, frame.dialog, frame.frames, number, answer))
            self.leads.clear()
            if answer.said is Said.MORE:
                self._enter(frame, step.dialog, f"{step.id}.{number}", number)
                return None
        if done or (answer and answer.said is Said.ENOUGH):  # left out, nothing is known of it
            frame.where(step.fact, self.shared)[step.fact.id] = tuple(done)
        self._go(frame, step)
        return None

    def _enter(self, frame: Frame, dialog: str, name: str, item: int = 0) -> None:
        if "{area}" in dialog:
            dialog = dialog.replace("{area}", str(self.shared.get("area", "")))
        self.stack.append(self._frame(dialog, f"{frame.prefix}{name}/", frame.frames, item))

    def _end(self, frame: Frame, step: End) -> Visit | None:
        if step.outcome is not Outcome.RETURN or len(self.stack) == 1:
            return Visit(frame.prefix + step.id, step, frame.dialog, frame.frames)
        self.stack.pop()
        caller = self.stack[-1]
        calling = caller.dialog.steps[caller.at]
        if isinstance(calling, Repeat):
            caller.items[calling.id].append(frame.own)
            return None  # the gate of the next item is asked where the repeat stands
        if isinstance(calling, Tick):
            caller.items[calling.id].append(frame.own)
            self._detail(caller, calling, self.answers[caller.prefix + calling.id])
            return None
        if isinstance(calling, Call) and calling.into and frame.dialog.returns in frame.own:
            fact = calling.into
            caller.where(fact, self.shared)[fact.id] = frame.own[frame.dialog.returns]
        self._go(caller, calling)
        return None

    def _go(self, frame: Frame, step: Step) -> None:
        known = None
        for edge in step.next:
            if edge.when:
                found = self.finding.results if self.finding else {}
                known = known or Known({**found, **self.shared, **frame.own}, self.indicators)
                if not holds(edge.when, known, self.catalogue.groups):
                    continue
            frame.at = edge.go
            return
        raise LostWay("no_edge")
