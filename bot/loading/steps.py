"""Each step as it is written, turned into the step the engine walks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.core.dialog import Assign, Call, Check, Decide, Edge, End, Outcome, Repeat, Step, Tell
from bot.core.facts import Fact, FactType
from bot.core.text import Template
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.gifts import link_brings, link_gifts
from bot.loading.names import Names
from bot.loading.questions import (
    assigned,
    check_field,
    link_ask,
    marked,
    yes_and_no,
)
from bot.loading.scope import Scope
from bot.loading.source import Written
from bot.loading.templates import bare, filled
from bot.loading.ticks import link_mark, link_tick
from bot.loading.written_dialogs import (
    WrittenAsk,
    WrittenAssign,
    WrittenCall,
    WrittenCheck,
    WrittenDecide,
    WrittenDialog,
    WrittenEnd,
    WrittenRepeat,
    WrittenStep,
    WrittenTell,
)
from bot.loading.written_edges import WrittenEdge, WrittenIf
from bot.loading.written_ticks import WrittenMark, WrittenTick

CHOSEN: Final = "{area}/"  # a call of the chosen area's dialog


@dataclass(frozen=True, slots=True)
class StepLinker:
    """Links the steps of one dialog. A step that cannot be linked is None; its faults are told."""

    dialog: WrittenDialog
    names: Names
    scope: Scope
    area_names: Mapping[str, str]
    faults: Faults

    def link(self, id_: Written, step: WrittenStep) -> Step | None:
        """The step with this id."""
        match step:
            case WrittenAsk():
                return self._ask(id_, step)
            case WrittenTick() | WrittenMark():
                return self._tick(id_, step)
            case WrittenTell():
                return self._tell(id_, step)
            case WrittenRepeat():
                return self._repeat(id_, step)
            case WrittenCall():
                return self._call(id_, step)
            case WrittenCheck():
                return self._check(id_, step)
            case WrittenDecide():
                return self._decide(id_, step)
            case WrittenAssign():
                return self._assign(id_, step)
            case WrittenEnd():
                return self._end(id_, step)
            case _:
                assert_never(step)

    def _ask(self, id_: Written, step: WrittenAsk) -> Step | None:
        fact = self._fact(step.ask)
        texts = [self._template(step.text).source]
        if step.hint:
            texts.append(self._template(step.hint).source)
        text = Template(Written("\n\n".join(texts), step.text.place))
        reject, edges = self._template(step.reject), self._edges(step.next)
        if fact is None:
            return None
        check_field(id_, step, self.scope.facts, self.faults)
        return link_ask(id_, step, fact, text, reject, edges, self.area_names, self.faults)

    def _tick(self, id_: Written, step: WrittenTick | WrittenMark) -> Step | None:
        text, edges = self._bare(step.text, "A tick screen"), self._edges(step.next)
        if isinstance(step, WrittenMark):
            facts = {name: self._fact(name) for name in step.mark}
            return link_mark(id_, step, facts, text, edges, self.faults)
        ids = self.names.books
        if not self.names.visible(step.rules, "rulebook", ids, Code.UNKNOWN_RULES, self.faults):
            return None
        book = ids[str(step.rules)]
        details = self._fact(step.details) if step.details else None
        if details is not None and details.type is not FactType.LIST:
            message = f"`details` needs a list; `{details.id}` is a {details.type}."
            self.faults.add(id_.place, Code.WRONG_TYPE, message)
            return None
        tick = None if book is None else link_tick(id_, step, book, text, edges, self.faults)
        return tick and replace(tick, details=details)

    def _tell(self, id_: Written, step: WrittenTell) -> Tell:
        return Tell(
            id=str(id_),
            text=self._template(step.tell),
            button=step.button or "",
            brings=link_brings(step, self.dialog, self.names, self.faults),
            gives=link_gifts(step, self.dialog, self.names, self.faults),
            next=self._edges(step.next),
            line=id_.place.line,
        )

    def _repeat(self, id_: Written, step: WrittenRepeat) -> Step | None:
        fact = self._fact(step.repeat)
        first, another = self._template(step.first), self._template(step.another)
        yes, no = yes_and_no(id_, step.buttons, self.faults)
        edges = self._edges(step.next)
        if fact is None:
            return None
        if fact.type is not FactType.LIST:
            message = f"`repeat` needs a list; `{fact.id}` is a {fact.type}."
            self.faults.add(step.repeat.place, Code.WRONG_TYPE, message)
            return None
        return Repeat(
            id=str(id_),
            fact=fact,
            dialog=fact.item,
            first=first,
            another=another,
            yes=yes,
            no=no,
            next=edges,
            line=id_.place.line,
        )

    def _call(self, id_: Written, step: WrittenCall) -> Call:
        for dialog in self._called(step.call):
            ids = self.names.dialogs
            self.names.visible(dialog, "dialog", ids, Code.UNKNOWN_DIALOG, self.faults)
        return Call(
            id=str(id_),
            dialog=str(step.call),
            into=self._fact(step.into) if step.into else None,
            next=self._edges(step.next),
            line=id_.place.line,
        )

    def _called(self, name: Written) -> list[Written]:
        if not name.startswith(CHOSEN):
            return [name]
        for area in self.names.areas:
            dialog = name.replace("{area}", area)
            if dialog not in self.names.dialogs:
                message = f"`{name}` needs `{dialog}`, and there is no such dialog."
                self.faults.add(name.place, Code.UNKNOWN_DIALOG, message)
        return []

    def _check(self, id_: Written, step: WrittenCheck) -> Check:
        return Check(
            id=str(id_),
            text=self._template(step.text),
            ok=step.ok,
            giveaway=step.giveaway,
            next=self._edges(step.next),
            line=id_.place.line,
        )

    def _decide(self, id_: Written, step: WrittenDecide) -> Decide:
        books = self.names.books
        self.names.visible(step.decide, "rulebook", books, Code.UNKNOWN_RULES, self.faults)
        return Decide(
            id=str(id_),
            rules=str(step.decide),
            next=self._edges(step.next),
            line=id_.place.line,
        )

    def _assign(self, id_: Written, step: WrittenAssign) -> Assign:
        signs = {n: v for n, v in step.assign.items() if n in self.scope.indicators and v}
        facts = ((self._fact(n), v) for n, v in step.assign.items() if n not in signs)
        known = tuple((fact, value) for fact, value in facts if fact is not None and value)
        return Assign(
            id=str(id_),
            values=assigned(known, self.faults),
            marks=marked(signs, self.faults),
            next=self._edges(step.next),
            line=id_.place.line,
        )

    def _end(self, id_: Written, step: WrittenEnd) -> End:
        outcome = Outcome(str(step.end))
        if outcome is Outcome.SEND and step.text:
            text = self._bare(step.text, "The screen after sending", dates=True)
        elif outcome is Outcome.ERASE and step.text:
            text = self._bare(step.text, "The screen after erasing")
        else:
            text = self._template(step.text)
        if outcome is not Outcome.RETURN and not text:
            message = f"`end: {outcome}` of `{id_}` needs `text`: the last screen."
            self.faults.add(id_.place, Code.MISSING_KEY, message)
        if outcome is Outcome.RETURN and step.text:
            message = f"`end: return` of `{id_}` shows nothing; remove `text`."
            self.faults.add(step.text.place, Code.UNKNOWN_KEY, message)
        gives = link_gifts(step, self.dialog, self.names, self.faults)
        return End(id=str(id_), outcome=outcome, text=text, gives=gives, line=id_.place.line)

    def _fact(self, written: Written) -> Fact | None:
        """The fact of this name; None when it is unknown or has a fault of its own."""
        if written in self.scope.facts:
            return self.scope.facts[written]
        message = f"There is no fact `{written}`; declare it under `facts:`."
        names = self.scope.facts
        self.faults.add(written.place, Code.UNKNOWN_FACT, message, written=written, allowed=names)
        return None

    def _template(self, written: Written | None) -> Template:
        return filled(written, self.scope, self.faults)

    def _bare(self, written: Written, where: str, *, dates: bool = False) -> Template:
        return bare(written, where, self.faults, dates=dates)

    def _edges(self, written: tuple[WrittenEdge, ...]) -> tuple[Edge, ...]:
        return tuple(map(self._edge, written))

    def _edge(self, written: WrittenEdge) -> Edge:
        go = written.go if isinstance(written, WrittenIf) else written.else_
        if go not in self.dialog.steps:
            message = f"This dialog has no step `{go}`."
            self.faults.add(
                go.place, Code.UNKNOWN_STEP, message, written=go, allowed=self.dialog.steps
            )
        when = (
            self.scope.conditions(written.if_, None, self.faults)
            if isinstance(written, WrittenIf)
            else ()
        )
        return Edge(when=when, go=str(go), line=written.place.line)
