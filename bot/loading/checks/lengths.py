"""Nothing outgrows the channel: screens of 4,096 UTF-16 units, labels of 40 characters, 8 marks.

Each placeholder counts as its longest value (what a finding says: the most that can hold at once),
and every screen as if the longest note stood on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core import category
from bot.core.careful import FITS
from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, Dialog, End, Manner, Outcome, Repeat, Step, Tell, Tick
from bot.core.emergency import HEADER
from bot.core.facts import LONG_TEXT_LIMIT, SHORT_TEXT_LIMIT, Fact, FactType
from bot.core.hours import about_a_child
from bot.core.lines import REVIEW_FITS
from bot.core.routing import Route
from bot.core.text import Template
from bot.core.told import SHOWN
from bot.loading.checks.at_once import advice_of, most_at_once, reasons_of, routes_of
from bot.loading.checks.flow import MAX_LEAD, Flow
from bot.loading.checks.knowledge import NOT_ASKED
from bot.loading.checks.texts_of import labels, place_of, templates
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

MAX_SCREEN: Final = 4096
MAX_LABEL: Final = 40
MAX_MARKS: Final = 8
_GAP: Final = 2  # the blank line between parts
_PROGRESS: Final = 60
_DATED: Final = 220  # a date with what must be known of it, or that it is too late for one
_SHORT: Final = 40  # a choice's label, a day in full, a number


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every screen, label and tick screen."""
    catalogue = content.catalogue
    note = _longest_note(catalogue)
    books = {name: _book_lengths(catalogue, name) for name in catalogue.rules}
    for id_, template in catalogue.screens.items():
        length = units(template.source) + units(HEADER) + _GAP
        if length > MAX_SCREEN:
            place = place_of(template.source, Place(id_, 1))
            faults.add(place, Code.TEXT_TOO_LONG, _too_long(id_, length))
    for dialog in catalogue.dialogs.values():
        for step in dialog.steps.values():
            place = Place(dialog.file, step.line)
            _check_labels(step, place, faults)
            _check_marks(step, place, faults)
            _check_screen(_Screen(catalogue, dialog, step, flow, note, books), place, faults)
    for id_, label in catalogue.labels.items():
        if id_ != "progress":
            _check_label(label, place_of(label, Place(id_, 1)), faults)


def units(text: str) -> int:
    """The length of a text as the channel counts it."""
    return len(text.encode("utf-16-le")) // 2


def _too_long(what: str, length: int) -> str:
    return f"`{what}` can grow to {length:,} characters; {MAX_SCREEN:,} are allowed. Split it."


def _check_labels(step: Step, place: Place, faults: Faults) -> None:
    for label in labels(step):
        _check_label(label, place_of(label, place), faults)


def _check_label(label: str, place: Place, faults: Faults) -> None:
    if units(label) > MAX_LABEL:
        message = f"“{label}” has {units(label)} characters; {MAX_LABEL} fit on a phone's button."
        faults.add(place, Code.LABEL_TOO_LONG, message)


def _check_marks(step: Step, place: Place, faults: Faults) -> None:
    if isinstance(step, Tick) and len(step.marks) > MAX_MARKS:
        message = f"`{step.id}` has {len(step.marks)} marks; split its group, {MAX_MARKS} fit."
        faults.add(place, Code.TOO_MANY_MARKS, message)


def _longest_note(catalogue: Catalogue) -> int:
    """The longest thing that can stand above a question: why an answer was not read, and help."""
    lengths = {id_: units(text.source) for id_, text in catalogue.screens.items()}
    rejects = [n for id_, n in lengths.items() if id_.startswith(("reject_", "too_long"))]
    others = [lengths.get(id_, 0) for id_ in ("media_refused", "code_unknown", "limit_reached")]
    careful = lengths.get("careful", 0) + FITS
    return max([max(rejects, default=0) + lengths.get("stuck", 0) + _GAP, careful, *others])


