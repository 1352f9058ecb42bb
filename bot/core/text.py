"""Texts for people: plain sentences with `{name}` placeholders and nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_PLACEHOLDER: Final = re.compile(r"\{([a-z0-9_]+(?:\.[a-z0-9_]+)?)\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A text as an author wrote it. `{fact}` and `{date.id}` are filled in; any other brace is
    itself.
    """

    source: str
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The placeholders, in order of appearance."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(_PLACEHOLDER.findall(self.source)))

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with each placeholder filled once; a person.s words are never re-read."""
        if not self.names:
            return self.source
        return _PLACEHOLDER.sub(lambda m: values.get(m.group(1), ""), self.source)

    def __bool__(self) -> bool:
        return bool(self.source)


EMPTY: Final = Template("")
