"""The signs of a screening as they are printed: by group, with yes, not sure, no and not asked
kept apart, and beside each that is yes what was noted of it: when, how it is known, what shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.facts import NO, UNSURE, YES
from bot.core.mail_text import readable
from bot.core.rules import RuleBook
from bot.core.session import Said
from bot.core.sheets import Line, line_of, sign_of, titled
from bot.core.submission import AnswerLine, Submission

OTHER_SIGNS: Final = "Other signs"


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign that is yes, and what was noted of it."""

    text: str
    noted: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Signs:
    """One group of indicators. What was not asked is never a no."""

    group: str
    yes: tuple[Sign, ...]
    unsure: tuple[str, ...]
    no: tuple[str, ...]
    not_asked: tuple[str, ...]


def signs_of(submission: Submission, book: RuleBook | None) -> tuple[Signs, ...]:
    """Every group of the rulebook, once anything was asked of it at all; then what it lacks."""
    return tuple(_groups(submission, book))


def marked(signs: Iterable[Signs]) -> tuple[Line, ...]:
    """The signs that are yes or not sure, a line a group, with what was noted of each."""
    found = ((group.group, "\n".join(_marks(group))) for group in signs)
    return tuple(Line(group, said) for group, said in found if said)


def _marks(group: Signs) -> Iterator[str]:
    for sign in group.yes:
        noted = "; ".join(line.said for line in sign.noted)
        yield f"{sign.text} ({noted})" if noted else sign.text
    yield from (f"Not sure: {text}" for text in group.unsure)


def _groups(submission: Submission, book: RuleBook | None) -> Iterator[Signs]:
    answered = submission.indicators
    known = book.indicators if book and answered else {}
    called = book.called if book else {}
    for group in dict.fromkeys(indicator.group for indicator in known.values()):
        texts = {i.id: i.text for i in known.values() if i.group == group}
        yield _group(called.get(group, titled(group)), texts, submission)
    others = {name: readable(name) for name in answered if name not in known}
    if others:
        yield _group(OTHER_SIGNS, others, submission)


def _group(title: str, texts: Mapping[str, str], submission: Submission) -> Signs:
    answered = submission.indicators

    def of(answer: str) -> Iterator[str]:
        return (id_ for id_ in texts if answered.get(id_, "") == answer)

    return Signs(
        title,
        tuple(Sign(texts[id_], tuple(_noted(id_, submission.answers))) for id_ in of(YES)),
        *(tuple(texts[id_] for id_ in of(answer)) for answer in (UNSURE, NO, "")),
    )


def _noted(sign: str, answers: Iterable[AnswerLine]) -> Iterator[Line]:
    """What was said of one sign; its questions are named `dialog#SIGN.question`."""
    for line in answers:
        if sign_of(line) == sign and line.said is not Said.SKIPPED:
            yield line_of(line, {})
