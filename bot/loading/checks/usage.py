"""What is declared is used: no question, value, indicator, route or dialog is left behind."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.catalogue import Catalogue
from bot.core.dialog import SIGN_KIND, Ask, Assign, Call, Decide, Dialog, Repeat, Step, Tick
from bot.core.facts import NO, YES, Fact, FactType
from bot.core.rules import Row, RuleBook
from bot.loading.checks.flow import Flow, called, roots
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.files import holding
from bot.loading.written_mailboxes import MailboxesFile
from bot.loading.written_packs import RoutesFile


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Facts, values and indicators never asked; dialogs, rulebooks, routes, mailboxes unused."""
    del flow
    catalogue = content.catalogue
    steps = [(d, s) for d in catalogue.dialogs.values() for s in d.steps.values()]
    _check_facts(catalogue, steps, faults)
    _check_indicators(content, steps, faults)
    _check_dialogs(catalogue, faults)
    _check_books(content, steps, faults)
    _check_routes(content, faults)


def _check_facts(catalogue: Catalogue, steps: list[tuple[Dialog, Step]], faults: Faults) -> None:
    asked: dict[tuple[str, str], set[str]] = {}
    for dialog, step in steps:
        for fact, values in _sets(step):
            owner = dialog.id if fact.id in dialog.facts else ""
            asked.setdefault((owner, fact.id), set()).update(values)
    declared = [("", fact) for fact in catalogue.facts.values()]
    declared += [(d.id, fact) for d in catalogue.dialogs.values() for fact in d.facts.values()]
    for owner, fact in declared:
        _check_fact(fact, asked.get((owner, fact.id)), faults)


def _sets(step: Step) -> Iterator[tuple[Fact, set[str]]]:
    match step:
        case Ask():
            yield step.fact, {choice.value for choice in step.choices}
        case Repeat():
            yield step.fact, set()
        case Tick() if step.asks:
            yield from ((fact, {YES, NO}) for fact in step.asks)
        case Tick() if step.details is not None:
            yield step.details, set()
            yield Fact(SIGN_KIND, FactType.CHOICE), set(step.kinds.values())
        case Assign():
            yield from ((fact, {str(value)}) for fact, value in step.values)
        case Call() if step.into is not None:
            yield step.into, set(step.into.of)


def _check_fact(fact: Fact, values: set[str] | None, faults: Faults) -> None:
    place = Place(fact.file, fact.line)
    if values is None:
        faults.add(place, Code.FACT_NOT_ASKED, f"No question sets `{fact.id}`.")
    elif fact.type is FactType.CHOICE and (missing := [v for v in fact.of if v not in values]):
        message = f"`{fact.id}` has no button for {', '.join(missing)}."
        faults.add(place, Code.VALUE_NOT_OFFERED, message)


def _check_indicators(content: Content, steps: list[tuple[Dialog, Step]], faults: Faults) -> None:
    shown = {
        mark.value
        for _, step in steps
        if isinstance(step, Tick)
        for mark in step.marks
        if not step.asks
    }
    for linked in content.books.values():
        for id_ in linked.written.indicators or {}:
            if id_ not in shown:
                message = f"No tick screen shows `{id_}`."
                faults.add(id_.place, Code.INDICATOR_NOT_ASKED, message)


def _check_dialogs(catalogue: Catalogue, faults: Faults) -> None:
    waiting, entered = list(roots(catalogue)), set(roots(catalogue))
    while waiting:
        for step in catalogue.dialogs[waiting.pop()].steps.values():
            for name in enters(catalogue, step):
                if name in catalogue.dialogs and name not in entered:
                    entered.add(name)
                    waiting.append(name)
    for dialog in catalogue.dialogs.values():
        if dialog.id not in entered:
            message = f"Nothing calls the dialog `{dialog.id}`."
            faults.add(Place(dialog.file, 1), Code.UNUSED, message)


def enters(catalogue: Catalogue, step: Step) -> Iterator[str]:
    """The dialogs that a step can go into."""
    if isinstance(step, Call):
        yield from (name for name, _ in called(catalogue, step.dialog, frozenset(catalogue.areas)))
    elif isinstance(step, Repeat):
        yield step.dialog
    elif isinstance(step, Tick) and step.details is not None:
        yield step.details.item


def _check_books(content: Content, steps: list[tuple[Dialog, Step]], faults: Faults) -> None:
    decided = {step.rules for _, step in steps if isinstance(step, Decide)}
    for linked in content.books.values():
        book = linked.book
        if book.id not in decided:
            message = f"No dialog decides by `{book.id}`."
            faults.add(linked.written.rules.place, Code.UNUSED, message)
        named = {advice for row in _rows(book) for advice in row.advice}
        for id_ in linked.written.advice or {}:
            if id_ not in named:
                faults.add(id_.place, Code.UNUSED, f"No row gives the advice `{id_}`.")


def _rows(book: RuleBook) -> Iterator[Row]:
    return (row for table in book.tables for row in table.rows)


def _check_routes(content: Content, faults: Faults) -> None:
    rows = [row for linked in content.books.values() for row in _rows(linked.book)]
    opened = {route for row in rows for route in row.routes}
    for _, held in holding(content.files, RoutesFile):
        for id_ in held.routes:
            if id_ not in opened:
                faults.add(id_.place, Code.UNUSED, f"No row opens the route `{id_}`.")
    sent = {box for route in content.catalogue.routes.values() for box in route.mailboxes}
    for _, boxes in holding(content.files, MailboxesFile):
        for id_ in boxes.mailboxes:
            if id_ not in sent:
                faults.add(id_.place, Code.UNUSED, f"No route names the mailbox `{id_}`.")
