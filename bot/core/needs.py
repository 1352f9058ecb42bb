"""A quick no: whether a text holds the words without which no phrase of a set can stand in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

# Of one phrase: groups of words; a text in which it stands holds one of every group.
Groups: TypeAlias = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """The groups of several phrases, found by the words of each phrase's smallest group."""

    phrases: tuple[Groups, ...]
    _by_word: dict[str, list[Groups]] = field(init=False, repr=False, compare=False)
    _any: bool = field(init=False, repr=False, compare=False)  # some phrase needs no word

    def __post_init__(self) -> None:
        by_word: dict[str, list[Groups]] = {}
        for groups in self.phrases:
            for word in min(groups, key=len, default=frozenset()):
                by_word.setdefault(word, []).append(groups)
        object.__setattr__(self, "_by_word", by_word)
        object.__setattr__(self, "_any", not all(self.phrases))

    def may_be_met(self, words: frozenset[str]) -> bool:
        """Whether some phrase may stand in a text of these words. Never wrongly no."""
        if self._any:
            return True
        return any(_met(groups, words) for word in words for groups in self._by_word.get(word, ()))


def _met(groups: Iterable[frozenset[str]], words: frozenset[str]) -> bool:
    return not any(group.isdisjoint(words) for group in groups)
