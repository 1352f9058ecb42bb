"""Facts and indicators handed in from outside, checked against a rulebook before they count.

No fault repeats a value or an unknown name: either may hold what a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Final

from bot.core.facts import (
    LONG_TEXT_LIMIT,
    NO,
    SHORT_TEXT_LIMIT,
    UNSURE,
    YES,
    Fact,
    FactType,
    Known,
    Record,
    Value,
)
from bot.core.rules import RuleBook

ANSWERS: Final = (YES, NO, UNSURE)
_DETAILS: Final[Mapping[str, tuple[str, ...]]] = {
    "when": ("now", "last_six_months", "earlier", "unknown"),
    "basis": ("seen", "told", "gut_feeling"),
    "evidence": (),  # any text
}
_LIMITS: Final = {FactType.SHORT_TEXT: SHORT_TEXT_LIMIT, FactType.LONG_TEXT: LONG_TEXT_LIMIT}
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class GivenFault(ValueError):  # noqa: N818 - named for what is wrong with what was given
    """Something given that cannot be used: a safe code, a message, where, and near names."""

    def __init__(
        self, code: str, message: str, at: str, did_you_mean: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.at = at
        self.did_you_mean = did_you_mean


def known_from(
    facts: Mapping[str, object], indicators: Mapping[str, object], book: RuleBook
) -> Known:
    """What is known, from plain JSON values; raises GivenFault at the first thing wrong.

    An absent fact is not asked; null is an error. An indicator is `yes`, `no` or `unsure`, or an
    object with `answer` and, where known, `when`, `basis` and `evidence`, which are checked and
    left to whoever shows them.
    """
    _check_names(facts, "facts", book.reads)
    _check_names(indicators, "indicators", book.indicators)
    return Known(
        {name: _value(book.reads[name], given) for name, given in facts.items()},
        {name: _answer(name, given) for name, given in indicators.items()},
    )


def _check_names(given: Iterable[str], where: str, names: Iterable[str]) -> None:
    allowed = set(names)
    for place, name in enumerate(given, start=1):
        if name not in allowed:
            near = tuple(get_close_matches(name, sorted(allowed), n=3))
            message = f"Number {place} of the {where} is not one that the rules read."
            raise GivenFault(f"unknown_{where}", message, where, near)


def _value(fact: Fact, given: object) -> Value:
    at = f"facts.{fact.id}"
    if given is None:
        raise GivenFault("null", "Leave out what was not asked: null is not an answer.", at)
    if given == UNSURE and not fact.unsure:
        raise GivenFault("unsure_not_allowed", "This fact is never unsure.", at)
    value = _records(given) if fact.type is FactType.LIST else given
    if not isinstance(value, str | int | tuple) or not _fits(fact, value):
        raise GivenFault("wrong_value", f"Expected {_expected(fact)}.", at)
    return value


def _fits(fact: Fact, value: Value) -> bool:
    if not fact.allows(value):
        return False
    if fact.type is FactType.DATE and value != UNSURE:
        return _is_day(str(value))
    return len(str(value)) <= _LIMITS[fact.type] if fact.type in _LIMITS else True


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _records(given: object) -> Value | None:
    """A list of plain objects as records; None when it is something else."""
    if given == UNSURE:
        return UNSURE
    if not isinstance(given, list):
        return None
    records = tuple(record for record in map(_record, given) if record is not None)
    return records if len(records) == len(given) else None


def _record(given: object) -> Record | None:
    if not isinstance(given, dict):
        return None
    plain = {k: v for k, v in given.items() if isinstance(v, str) or type(v) is int}
    return plain if len(plain) == len(given) else None


def _expected(fact: Fact) -> str:
    match fact.type:
        case FactType.CHOICE:
            words = "one of " + ", ".join(fact.of)
        case FactType.WHOLE_NUMBER:
            words = f"a whole number from {fact.minimum} to {fact.maximum}"
        case FactType.DATE:
            words = "a calendar day, YYYY-MM-DD"
        case FactType.LIST:
            words = f"a list of at most {fact.at_most} objects with texts and whole numbers"
        case _:
            words = f"a text of at most {_LIMITS[fact.type]} characters"
    return f"{words}, or unsure" if fact.unsure else words


def _answer(name: str, given: object) -> str:
    at = f"indicators.{name}"
    if given is None:
        raise GivenFault("null", "Leave out what was not asked: null is not an answer.", at)
    answer = _detailed(given, at) if isinstance(given, dict) else given
    if not isinstance(answer, str) or answer not in ANSWERS:
        raise GivenFault("wrong_value", "Expected yes, no or unsure.", at)
    return answer


def _detailed(given: Mapping[object, object], at: str) -> object:
    """The answer of an object, once everything beside it has been checked."""
    unknown = [key for key in given if key != "answer" and key not in _DETAILS]
    if unknown:
        names = ", ".join(("answer", *_DETAILS))
        raise GivenFault("unknown_key", f"An indicator's object holds only {names}.", at)
    for key, allowed in _DETAILS.items():
        value = given.get(key, allowed[0] if allowed else "")
        if not isinstance(value, str) or (allowed and value not in allowed):
            expected = f"one of {', '.join(allowed)}" if allowed else "a text"
            raise GivenFault("wrong_value", f"Expected {expected}.", f"{at}.{key}")
    return given.get("answer", "")
