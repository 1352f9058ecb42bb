"""What each home of the trace says: every sentence that a person can read there, and what it does,
in words, where it does something: a rule's routes and advice, a route's forms, a date's rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.deadlines import After, Before, Deadline, Monthly
from bot.core.dialog import Ask, Assign, Call, Check, Decide, Dialog, End, Repeat, Step, Tell, Tick
from bot.core.routing import Route
from bot.core.rules import Row, RuleBook
from bot.core.spoken import WEEKDAYS
from bot.loading.quoted import words_of

_SENTENCE: Final = re.compile(r"(?<=[.!?])[\"”’)]*\s+|\n+")
_NTH: Final = ("", "first", "second", "third", "fourth", "fifth")


def said(content: Catalogue, home: str) -> tuple[str, ...]:
    """The sentences of one home that exists, in order, each once."""
    parts = (part.strip() for text in _texts(content, home) for part in _SENTENCE.split(text))
    once = {words_of(part): part for part in parts}
    return tuple(part for words, part in once.items() if words)


def _texts(content: Catalogue, home: str) -> Iterator[str]:
    kind, _, name = home.partition(":")
    file, _, inside = name.partition("#")
    match kind:
        case "dialog":
            yield from _of_dialog(content, content.dialogs[file], inside)
        case "rule" | "advice" | "indicator":
            yield from _of_book(content, content.rules[file], kind, inside)
        case "route":
            yield from _of_route(content, content.routes[name])
        case "mailbox":
            box = content.mailboxes[name]
            yield from (box.name, box.address, box.note)
        case "guidance":
            yield from (content.guidance[name].title, content.guidance[name].whole)
        case "deadline":
            yield from _of_deadline(content, content.deadlines[name])
        case "form":
            layout = content.layouts[name]
            yield from (layout.title, *(section.title for section in layout.sections))
        case "screen":
            yield content.screens[name].source


def _of_dialog(content: Catalogue, dialog: Dialog, inside: str) -> Iterator[str]:
    if inside:
        yield from _of_step(content, dialog.steps[inside])
        return
    yield f"Goes through {dialog.title}."
    for step in dialog.steps.values():
        yield from _of_step(content, step)


def _of_step(content: Catalogue, step: Step) -> Iterator[str]:
    match step:
        case Ask():
            yield from (step.text.source, step.short)
            yield from (choice.label for choice in step.choices)
            yield step.far.text if step.far else ""
        case Tick():
            yield step.text.source
            yield from (mark.label for mark in step.marks)
        case Tell():
            yield from (step.text.source, step.button)
        case Repeat():
            yield from (step.first.source, step.another.source)
        case Check() | End():
            yield step.text.source
        case Call():
            yield from (f"Goes on with {d.title}." for d in _called(content, step.dialog))
        case Decide() | Assign():
            return
        case _:
            assert_never(step)


def _called(content: Catalogue, name: str) -> Iterator[Dialog]:
    """The dialog of that name, or of that name in each area."""
    for found in dict.fromkeys(name.replace("{area}", area) for area in content.areas):
        yield content.dialogs[found]


def _of_book(content: Catalogue, book: RuleBook, kind: str, name: str) -> Iterator[str]:
    if kind == "advice":
        yield book.advice[name].text
    elif kind == "indicator":
        sign = book.indicators[name]
        yield from (
            f"Sign: {sign.text}.",
            *(f"Listed in category {level}." for level in sign.levels),
        )
    for table in book.tables if kind == "rule" else ():
        yield table.otherwise_text if name == f"{table.id}.otherwise" else ""
        for row in (row for row in table.rows if row.id == name):
            yield from _of_row(content, book, row)


def _of_row(content: Catalogue, book: RuleBook, row: Row) -> Iterator[str]:
    yield row.text
    yield from (f"Leads to {content.routes[route].name}." for route in row.routes)
    yield from (book.advice[advice].text for advice in row.advice)


def _of_route(content: Catalogue, route: Route) -> Iterator[str]:
    yield from (route.name, route.after, route.note, route.phones)
    yield route.due.text if route.due else ""
    yield from (f"Sent to {content.mailboxes[box].name}." for box in route.mailboxes)
    yield f"With the subject {route.subject}." if route.subject else ""
    yield from (f"With the form {content.layouts[form].title}." for form in route.forms)


def _of_deadline(content: Catalogue, rule: Deadline) -> Iterator[str]:
    yield rule.what
    match rule:
        case Monthly():
            yield f"On the {_NTH[rule.nth]} {WEEKDAYS[rule.weekday]} of each month."
        case Before():
            yield f"{rule.days} days before: {content.deadlines[rule.before].what}"
        case After():
            yield f"{rule.days} days after."
        case _:
            assert_never(rule)
