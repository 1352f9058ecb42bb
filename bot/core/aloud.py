"""Conditions read aloud, for reasons and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, assert_never

from bot.core.forms import Condition, Form

_ALOUD: Final = {"<": "under", "<=": "at most", ">": "over", ">=": "at least"}


def in_words(condition: Condition, names: Mapping[str, str]) -> str:
    """The condition read aloud: "child_age is under 13 or not known". `names` says how facts,
    indicators and groups are called; one without a name is called by its id.
    """
    subject = names.get(condition.subject, condition.subject)
    return _said(condition, subject) + (" or not known" if condition.or_unsure else "")


def _said(condition: Condition, subject: str) -> str:
    match condition.form:
        case Form.IS | Form.ONE_OF:
            return f"{subject} is {' or '.join(condition.values)}"
        case Form.IS_NOT:
            return f"{subject} is known and is not {condition.values[0]}"
        case Form.COMPARE:
            return f"{subject} is {_ALOUD[condition.operator]} {condition.bound}"
        case Form.ANY_OF:
            return f"any of {subject} is yes"
        case Form.NONE_OF:
            return f"every one of {subject} is no"
        case Form.AT_LEAST:
            return f"at least {condition.bound} of {subject} are yes"
        case never:
            assert_never(never)
