"""Reading an answer: typed words or a pressed option, for the step that waits.

A bad answer is an ordinary value (`Rejected`), never an exception, and never echoes the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias, assert_never

from bot.core.catalogue import normal
from bot.core.days import read_date
from bot.core.dialog import Ask, Check, Repeat, Tell, Tick
from bot.core.facts import (
    LONG_TEXT_LIMIT,
    NO,
    SHORT_TEXT_LIMIT,
    UNSURE,
    YES,
    Fact,
    FactType,
)
from bot.core.needed import leaves_out
from bot.core.receipts import codes_in
from bot.core.session import Answer, Said
from bot.core.spoken import spoken


@dataclass(frozen=True, slots=True)
class Rejected:
    """Why an answer could not be read: the id of the screen that says so, and its values. `asks`:
    it was a question instead, and how one is looked up is said too.
    """

    screen: str
    values: Mapping[str, str] = field(default_factory=dict)
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A tick screen in progress: every mark so far."""

    marks: Mapping[str, str]


Read: TypeAlias = Answer | Marked | Rejected

_NUMBER: Final = re.compile(
    # Not "nearly 13", which is 12, nor months: both are asked again.
    r"(?:age |aged |about |around |maybe )*(\d{1,6})(?: ?(?:years?|yrs?|y/?o))?(?: old)?"
)
_CONTROL: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_IN_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
)
_GAPS: Final = re.compile(r"[,;.&()!]|\band\b")
_MARK: Final = re.compile(r"(\d{1,2})(\??)")


