"""The seven forms of a condition and its three states, as types (docs/CONDITIONS.md)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """The seven forms, and nothing else."""

    IS = "is"
    IS_NOT = "is not"
    ONE_OF = "is one of"
    COMPARE = "compare"
    ANY_OF = "any of"
    NONE_OF = "none of"
    AT_LEAST = "at least"


GROUP_FORMS: Final = frozenset({Form.ANY_OF, Form.NONE_OF, Form.AT_LEAST})


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition. `subject` is a fact, an indicator or, for the last three forms, a group."""

    form: Form
    subject: str
    values: tuple[str, ...] = ()
    operator: str = ""  # one of < <= > >=
    bound: int = 0  # of a comparison, or the count of `at least`
    or_unsure: bool = False
    source: str = ""  # as the author wrote it


class State(StrEnum):
    """Exactly one is true of a condition. Waiting is not no: something was not asked."""

    HOLDS = "holds"
    REFUTED = "refuted"
    WAITS = "waits"
