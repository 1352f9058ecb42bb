"""The text of a mail: what a duty desk needs first, then everything else, in plain words.

Whatever a person wrote is indented, so that no answer can pass for a heading of ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.core.facts import NO, UNSURE, YES, Value
from bot.core.finding import Finding, Reason, decided, leading
from bot.core.layout import FIRST
from bot.core.routing import Mailbox, Route
from bot.core.session import Said
from bot.core.submission import AnswerLine, Submission

NOT_KNOWN: Final = "not known"
LEFT_OUT: Final = "left out"  # asked and passed over: never a no
NOT_ASKED: Final = "not asked"
TRAINING_BANNER: Final = (
    "TRAINING. This is practice, not a real report. Nobody needs to act on it."
)
_IN_WORDS: Final = {UNSURE: NOT_KNOWN, YES: "yes", NO: "no"}
NOTHING_TO_DO: Final = (
    "Nothing. This was made by a program and shows that reports can reach this mailbox."
)
CANARY: Final = "canary"  # the kind of a test of the whole way
WHAT: Final = {
    "intelligence": "Information about child sexual exploitation",
    "referral": "Referral of a child who may be at risk of sexual exploitation",
    "mase": "Referral to the multi-agency sexual exploitation meeting (MASE)",
    "case_report": "Case report, child sexual exploitation",
    CANARY: "Test of this mailbox. No child is concerned and nothing needs to be done",
}
_ITEM: Final = "#"  # in the step of an answer about one of several (AnswerLine)
_CONTACT: Final = ("callback", "contact")  # facts by which a person chose to be reached
_ALSO: Final = {"callback": _CONTACT}  # a label's fact -> every fact that answers it
_OF_A_CHILD: Final = frozenset({"child_age", "child_where"})  # intelligence is not about one child
SENDERS: Final = {  # `role` in words; it says what somebody is, never who
    "public": "a member of the public",
    "professional": "somebody who works with children",
    "social_worker": "a social worker",
    "young_person": "a young person",
}
EMERGENCY: Final = (
    "EMERGENCY. A child may be in danger now. The person was told to call 999. "
    "Do not assume that they did."
)
_FEW: Final = 5  # of more that was not asked the document alone says what
_BREAKS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Controls, lone surrogates, and the marks that make a line read in another order.
_UNSEEN: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def mail_text(
    submission: Submission,
    route: Route,
    mailbox: Mailbox,
    reference: str,
    mail_from: str,
    *,
    training: bool,
    first: Mapping[str, str] = FIRST,
) -> str:
    """The text part, lines ending in a single line feed, ready to be encoded."""
    if submission.kind == CANARY:
        return _test_mail(submission, mailbox, reference, mail_from, training=training)
    parts = (
        [TRAINING_BANNER] if training else [],
        [EMERGENCY] if submission.finding.emergency else [],
        _first_needs(submission, first),
        _what_to_do(route, mailbox),
        _what_it_is(submission, reference),
        _answers(submission.answers),
        _finding(submission),
        _not_asked(submission.finding),
        _by_mistake(mail_from),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _test_mail(
    submission: Submission, mailbox: Mailbox, reference: str, mail_from: str, *, training: bool
) -> str:
    """A test says nothing that could be taken for a report: no age, no danger, no deadline."""
    parts = (
        [TRAINING_BANNER] if training else [],
        [f"{WHAT[CANARY].upper()}."],
        [f"For: {mailbox.name}", f"Reference: {reference}", f"Day: {submission.day}"],
        [
            f"What to do: {NOTHING_TO_DO}",
            "You may delete it, or have a rule of your mailbox do so: its header X-Canary is yes.",
        ],
        _by_mistake(mail_from),
    )
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def clean(text: str) -> str:
    """A person's words without control characters; every kind of line break is a line feed."""
    return _UNSEEN.sub("", _BREAKS.sub("\n", text))


def _what_it_is(submission: Submission, reference: str) -> Iterator[str]:
    yield f"{WHAT.get(submission.kind, submission.kind)}."
    yield from (f"Reference: {reference}", f"Day: {submission.day}")
    yield from how_it_came(submission)


def how_it_came(submission: Submission) -> Iterator[str]:
    """What the reader must know of its way here; never who sent it."""
    if submission.adds_to:
        yield f"This adds to the report with the reference {submission.adds_to}."
    if sender := SENDERS.get(str(submission.facts.get("role", ""))):
        yield f"By their own account it comes from {sender}."
    if any(name in submission.facts for name in _CONTACT):
        yield "The person left a way to reach them; it is among the answers. We hold no other."
    elif submission.anonymous:
        yield "The person who gave this is anonymous. We do not hold who they are."
    if submission.mark:
        yield submission.mark


