"""A quick no: whether a text holds the words without which no phrase of a set can stand in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

# Of one phrase: groups of words; a text in which it stands holds one of every group.
Groups: TypeAlias = tuple[frozenset[str], ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """The groups of several phrases, found by the words of each phrase's rarest group."""

    phrases: tuple[Groups, ...]
    by_word: dict[str, list[Groups]] = field(init=False, repr=False, compare=False)
    always: bool = field(init=False, repr=False, compare=False)  # some phrase needs no word

    def __post_init__(self) -> None:
        by_word: dict[str, list[Groups]] = {}
        often = Counter(w for groups in self.phrases for group in groups for w in group)
        for groups in self.phrases:
            rarest = min(groups, key=lambda g: sum(often[w] for w in g), default=frozenset())
            for word in rarest:
                by_word.setdefault(word, []).append(groups)
        object.__setattr__(self, "by_word", by_word)
        object.__setattr__(self, "always", not all(self.phrases))

    def may_be_met(self, words: frozenset[str]) -> bool:
        """Whether some phrase may stand in a text of these words. Never wrongly no."""
        if self.always:
            return True
        return any(_met(groups, words) for word in words for groups in self.by_word.get(word, ()))


@dataclass(frozen=True, slots=True)
class Which:
    """The same of many sets of phrases at once, by their numbers: each word of a text is looked
    up once and not once a set.
    """

    sets: tuple[Needs, ...]
    _by_word: dict[str, list[tuple[int, Groups]]] = field(init=False, repr=False, compare=False)
    _always: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_word: dict[str, list[tuple[int, Groups]]] = {}
        for number, needs in enumerate(self.sets):
            for word, phrases in needs.by_word.items():
                by_word.setdefault(word, []).extend((number, groups) for groups in phrases)
        always = tuple(number for number, needs in enumerate(self.sets) if needs.always)
        object.__setattr__(self, "_by_word", by_word)
        object.__setattr__(self, "_always", always)

    def may_be_met(self, words: frozenset[str]) -> list[int]:
        """The numbers of the sets of which some phrase may stand in a text of these words, in
        order. None is wrongly left out.
        """
        met = set(self._always)
        for word in words:
            for number, groups in self._by_word.get(word, ()):
                if number not in met and _met(groups, words):
                    met.add(number)
        return sorted(met)


def _met(groups: Iterable[frozenset[str]], words: frozenset[str]) -> bool:
    return not any(group.isdisjoint(words) for group in groups)
