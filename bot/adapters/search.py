"""Looking guidance up, in memory, without a network: questions as people type them.

Each passage lists everyday questions that it answers (`also:`). A question is compared with every
one of them and with the texts (bot.adapters.ranking). Where too little of it is about what the
passages are about, there is no answer: then a person is offered, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.adapters.asked import OTHERWISE, Language, Term, parts, told, words
from bot.adapters.elsewhere import Elsewhere
from bot.adapters.ranking import Ranking, Score
from bot.adapters.stemming import stem
from bot.core.guidance import COMMON, Answer, Passage

MOST: Final = 10
_OF_A_PART: Final = 0.85  # what only a part of the question finds ranks so high
ALSO_RAN: Final = 0.5  # what is told besides the best has at least this share of its score
# What makes a question one of ours; fitted and set on the own half alone (ADR 0016).
ENOUGH: Final = 1.8
_NEAR: Final = 1.5  # for the line nearest to it
_COVERED: Final = 2.75  # for the share of it that the best passage speaks of
_MASS: Final = 1.1  # for each word, as rare as can be and two at most, of that share
_OURS: Final = 0.9  # for each word, two at most, that is only said of what we are about
_UNKNOWN: Final = 2.0  # against: the share of it that no passage ever speaks of
_ELSEWHERE: Final = 4.0  # against: how like a question about something else it is


class Search:
    """Passages, indexed once and kept for the life of the process. `anchors` are words by which
    a question is ours; `elsewhere` are words and questions that are about something else.
    """

    def __init__(
        self,
        passages: Iterable[Passage],
        synonyms: Iterable[tuple[str, ...]] = (),
        anchors: Iterable[str] = (),
        elsewhere: Iterable[str] = (),
    ) -> None:
        self._passages = tuple(passages)
        texts = [" ".join((p.title, *p.also, p.whole, p.clause)) for p in self._passages]
        spelt = frozenset(word for text in texts for word in words(text))
        ways = [tuple(told(way) or frozenset({way}) for way in group) for group in synonyms]
        self._language = Language(map(told, texts), spelt, ways)
        self._ranking = Ranking(self._passages, self._language)
        self._anchors = frozenset(map(stem, anchors))
        self._elsewhere = Elsewhere(elsewhere, self._language)

    def look_up(self, query: str, area: str = "") -> tuple[Answer, ...]:
        """At most ten answers, best first, of this area and the common ones (of every area when
        none is given); empty when the question is about something else.
        """
        asked = [self._language.terms(one) for one in (query, *parts(query))]
        tried = [self._found(terms, area) for terms in asked]
        if self._evidence(asked[0], tried[0]) < ENOUGH:
            return ()
        ranks: dict[str, tuple[float, Passage]] = {}
        for worth, found in zip((1.0, *[_OF_A_PART] * len(parts(query))), tried, strict=True):
            for score, passage in found:
                rank = max(ranks.get(passage.id, (0.0,))[0], worth * score.rank)
                ranks[passage.id] = (rank, passage)
        return _told(sorted(ranks.values(), key=lambda pair: -pair[0]))

    def _found(self, terms: tuple[Term, ...], area: str) -> list[tuple[Score, Passage]]:
        """The passages of an area with their scores, best first."""
        scores = zip(self._ranking.scores(terms, area), self._passages, strict=True)
        of_area = (pair for pair in scores if not area or pair[1].area in {area, COMMON})
        return sorted(of_area, key=lambda pair: -pair[0].rank)[: 2 * MOST]

    def _evidence(self, terms: tuple[Term, ...], found: list[tuple[Score, Passage]]) -> float:
        """How sure it is that a question with this best answer is ours at all."""
        if not found:
            return 0.0
        best = found[0][0]
        whole = sum(term.weight for term in terms) or 1.0
        unknown = sum(term.weight for term in terms if not term.known) / whole
        ours = sum(not self._anchors.isdisjoint(_surely(term)) for term in terms)
        return (
            _NEAR * best.near
            + _COVERED * best.covered
            + _MASS * min(best.mass, 2.0)
            + _OURS * min(ours, 2)
            - _UNKNOWN * unknown
            - _ELSEWHERE * self._elsewhere.nearest(terms)
        )


def _told(ranked: list[tuple[float, Passage]]) -> tuple[Answer, ...]:
    best = ranked[0][0]
    return tuple(
        Answer(passage, round(rank, 3))
        for rank, passage in ranked[:MOST]
        if rank >= best * ALSO_RAN
    )


def _surely(term: Term) -> Iterable[str]:
    """The word itself and what it is misspelt from, without other ways to say it."""
    return (way for way, sure in term.ways.items() if sure > OTHERWISE)
