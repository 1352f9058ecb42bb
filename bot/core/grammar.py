"""Reading one condition as an author writes it (docs/CONDITIONS.md, The seven forms)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bot.core.facts import UNSURE
from bot.core.forms import Condition, Form

EVERY_INDICATOR: Final = "every indicator"

OPERATORS: Final = ("<", "<=", ">", ">=")
_WORD: Final = re.compile(r"[A-Za-z0-9_-]+")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}")
_OPERATOR: Final = re.compile(r"([<>]=?)")


class ConditionFault(ValueError):  # noqa: N818 - named for what is wrong with the text
    """A condition that cannot be read. The message quotes the author's own text and no more."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def parse_condition(text: str, numbers: Mapping[str, int] | None = None) -> Condition:
    """One condition from its text; raises ConditionFault.

    With `numbers` (a rulebook's, by name) a bound must be one of their names; without, as in an
    edge of a dialog, it must be a whole number.
    """
    words = _OPERATOR.sub(r" \1 ", text).split()
    or_unsure = words[-2:] == ["or", UNSURE]
    words = words[:-2] if or_unsure else words
    match words:
        case ["any" | "none" as count, "of", *group]:
            form = Form.ANY_OF if count == "any" else Form.NONE_OF
            return Condition(form, _group(group, text), or_unsure=or_unsure, source=text)
        case ["at", "least", bound, "of", *group]:
            need = _bound(bound, numbers, text)
            if need < 1:
                raise _fault("condition_number", text, "the number must be at least 1")
            subject = _group(group, text)
            return Condition(Form.AT_LEAST, subject, bound=need, or_unsure=or_unsure, source=text)
        case [subject, comparison, bound] if comparison in OPERATORS:
            return Condition(
                Form.COMPARE,
                _word(subject, text),
                operator=comparison,
                bound=_bound(bound, numbers, text),
                or_unsure=or_unsure,
                source=text,
            )
        case [subject, "is", *rest]:
            form, values = _values(rest, text)
            return Condition(form, _word(subject, text), values, or_unsure=or_unsure, source=text)
    raise _fault("condition_unreadable", text, _hint(words))


def _values(words: list[str], text: str) -> tuple[Form, tuple[str, ...]]:
    match words:
        case ["one", "of", _, *_]:
            form, values = Form.ONE_OF, words[2:]
        case ["not", value]:
            form, values = Form.IS_NOT, [value]
        case [value] if value != "not":
            form, values = Form.IS, [value]
        case _:
            raise _fault("condition_unreadable", text, _hint(words))
    if UNSURE in values:
        raise _fault("condition_unsure", text, 'unsure is not a value: end it with "or unsure"')
    return form, tuple(_word(value, text) for value in values)


def _group(words: list[str], text: str) -> str:
    if words == EVERY_INDICATOR.split():
        return EVERY_INDICATOR
    if len(words) != 1:
        raise _fault("condition_unreadable", text, "one group must follow of")
    return _word(words[0], text)


def _bound(word: str, numbers: Mapping[str, int] | None, text: str) -> int:
    if numbers is None:
        if not _NUMBER.fullmatch(word):
            raise _fault("condition_number", text, f'"{word}" is not a whole number')
        return int(word)
    if word not in numbers:
        raise _fault("condition_number", text, f'"{word}" is not declared under numbers')
    return numbers[word]


def _word(word: str, text: str) -> str:
    if not _WORD.fullmatch(word):
        raise _fault("condition_word", text, f'"{word}" is not a name')
    return word


def _hint(words: list[str]) -> str:
    if {"and", "or", "but"} & set(words):
        return "alternatives are two rows, and conditions that must all hold are a list"
    if {"=", "==", "!="} & set(words):
        return 'write "is" or "is not"'
    return "it has none of the seven forms"


def _fault(code: str, text: str, why: str) -> ConditionFault:
    return ConditionFault(code, f'"{text}" cannot be read: {why}')
