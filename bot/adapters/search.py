"""Looking guidance up, in memory, without a network: questions as people type them.

Each passage has the everyday questions that it answers; what is typed belongs to the passage whose
questions it is most likely one of (bot.adapters.ranking). Where it is rather one of those that
nothing here answers (bot.adapters.ours), a person is offered, and nothing is guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import chain
from typing import Final

from bot.adapters.asked import END, asked, last_part, typed
from bot.adapters.ours import Ours
from bot.adapters.ranking import Ranking
from bot.collecting import not_collecting
from bot.core.guidance import COMMON, Answer, Passage, Questions

MOST: Final = 10
# How sure it must be that a question is one of ours; set by tests/content/across.py (ADR 0016).
ENOUGH: Final = 4.0
_BEST: Final = 0.25  # and how much its best passage counts for that
_AGAIN: Final = 0.5  # the last clause of a question, which asks, counts so much once more
_SAME: Final = 8.0  # a passage that has the very question is so much ahead of the others
_OWN_AREA: Final = 0.5  # an area's own passage is so much ahead of a common one


class Search:
    """Passages with the questions of each, and those that are not answered here; indexed once and
    kept for the life of the process.
    """

    @not_collecting()
    def __init__(
        self, passages: Iterable[Passage], questions: Questions, enough: float = ENOUGH
    ) -> None:
        self._enough = enough
        self._passages = tuple(passages)
        lines = [
            typed(_lines(p.title, *p.also, *questions.by_passage.get(p.id, ())))
            for p in self._passages
        ]
        texts = (typed(_lines(p.whole, p.clause)) for p in self._passages)
        self._ranking = Ranking(map(chain, lines, texts))
        self._having: dict[str, set[int]] = {}
        for number, words in enumerate(lines):
            for line in " ".join(words).split(END):
                self._having.setdefault(line.strip(), set()).add(number)
        del self._having[""]  # after each passage's last line
        self._ours = Ours(chain.from_iterable(lines), typed(_lines(*questions.elsewhere)))

    def look_up(self, query: str, area: str = "") -> tuple[Answer, ...]:
        """At most ten answers, best first, of this area and the common ones (of every area when
        none is given); empty when the question is about something else.
        """
        ranked = self.ranked(query, area)
        if not ranked or self.sure(query, ranked[0][0], area) < self._enough:
            return ()
        least = ranked[-1][0]
        return tuple(Answer(one, round(much - least, 3)) for much, one in ranked[:MOST])

    def ranked(self, query: str, area: str = "") -> list[tuple[float, Passage]]:
        """Every passage of this area and the common ones with how likely it is the answer, best
        first, whether the question is one of ours or not.
        """
        likely = self._likely(query)
        for number in self._having.get(" ".join(asked(query)), ()):
            likely[number] += _SAME
        ranks = [
            (much + _OWN_AREA * (passage.area == area), passage)
            for much, passage in zip(likely, self._passages, strict=True)
            if _is_of(passage, area)
        ]
        return sorted(ranks, key=lambda pair: -pair[0])

    def sure(self, query: str, best: float, area: str = "") -> float:
        """How sure it is that a question, whose best passage is so likely, is one of ours; a long
        question needs no more than a short one. The very question of a passage of this area is.
        """
        words = asked(query)
        having = self._having.get(" ".join(words), ())
        if any(_is_of(self._passages[number], area) for number in having):
            return math.inf
        return (self._ours.of(words) + _BEST * best) / math.sqrt(max(1, len(words)))

    def _likely(self, query: str) -> list[float]:
        likely = self._ranking.of(asked(query))
        last = asked(last_part(query))
        if not last:
            return likely
        again = self._ranking.of(last)
        return [one + _AGAIN * two for one, two in zip(likely, again, strict=True)]


def _is_of(passage: Passage, area: str) -> bool:
    return not area or passage.area in {area, COMMON}


def _lines(*lines: str) -> str:
    return "".join(f"{line}{END}" for line in lines)
