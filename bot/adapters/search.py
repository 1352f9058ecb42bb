"""Looking guidance up, in memory, without a network: questions as people type them.

Each passage has the everyday questions that it answers; what is typed belongs to the passage whose
questions it is most likely one of (bot.adapters.ranking). Where it is rather one of those that
nothing here answers (bot.adapters.ours), a person is offered, and nothing is guessed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

from bot.adapters.asked import END, asked, joined, last_part, said, stems
from bot.adapters.nearest import Nearest
from bot.adapters.ours import Ours
from bot.adapters.ranking import Ranking
from bot.collecting import not_collecting
from bot.core.found import OFFERED
from bot.core.guidance import COMMON, Answer, Found, Passage, Questions

MOST: Final = 10
# How sure it must be that a question is one of ours; set by tests/content/across.py (ADR 0016).
ENOUGH: Final = 5.0
PERHAPS: Final = 0.0  # and from where on what it may be is named beside a person
_AHEAD: Final = 0.5  # what counts for that: how far the best passage is ahead of the fourth,
_NEARER: Final = 4.0  # and how much nearer the nearest of our questions is than any other
_AGAIN: Final = 0.5  # the last clause of a question, which asks, counts so much once more
_SAME: Final = 4.0  # a passage that has the very question is so much ahead of the others
_OWN_AREA: Final = 0.5  # an area's own passage is so much ahead of a common one
_OTHER_AREA: Final = -15.0  # and one of another area so far behind: only its own terms bring it
_NEAREST: Final = 12.0  # what the nearest question of a passage counts for it,
_NEAR: Final = 20  # of so many that are likely
_RIVAL: Final = 4  # the place of a passage that is no way of saying the same


class Weighed(NamedTuple):
    """How sure it is that a question is one of ours, and every passage with how likely it is the
    answer, best first.
    """

    sure: float
    ranks: list[tuple[float, Passage]]


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
            said(p.title, *p.also, *questions.by_passage.get(p.id, ())) for p in self._passages
        ]
        elsewhere = said(*questions.elsewhere)
        texts = [
            joined((one, said(p.whole, p.clause)))
            for one, p in zip(lines, self._passages, strict=True)
        ]
        self._ranking = Ranking(texts)
        self._having: dict[str, set[int]] = {}
        for number, words in enumerate(lines):
            for line in " ".join(words.typed).split(END):
                self._having.setdefault(line.strip(), set()).add(number)
        del self._having[""]  # after each passage's last line
        self._nearest = Nearest([*(one.stemmed for one in lines), elsewhere.stemmed])
        self._ours = Ours(joined(lines), elsewhere)

    def look_up(self, query: str, area: str = "") -> Found:
        """At most ten passages that answer, at most three that may, or none where the question is
        about something else. Those of this area, when one is given, and the common ones; one of
        another area where the question has its very terms ("87a" is Newham's, wherever one is).
        """
        sure, ranks = self.weighed(query, area)
        if ranks and _at(ranks[0][1].area, area) >= 0:
            ranks = [one for one in ranks if _at(one[1].area, area) >= 0]
        if sure < min(self._enough, PERHAPS):
            return Found()
        least = ranks[-1][0]
        best = tuple(Answer(one, round(much - least, 3)) for much, one in ranks[:MOST])
        return Found(told=best) if sure >= self._enough else Found(perhaps=best[:OFFERED])

    def weighed(self, query: str, area: str = "") -> Weighed:
        """Every passage, whether the question is one of ours or not, and how sure it is that it
        is.
        """
        words = asked(query)
        having = self._having.get(" ".join(words), set())
        likely = self._likely(query, words)
        ranks = [
            (likely[n] + _SAME * (n in having) + _at(one.area, area), n)
            for n, one in enumerate(self._passages)
        ]
        ranks.sort(key=lambda pair: -pair[0])
        near = self._nearest.of(stems(words), [n for _, n in ranks[:_NEAR]])
        ranks[:_NEAR] = [(m + _NEAREST * one, n) for (m, n), one in zip(ranks, near, strict=False)]
        ranks.sort(key=lambda pair: -pair[0])
        sure = math.inf if having else self._sure(words, ranks, max(near, default=0.0))
        return Weighed(sure, [(much, self._passages[n]) for much, n in ranks])

    def _sure(self, words: list[str], ranks: list[tuple[float, int]], near: float) -> float:
        """A long question needs no more than a short one."""
        if not words or not ranks:
            return -math.inf
        ahead = ranks[0][0] - ranks[:_RIVAL][-1][0]
        (elsewhere,) = self._nearest.of(stems(words), [len(self._passages)])
        said = self._ours.of(words) + _AHEAD * ahead
        return said / math.sqrt(len(words)) + _NEARER * (near - elsewhere)

    def _likely(self, query: str, words: list[str]) -> list[float]:
        likely = self._ranking.of(words)
        last = asked(last_part(query))
        if not last:
            return likely
        again = self._ranking.of(last)
        return [one + _AGAIN * two for one, two in zip(likely, again, strict=True)]


def _at(place: str, area: str) -> float:
    """How far ahead a passage of this place is for somebody of an area, empty where not known."""
    if not area or place == COMMON:
        return 0.0
    return _OWN_AREA if place == area else _OTHER_AREA