def _what_to_do(route: Route, mailbox: Mailbox) -> Iterator[str]:
    yield from ("WHAT TO DO", f"For: {mailbox.name}")
    yield from what_to_do(route)


def what_to_do(route: Route) -> Iterator[str]:
    """By when, under which clause, and what else the route says to its reader."""
    if route.kind == CANARY:
        yield NOTHING_TO_DO
        return
    if route.due is None:
        yield "The source sets no time limit."
    else:
        yield route.due.text.strip()
        hours = f"{route.due.within_hours} hours"
        if route.due.within_hours is not None and hours not in route.due.text:
            yield f"Within {hours}."
    yield f"Clause: {route.clause}"
    if route.note:
        yield route.note.strip()


def _first_needs(submission: Submission, first: Mapping[str, str]) -> Iterator[str]:
    yield "FIRST"
    for label, known in known_facts(submission, first):
        yield from _indented(f"{label}: {known}", first="")


def known_facts(submission: Submission, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each label with what is known of its fact, in words. What is not known is said too, but for
    a child's facts in intelligence: they may have been given, and belong in the referral alone.
    """
    if submission.kind == CANARY:
        return
    elsewhere = _OF_A_CHILD if submission.kind == "intelligence" else frozenset()
    for fact, label in labels.items():
        known = [words for one in _ALSO.get(fact, (fact,)) for words in _known(submission, one)]
        if known or fact not in elsewhere:
            yield label, "; ".join(known) or _silence(submission, fact)


def _known(submission: Submission, fact: str) -> list[str]:
    """What is known of a fact, as it was answered: a day in full, a choice as it is called."""
    own = (line for line in submission.answers if _ITEM not in line.step)
    said = {line.fact: line for line in own}  # asked twice: what was said last
    if fact in submission.facts and fact in said and said[fact].said is Said.VALUE:
        return [said[fact].answer]
    return [_in_words(value) for value in _values(submission.facts, fact)]


def _silence(submission: Submission, fact: str) -> str:
    """Why nothing is known of a fact: it was left out, or nobody asked."""
    names = _ALSO.get(fact, (fact,))
    own = (line for line in submission.answers if _ITEM not in line.step)
    return LEFT_OUT if any(line.fact in names for line in own) else NOT_ASKED


def _values(facts: Mapping[str, Value], fact: str) -> list[Value]:
    """The fact's value; if only the described children have it, all of theirs. Never that of an
    adult who is described: their age or address would pass for the child's.
    """
    if fact in facts:
        return [facts[fact]]
    records = children if isinstance(children := facts.get("children"), tuple) else ()
    return [record[fact] for record in records if fact in record]


def _in_words(value: Value) -> str:
    match value:
        case str():
            return _IN_WORDS.get(value, value)
        case int():
            return str(value)
        case _:
            return str(len(value))  # a list: how many are described below


def _answers(lines: Iterable[AnswerLine]) -> Iterator[str]:
    yield "ANSWERS"
    for line in lines:
        yield from _indented(line.question, first="")
        yield from _indented(line.answer)


def _finding(submission: Submission) -> Iterator[str]:
    yield "WHAT THE RULES MAKE OF IT"
    for table, result in decided(submission.finding):
        yield f"{table.capitalize()}: {readable(result)}"
    for reason in leading(submission.finding):
        yield f"- {reason_of(reason, submission.indicators)} ({reason.clause})"


def reason_of(reason: Reason, indicators: Mapping[str, str]) -> str:
    """A reason in words. A sign that carried it unsure is never told as if it were a yes."""
    sure = indicators.get(reason.row.rpartition(".")[2]) != UNSURE
    return reason.text if sure else f"Not sure: {reason.text}"


def _not_asked(finding: Finding) -> Iterator[str]:
    yield "WHAT WAS NOT ASKED (this is never a no)"
    names = [f"- {readable(name)}" for name in finding.not_asked or ("nothing that matters",)]
    yield from names if len(names) <= _FEW else (f"{len(names)} questions: see the document.",)


def _by_mistake(mail_from: str) -> Iterator[str]:
    yield "IF THIS REACHED YOU BY MISTAKE"
    yield from by_mistake(mail_from)


def by_mistake(mail_from: str) -> Iterator[str]:
    """What whoever should not have this is asked to do."""
    yield "Please do not forward, copy or print it."
    yield f"Write a new mail to {mail_from} with the reference and nothing else, then delete this."
    yield "If a child is in danger now, call 999 first."


def _indented(text: str, first: str = "    ") -> Iterator[str]:
    """The cleaned text, its first line after `first` and every later one indented."""
    for number, line in enumerate(clean(text).split("\n")):
        yield f"{'    ' if number else first}{line}".rstrip()


def readable(identifier: str) -> str:
    """An id as words."""
    return identifier.replace("_", " ").replace(".", ", ")