def clean(text: str) -> str:
    """What a person typed, trimmed, without control and direction characters and half pairs."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def holds_code(text: str) -> bool:
    """Whether a receipt or pause code stands in the text: its check characters fit."""
    return any(codes_in(text))


def read_typed(
    step: Ask | Tick | Tell | Repeat | Check, text: str, sense: str, at: Moment
) -> Read:
    """Typed words as an answer; labels and numbers of buttons were tried before. `sense` is the
    global word's meaning where one was typed (skip, unsure, none, done, yes, no, carry_on).
    """
    match step:
        case Ask():
            return _read_ask(step, text, sense, at.today)
        case Tick():
            return _read_tick(step, text, sense, at.marks)
        case Repeat():
            return _read_gate(sense)
        case Tell():
            return _read_press(sense in {YES, "done", "carry_on", "skip"}, Answer(Said.SEEN))
        case Check():
            # "carry on" is what one types after the help screen: it must not send a report.
            return _read_press(sense in {YES, "done"}, Answer(Said.CHECKED))
        case _:
            assert_never(step)


def _read_press(pressed: bool, answer: Answer) -> Read:  # noqa: FBT001
    """The one button of a step, by a word that means it. Other words are not taken for a press:
    what a person writes on such a screen must not vanish without a word.
    """
    return answer if pressed else Rejected("reject_choice")


@dataclass(frozen=True, slots=True)
class Moment:
    """What reading needs beside the words: the day, and the marks of a tick screen so far."""

    today: date
    marks: Mapping[str, str] = field(default_factory=dict)


def _read_ask(step: Ask, text: str, sense: str, today: date) -> Read:
    if sense == "skip" and step.skip:
        return Answer(Said.SKIPPED)
    if sense in {"unsure", "skip"} and step.unsure:
        return Answer(Said.UNSURE)
    if step.fact.type is FactType.CHOICE:
        return _read_choice(step, text, sense)
    words = clean(text)
    if not words or sense == "carry_on":  # what one types after the help screen is no answer
        return Rejected("reject_text")
    if holds_code(words):  # whoever reads the report could open another one with it
        return Rejected("code_here")
    if leaves_out(step, words, sense):
        return Rejected("reject_needed")
    reader: Callable[[Fact, str, date], Read] = _READERS[step.fact.type]
    return reader(step.fact, words, today)


def _read_choice(step: Ask, text: str, sense: str) -> Read:
    wanted = "" if text.rstrip().endswith("?") else normal(text)  # "no?" is not a no
    for choice in step.choices:
        if choice.value in {wanted, sense}:
            return Answer(Said.VALUE, choice.value)
    return Rejected("reject_choice")


def _read_number(fact: Fact, words: str, _today: date) -> Read:
    found = _NUMBER.fullmatch(normal(words))
    limits = {"from": str(fact.minimum), "to": str(fact.maximum)}
    said = normal(words)
    number = _IN_WORDS.index(said) if said in _IN_WORDS else -1
    number = int(found.group(1)) if found else number
    return Answer(Said.VALUE, number) if fact.allows(number) else Rejected("reject_number", limits)


def _read_date(fact: Fact, words: str, today: date) -> Read:
    first, last = fact.span(today)
    day = read_date(words, today, first, last)
    if day is None:
        return Rejected("reject_date")
    if not first <= day <= last:
        return Rejected("reject_day", {"from": spoken(first), "to": spoken(last)})
    return Answer(Said.VALUE, day.isoformat())


def _read_text(fact: Fact, words: str, _today: date) -> Read:
    limit = SHORT_TEXT_LIMIT if fact.type is FactType.SHORT_TEXT else LONG_TEXT_LIMIT
    if len(words) > limit:
        return Rejected("too_long", {"limit": f"{limit:,}", "length": f"{len(words):,}"})
    return Answer(Said.VALUE, words)


_READERS: Final[Mapping[FactType, Callable[[Fact, str, date], Read]]] = {
    FactType.WHOLE_NUMBER: _read_number,
    FactType.DATE: _read_date,
    FactType.SHORT_TEXT: _read_text,
    FactType.LONG_TEXT: _read_text,
}


def as_answered(fact: Fact, value: object, today: date) -> Answer | None:
    """A value that was kept, as the answer that gave it; None where it could not have been given.
    What would not be taken from a keyboard today (a receipt code, a day far off) comes back empty.
    """
    if value == UNSURE and fact.unsure:
        return Answer(Said.UNSURE)
    if fact.type in {FactType.CHOICE, FactType.WHOLE_NUMBER}:
        allowed = isinstance(value, str | int) and fact.allows(value)
        return Answer(Said.VALUE, value) if allowed and isinstance(value, str | int) else None
    if not isinstance(value, str):
        return None
    if fact.type is FactType.DATE:
        return _kept_day(fact, value, today)
    words = clean(value)
    if len(words) > (SHORT_TEXT_LIMIT if fact.type is FactType.SHORT_TEXT else LONG_TEXT_LIMIT):
        return None
    return Answer(Said.VALUE, "" if holds_code(words) else words)


def _kept_day(fact: Fact, value: str, today: date) -> Answer | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    if day.isoformat() != value:
        return None
    first, last = fact.span(today)
    return Answer(Said.VALUE, value if first <= day <= last else "")


def _read_gate(sense: str) -> Read:
    if sense == YES:
        return Answer(Said.MORE)
    if sense in {NO, "done", "none"}:
        return Answer(Said.ENOUGH)
    if sense == "skip":  # left out is never a no
        return Answer(Said.SKIPPED)
    return Rejected("reject_choice")


def _read_tick(step: Tick, text: str, sense: str, marks: Mapping[str, str]) -> Read:
    """Marks: "1 3" marks yes, "2?" marks not sure; "none", "done" and "I don't know" end the
    screen; "1 3 done" does both. "Done" with nothing marked is asked again: it is not yet "none".
    """
    if sense in {"none", "unsure"} or (sense == "done" and marks):
        return finish_marks(step, marks, UNSURE if sense == "unsure" else NO)
    words = _GAPS.sub(" ", text.casefold()).replace(" ?", "?").split()
    done = len(words) > 1 and words[-1] == "done"
    changed = dict(marks)
    for word in words[:-1] if done else words or [""]:
        found = _MARK.fullmatch(word)
        if found is None or not 1 <= int(found[1]) <= len(step.marks):
            return Rejected("reject_marks", {"to": str(len(step.marks))})
        changed[step.marks[int(found[1]) - 1].value] = UNSURE if found[2] else YES
    return finish_marks(step, changed, NO) if done else Marked(changed)


def turn_mark(marks: Mapping[str, str], indicator: str) -> Mapping[str, str]:
    """One tap on a sign: not marked, yes, not sure, not marked again."""
    after = {"": YES, YES: UNSURE, UNSURE: ""}[marks.get(indicator, "")]
    return {
        **{k: v for k, v in marks.items() if k != indicator},
        **({indicator: after} if after else {}),
    }


def finish_marks(step: Tick, marks: Mapping[str, str], rest: str) -> Answer:
    """The finished screen: what was marked stays, every other sign is `rest` (no or unsure)."""
    full = tuple((mark.value, marks.get(mark.value, rest)) for mark in step.marks)
    return Answer(Said.MARKS, marks=full)