@dataclass(frozen=True, slots=True)
class _Screen:
    catalogue: Catalogue
    dialog: Dialog
    step: Step
    flow: Flow
    note: int
    books: Mapping[str, Mapping[str, int]]  # the longest that each rulebook can say, by name

    def longest(self) -> int:
        """The most this step's screen can hold."""
        known = self.flow.known(self.dialog, self.step)
        findings = known.findings - {NOT_ASKED} if known else frozenset()
        values = {**_fact_lengths(self.catalogue, self.dialog), **self._finding(findings)}
        body = max((_filled(template, values) for template in templates(self.step)), default=0)
        if isinstance(self.step, Ask) and self.step.fact.type is FactType.LONG_TEXT:
            told = self.catalogue.screens.get("told_before")
            body += SHOWN + (units(told.source) if told else 0)
        if isinstance(self.step, Tick):
            body += sum(units(mark.label) + 16 for mark in self.step.marks)
        if isinstance(self.step, Check):
            body += REVIEW_FITS
        if isinstance(self.step, End) and self.step.outcome is Outcome.SEND:
            body += values.get("routes", 0) + values.get("after", 0) + self._text("saved")
        lead = known.lead % MAX_LEAD if known else 0  # a loop of tells is told by another check
        asks = isinstance(self.step, Ask | Tick | Repeat)
        named = asks and self.dialog.manner is Manner.NAMED
        stored = self._text("chat_stored") + self._text("chat_kept") if named else 0
        return units(HEADER) + lead + _PROGRESS + body + 4 * _GAP + self.note + stored

    def _text(self, screen: str) -> int:
        """One of the program's own texts above the step's."""
        text = self.catalogue.screens.get(screen)
        return units(text.source) + _GAP if text else 0

    def _finding(self, books: Iterable[str]) -> dict[str, int]:
        """The longest each placeholder of a finding can be: everything the rulebook can say."""
        longest: dict[str, int] = {}
        for name in books:
            for key, length in self.books[name].items():
                longest[key] = max(length, longest.get(key, 0))
        return longest


def _check_screen(screen: _Screen, place: Place, faults: Faults) -> None:
    waits = not isinstance(screen.step, Tell) or bool(screen.step.button)
    if waits and any(templates(screen.step)) and (length := screen.longest()) > MAX_SCREEN:
        faults.add(place, Code.TEXT_TOO_LONG, _too_long(screen.step.id, length))


def _filled(template: Template, values: Mapping[str, int]) -> int:
    return units(template.source) + sum(
        values.get(name, _DATED if "." in name else 0) for name in template.names
    )


def _said(text: str) -> int:
    """The most that a text of a route can hold: it fills in dates alone."""
    return _filled(Template(text), {})


def _fact_lengths(catalogue: Catalogue, dialog: Dialog) -> dict[str, int]:
    facts: dict[str, Fact] = {**catalogue.facts, **dialog.facts}
    return {id_: _fact_length(fact) for id_, fact in facts.items()}


def _fact_length(fact: Fact) -> int:
    match fact.type:
        case FactType.LONG_TEXT:
            return LONG_TEXT_LIMIT
        case FactType.SHORT_TEXT:
            return SHORT_TEXT_LIMIT
        case _:
            return _SHORT


def _meanwhile(catalogue: Catalogue, route: Route) -> int:
    """What is said after sending of a desk that nobody staffs now, and whom to call."""
    if not about_a_child(route):
        return 0
    desks = [catalogue.mailboxes[box].staffed for box in route.mailboxes]
    screens = [catalogue.screens[name] for name in ("unstaffed", "hours_unknown")]
    own = max(units(screen.source) for screen in screens) + units(
        catalogue.screens["ring_by"].source
    )
    due = units(route.due.text) if route.due else 0
    duty = sum(units(desk.duty) + 1 for desk in desks if desk)
    return own + units(route.name) + _SHORT + due + units(route.phones) + duty + 2 * _GAP


def _after(catalogue: Catalogue, route: Route) -> int:
    return _said(route.after) + _GAP + _meanwhile(catalogue, route)


def _book_lengths(catalogue: Catalogue, name: str) -> dict[str, int]:
    book = catalogue.rules[name]
    rows = [row for table in book.tables for row in table.rows]
    routes = [catalogue.routes[r] for r in dict.fromkeys(r for row in rows for r in row.routes)]
    said = {
        "routes": routes_of(book, {route.id: units(route.name) + 3 for route in routes}),
        "phones": routes_of(book, {route.id: units(route.phones) + _GAP for route in routes}),
        "after": routes_of(book, {route.id: _after(catalogue, route) for route in routes}),
        "reasons": reasons_of(book),
        "advice": advice_of(book),
    }
    declared = sum(units(t.otherwise_text) + units(t.otherwise_clause) + 6 for t in book.tables)
    most = {name: most_at_once(items, book) for name, items in said.items()}
    signs = sum(units(sign.text) + 3 for sign in book.indicators.values())
    return {
        **most,
        "reasons": max(most["reasons"], declared),
        "not_asked": len(book.reads) * _SHORT + signs,
        **category.longest(book),
    }
