"""What a submission's paper says, line by line, before anything is drawn.

First what a duty desk needs; then every answer under its question: an answer that no heading
takes stands under a last one, and none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.facts import NO, UNSURE, YES
from bot.core.layout import Heading, Layout
from bot.core.mail_text import (
    EMERGENCY,
    TRAINING_BANNER,
    WHAT,
    by_mistake,
    how_it_came,
    known_facts,
    readable,
    what_to_do,
)
from bot.core.routing import Mailbox, Route
from bot.core.rules import RuleBook
from bot.core.submission import AnswerLine, Submission

NOT_THE_FORM: Final = "This is not the board's own form."
OTHER: Final = "Other answers"
_ID: Final = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A label or question of ours, and what stands after it."""

    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """One group of indicators. What was not asked is never a no."""

    group: str
    yes: tuple[str, ...]
    unsure: tuple[str, ...]
    no: tuple[str, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. Everything is text without markup; empty parts are not printed."""

    title: str
    subtitle: str
    reference: str
    day: str  # YYYY-MM-DD
    training: str
    emergency: str
    first: tuple[Line, ...]
    who: str
    to_do: tuple[str, ...]
    came: tuple[str, ...]
    blocks: tuple[Block, ...]
    signs: tuple[Signs, ...]
    results: tuple[Line, ...]
    reasons: tuple[Line, ...]  # the clause, and the reason
    judgement: tuple[Line, ...]
    not_asked: tuple[str, ...]
    by_mistake: tuple[str, ...]


def paper(
    submission: Submission,
    route: Route,
    mailbox: Mailbox,
    layout: Layout,
    book: RuleBook | None,
    reference: str,
    mail_from: str,
    *,
    training: bool,
) -> Paper:
    """The paper of this submission for this mailbox. `book` gives the words of the indicators."""
    finding, other = submission.finding, layout.not_the_boards_form
    return Paper(
        title=f"Information for {layout.title}" if other else layout.title,
        subtitle=NOT_THE_FORM if other else "",
        reference=reference,
        day=submission.day,
        training=TRAINING_BANNER if training else "",
        emergency=EMERGENCY if finding.emergency else "",
        first=_facts(submission, layout.first),
        who=mailbox.name,
        to_do=tuple(what_to_do(route)),
        came=tuple(how_it_came(submission)),
        blocks=tuple(_blocks(submission.answers, layout.sections)),
        signs=tuple(_signs(submission.indicators, book)),
        results=_lines((_titled(table), readable(out)) for table, out in finding.results.items()),
        reasons=_lines((reason.clause, reason.text) for reason in finding.because),
        judgement=_judgement(submission, layout.judgement),
        not_asked=tuple(map(readable, finding.not_asked)),
        by_mistake=tuple(by_mistake(mail_from)),
    )


def layout_of(route: Route, layouts: Mapping[str, Layout]) -> Layout:
    """The layout of the route's first form, or of its kind, or a plain one."""
    for wanted in (*route.forms, route.kind):
        if wanted in layouts:
            return layouts[wanted]
    return Layout(id="plain", title=WHAT.get(route.kind, route.name))


def _facts(submission: Submission, labels: Mapping[str, str]) -> tuple[Line, ...]:
    found = known_facts(submission, labels)
    return _lines((label, readable(v) if _ID.fullmatch(v) else v) for label, v in found)


def _judgement(submission: Submission, labels: Mapping[str, str]) -> tuple[Line, ...]:
    """Nothing where nobody was asked to judge."""
    asked = any(fact in submission.facts for fact in labels)
    return _facts(submission, labels) if asked else ()


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(Line(label, said) for label, said in pairs)


def _blocks(answers: Sequence[AnswerLine], headings: Sequence[Heading]) -> Iterator[Block]:
    """Answers under their headings in the layout's order, in the order they were given."""
    placed = {dialog: heading for heading in headings for dialog in heading.dialogs}
    rest = Heading(OTHER if headings else "Answers", ())
    for heading in (*headings, rest):
        under = [line for line in answers if placed.get(_dialog(line), rest) is heading]
        if under:
            yield Block(heading.title, _lines((line.question, line.answer) for line in under))


def _titled(text: str) -> str:
    """An id in words with a capital letter; a free text as it is."""
    return readable(text[:1].upper() + text[1:]) if _ID.fullmatch(text) else text


def _dialog(line: AnswerLine) -> str:
    """`common/person` of `common/person#2.looks`."""
    return line.step.partition(".")[0].partition("#")[0]


def _signs(answered: Mapping[str, str], book: RuleBook | None) -> Iterator[Signs]:
    """Every group of the rulebook, once anything was asked of it at all; then what it lacks."""
    known = book.indicators if book and answered else {}
    for group in dict.fromkeys(indicator.group for indicator in known.values()):
        texts = {i.id: i.text for i in known.values() if i.group == group}
        yield _group(group, texts, answered)
    others = {name: readable(name) for name in answered if name not in known}
    if others:
        yield _group("other_signs", others, answered)


def _group(title: str, texts: Mapping[str, str], answered: Mapping[str, str]) -> Signs:
    yes, unsure, no, not_asked = (
        tuple(text for id_, text in texts.items() if answered.get(id_, "") == answer)
        for answer in (YES, UNSURE, NO, "")
    )
    return Signs(_titled(title), yes, unsure, no, not_asked)
