"""Answers and findings in words: for the review, for placeholders and for the mail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.category import NAMES as CATEGORY
from bot.core.category import category_words
from bot.core.dated import route_on
from bot.core.dialog import Ask, Check, Dialog, Repeat, Tell, Tick, fields_of
from bot.core.facts import UNSURE, YES, FactType
from bot.core.finding import Finding
from bot.core.routing import How
from bot.core.rules import RuleBook
from bot.core.session import Answer, Said, Session
from bot.core.spoken import spoken
from bot.core.walk import Visit, Walk


def question(visit: Visit) -> str:
    """What a step asks, short: as the review and the mail name it."""
    step = visit.step
    match step:
        case Ask():
            ((_, name),) = fields_of(step)
        case Repeat():
            name = (step.first if visit.item == 1 else step.another).fill({}).strip()
        case Tick():
            name = step.text.source.strip().split("\n", 1)[0]
        case _:
            name = ""
    return name


def heading(visit: Visit) -> str:
    """The question with the item it belongs to: "Person 2: nickname"."""
    item = item_of(visit)
    return f"{item}: {question(visit)}" if item else question(visit)


def item_of(visit: Visit) -> str:
    """Which of several a question is about: "Person 2", or the words of a sign; else empty."""
    inside = visit.item and not isinstance(visit.step, Repeat)
    return visit.about or (f"{visit.dialog.title} {visit.item}" if inside else "")


def answer_words(visit: Visit, labels: Mapping[str, str]) -> str:
    """An answer as a person would say it."""
    answer, step = visit.answer, visit.step
    if answer is None:
        return ""
    match answer.said:
        case Said.UNSURE:
            return labels.get("unsure", "")
        case Said.SKIPPED:
            return labels.get("skipped", "")
        case Said.MORE | Said.ENOUGH if isinstance(step, Repeat):
            return step.yes if answer.said is Said.MORE else step.no
        case Said.MARKS if isinstance(step, Tick):
            return _marks(step, answer, labels)
        case _:
            return _value(step, answer)


def _value(step: object, answer: Answer) -> str:
    if isinstance(step, Ask) and step.fact.type is FactType.CHOICE:
        return next((c.label for c in step.choices if c.value == answer.value), str(answer.value))
    if isinstance(step, Ask) and step.fact.type is FactType.DATE:
        return spoken(date.fromisoformat(str(answer.value)))
    return str(answer.value)


def _marks(step: Tick, answer: Answer, labels: Mapping[str, str]) -> str:
    given = dict(answer.marks)
    said = [f"yes: {m.label}" for m in step.marks if given.get(m.value) == YES]
    said += [
        f"{labels.get('unsure', '')}: {m.label}"
        for m in step.marks
        if given.get(m.value) == UNSURE
    ]
    return "; ".join(said) or step.none


def reviewable(visits: tuple[Visit, ...], prefix: str = "") -> tuple[Visit, ...]:
    """The visits a review lists: questions, ticks, and each "anybody else?" that was answered."""
    return tuple(
        v for v in visits if v.place.startswith(prefix) and not isinstance(v.step, Tell | Check)
    )


def prefix_of(visit: Visit) -> str:
    """The place of the dialog a step stands in, with its slash; empty in the first dialog."""
    above, slash, _ = visit.place.rpartition("/")
    return above + slash


def placeholders(
    catalogue: Catalogue, walk: Walk, names: Collection[str], on: date
) -> dict[str, str]:
    """Those of these `{name}`s that this walk fills, on the session's day; dates are not among
    them. Nothing is looked up that no text names.
    """
    facts = {name: walk.facts[name] for name in names if name in walk.facts}
    values = {name: str(value) for name, value in facts.items() if not isinstance(value, tuple)}
    for visit in walk.visits:
        if isinstance(visit.step, Ask) and visit.step.fact.id in names:
            values[visit.step.fact.id] = answer_words(visit, catalogue.labels)
    if walk.finding is not None:
        for name in FOUND & set(names):
            values[name] = finding_words(catalogue, walk.finding, name, on)
        if not set(CATEGORY).isdisjoint(names):
            book = catalogue.rules[walk.finding.rules]
            values |= category_words(book, walk.finding, walk.indicators)
    return values


FOUND: Final = frozenset({"routes", "reasons", "advice", "phones", "after", "not_asked"})


def finding_words(catalogue: Catalogue, finding: Finding, name: str, on: date) -> str:
    """What one of `FOUND` says of a finding, on a day."""
    if name == "reasons":
        return _reasons(catalogue.rules[finding.rules], finding)
    if name == "advice":
        book = catalogue.rules[finding.rules]
        return "\n\n".join(book.advice[one].text.strip() for one in finding.advice)
    if name == "not_asked":
        return "\n".join(f"- {one}" for one in _not_asked(catalogue, finding))
    routes = [route_on(catalogue, catalogue.routes[route], on) for route in finding.routes]
    if name == "routes":
        return "\n".join(f"- {route.name}" for route in routes)
    said = [route.phones if name == "phones" else route.after for route in routes]
    return "\n\n".join(one.strip() for one in said if one)


def _reasons(book: RuleBook, finding: Finding) -> str:
    """Those that lead to something, and not each sign that was marked; where nothing leads
    anywhere, what the tables declare for that.
    """
    leading = {row.id for table in book.tables for row in table.rows if row.leads}
    reasons = [r for r in finding.because if r.row in leading]
    reasons = reasons or [r for r in finding.because if r.row.endswith(".otherwise")]
    return "\n".join(f"- {r.text} ({r.clause})" for r in reasons)


def _not_asked(catalogue: Catalogue, finding: Finding) -> list[str]:
    """What a row still waits for, by the short names of questions and the words of signs."""
    steps = (step for dialog in catalogue.dialogs.values() for step in dialog.steps.values())
    named = dict(named for step in steps for named in fields_of(step))
    signs = catalogue.rules[finding.rules].indicators
    named |= {sign.id: sign.text for sign in signs.values()}
    return [named.get(id_, id_) for id_ in finding.not_asked]


def routes_of(catalogue: Catalogue, session: Session, walk: Walk) -> tuple[str, ...]:
    """Where a walk leads: the routes of the report it adds to, else those of its finding."""
    found = walk.finding.routes if walk.finding else ()
    routes = session.adds_to.get("routes", found)
    return tuple(route for route in routes if route in catalogue.routes)


def mailable(catalogue: Catalogue, routes: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the routes that go by mail and are open today."""
    return tuple(
        route
        for route in routes
        if catalogue.routes[route].how is How.MAIL and route not in catalogue.closed
    )


def progress(dialog: Dialog, visit: Visit, label: str) -> str:
    """How far: "Pass on information, 3 of 11", for a dialog long enough to need it, and
    which of several: "Person 2, 1 of 5".
    """
    questions = dialog.questions
    of = max(questions.values(), default=0)
    if of < 5 or visit.step.id not in questions:  # noqa: PLR2004 - five is long
        return ""
    values = {"number": str(questions[visit.step.id]), "of": str(of)}
    inside = visit.item and not isinstance(visit.step, Repeat)
    title = f"{dialog.title} {visit.item}" if inside else dialog.title
    return label.format(title=title, **values)
