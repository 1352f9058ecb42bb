"""What a submission's paper says, line by line, before anything is drawn.

First what a duty desk needs; then each form that the report fills in, one after the other, in one
document; answers that no form has a heading for come last, and none is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.category import LEVEL, Suggestion, suggestion
from bot.core.dated import route_on
from bot.core.dialog import Ask, fields_of
from bot.core.fields import forms_of
from bot.core.layout import FIRST, Layout
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
from bot.core.reasons import near_misses_of, reasons_of, results_of
from bot.core.routing import Mailbox
from bot.core.rules import RuleBook
from bot.core.sheets import (
    Block,
    Line,
    Sheet,
    judgement,
    label_of,
    rest,
    sheet,
    title_of,
)
from bot.core.signs import Signs, marked, signs_of
from bot.core.submission import Submission

COMMON: Final = "common"  # the dialogs that all areas share
NOT_SCREENED: Final = "every sign, because the screening was not gone through"
_ID: Final = re.compile(r"[a-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Paper:
    """One document. Everything is text without markup; empty parts are not printed."""

    title: str
    reference: str
    day: str  # YYYY-MM-DD
    training: str
    emergency: str
    first: tuple[Line, ...]
    who: str
    to_do: tuple[str, ...]
    came: tuple[str, ...]
    sheets: tuple[Sheet, ...]  # each a form
    unfilled: tuple[str, ...]  # forms of which nothing was asked
    rest: tuple[Block, ...]  # what no form has a heading for
    signs: tuple[Signs, ...]
    results: tuple[Line, ...]  # what a reader acts on
    suggested: Suggestion | None  # the category that the signs alone point to
    reasons: tuple[Line, ...]  # the clause, and the reason
    near_misses: tuple[Line, ...]  # the clause, and what another answer would have made of it
    judgement: tuple[Line, ...]  # the professional's own, beside the suggestion
    not_asked: tuple[str, ...]
    by_mistake: tuple[str, ...]


def paper(
    catalogue: Catalogue, submission: Submission, mailbox: Mailbox, reference: str, mail_from: str
) -> Paper:
    """The paper of this submission for this mailbox."""
    finding, day = submission.finding, date.fromisoformat(submission.day)
    route = route_on(catalogue, catalogue.routes[submission.route], day)
    book = catalogue.rules.get(finding.rules)
    judged = book.judgement if book else ()
    suggested = _suggested(submission, book)
    layouts = forms_of(catalogue, route, finding)
    signs = signs_of(submission, book)
    drawn = {
        title_of(one): sheet(
            one, submission.answers, catalogue.dialogs, signs=bool(signs), marked=marked(signs)
        )
        for one in layouts
    }
    sheets = tuple(made for made in drawn.values() if made)
    return Paper(
        title=sheets[0].title if len(sheets) == 1 else WHAT.get(route.kind, route.name),
        reference=reference,
        day=submission.day,
        training=TRAINING_BANNER if catalogue.training else "",
        emergency=EMERGENCY if finding.emergency else "",
        first=_facts(submission, first_of(layouts)),
        who=mailbox.name,
        to_do=tuple(what_to_do(route)),
        came=tuple(how_it_came(submission)),
        sheets=sheets,
        unfilled=tuple(title for title, made in drawn.items() if not made),
        rest=rest(submission, layouts, judged),
        signs=signs,
        results=results_of(finding),
        suggested=suggested,
        reasons=reasons_of(finding, submission.indicators, suggested),
        near_misses=near_misses_of(finding, book),
        judgement=judgement(submission, judged),
        not_asked=_not_asked(catalogue, submission, book),
        by_mistake=tuple(by_mistake(mail_from)),
    )


def _suggested(submission: Submission, book: RuleBook | None) -> Suggestion | None:
    if book is None or LEVEL not in submission.finding.results:
        return None
    return suggestion(book, submission.facts, submission.indicators)


def first_of(layouts: Sequence[Layout]) -> Mapping[str, str]:
    """The facts that a duty desk needs first, with their labels, as the first form says."""
    return layouts[0].first if layouts else FIRST


def _facts(submission: Submission, labels: Mapping[str, str]) -> tuple[Line, ...]:
    found = known_facts(submission, labels)
    return _lines((label, readable(v) if _ID.fullmatch(v) else v) for label, v in found)


def _lines(pairs: Iterable[tuple[str, str]]) -> tuple[Line, ...]:
    return tuple(Line(label, said) for label, said in pairs)


def _not_asked(
    catalogue: Catalogue, submission: Submission, book: RuleBook | None
) -> tuple[str, ...]:
    """What the rules did not hear, as it was called when it was asked; the signs as one where
    nobody went through them.
    """
    signs = book.indicators if book else {}
    asked = submission.finding.not_asked
    facts = [name for name in asked if name not in signs]
    named = [next(_questions(catalogue, submission.area, f), readable(f)) for f in facts]
    unheard = [signs[name].text for name in asked if name in signs]
    if unheard and not submission.indicators:
        unheard = [NOT_SCREENED]
    return (*unheard, *dict.fromkeys(named))


def _questions(catalogue: Catalogue, area: str, fact: str) -> Iterator[str]:
    for dialog in catalogue.dialogs.values():
        for step in dialog.steps.values() if dialog.id.split("/")[0] in {area, COMMON} else ():
            yield from (
                label_of(step) if isinstance(step, Ask) else name
                for asked, name in fields_of(step)
                if asked == fact
            )
