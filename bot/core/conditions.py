"""The closed grammar of conditions; its definition is docs/CONDITIONS.md. No eval, no nesting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Form(StrEnum):
    """The seven forms, and nothing else."""

    IS = "is"
    IS_NOT = "is not"
    ONE_OF = "is one of"
    COMPARE = "compare"
    ANY_OF = "any of"
    NONE_OF = "none of"
    AT_LEAST = "at least"


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
