"""Looking guidance up: SQLite's full-text search (FTS5) in memory, no network.

A question is taken word by word: stop words fall away, words that no passage uses are repaired
from those they do use, and each may be said in another way (synonyms). A passage is as good as the
share of the question that it answers, rare words counting most, and as its nearest title or
everyday phrase. Where the best answers too little of the question, there is no answer.
"""

from __future__ import annotations

import math
import re
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bot.adapters.ranking import ASKING, STOP, Indexed, Question, Term, score_of
from bot.adapters.spelling import SHORTEST, Vocabulary
from bot.core.guidance import COMMON, Answer, Passage
from bot.errors import BotError

MOST: Final = 10
ENOUGH: Final = 0.62  # less evidence is no answer (tuned on the own half alone)
ENOUGH_UNSURE: Final = 1.05  # and where no word says that the question is ours
ALSO_RAN: Final = 0.5  # what is told besides the best has at least this share of its score
_OTHERWISE: Final = 0.75  # a word that is said in another way counts so much
_UNKNOWN: Final = 1.4  # the weight of a word that no passage has, against the rarest one
_FIRST: Final = 3
_LITTLE: Final = 0.5  # the weight of a word of three letters that no passage has
_SURE: Final = 5
_REPAIRED: Final = 0.8  # a misspelt word counts so much
_UNSURE: Final = 0.6  # and a short one
_FORM: Final = re.compile(r"\b(cse|ce) ?([12])\b")
_MOST_WORDS: Final = 40
_WORD: Final = re.compile(r"[a-z0-9]+")
_SCHEMA: Final = """
create virtual table head using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table body using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table asked using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table head_words using fts5vocab('head', 'instance');
create virtual table body_words using fts5vocab('body', 'instance');
create virtual table asked_words using fts5vocab('asked', 'instance');
"""


class Search:
    """Passages, indexed once and kept for the life of the process."""

    def __init__(
        self,
        passages: Iterable[Passage],
        synonyms: Iterable[tuple[str, ...]] = (),
        anchors: Iterable[str] = (),
    ) -> None:
        self._stems: dict[str, str] = {}
        self._con = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._con.close)  # an edition goes when its last session does
        try:
            self._con.executescript(_SCHEMA)
        except sqlite3.OperationalError:
            raise BotError("search_without_fts5") from None
        held = tuple(passages)
        self._indexed = tuple(self._index(held))
        texts = " ".join(f"{p.title} {' '.join(p.also)} {p.whole}" for p in held)
        self._vocabulary = Vocabulary(_WORD.findall(texts.casefold()))
        self._rarity = _rarity(self._indexed)
        self._synonyms = self._stemmed(synonyms)
        self._anchors = frozenset(map(self._stem, anchors))
        self._said = frozenset(stem for ways in self._synonyms for way in ways for stem in way)

    def look_up(self, query: str, area: str = "") -> tuple[Answer, ...]:
        """At most ten answers, best first, of this area and the common ones (of every area when
        none is given); empty when nothing answers enough of the question.
        """
        question = self._question(query)
        scored = [
            (score_of(one, question, area), one.passage)
            for one in self._indexed
            if not area or one.passage.area in {area, COMMON}
        ]
        scored.sort(key=lambda pair: -pair[0].rank)
        if not scored or max(score.evidence for score, _ in scored[:_FIRST]) < self._enough(
            question
        ):
            return ()
        least = scored[0][0].rank * ALSO_RAN
        return tuple(
            Answer(passage, round(score.rank, 3))
            for score, passage in scored[:MOST]
            if score.rank >= least
        )

    def _enough(self, question: Question) -> float:
        ours = any(term.stem in self._anchors for term in question.terms)
        return ENOUGH if ours or not self._anchors else ENOUGH_UNSURE

    def _index(self, passages: tuple[Passage, ...]) -> Iterator[Indexed]:
        owners: list[int] = []
        self._con.execute("begin")
        for number, passage in enumerate(passages):
            for phrase in (passage.title, *passage.also):
                owners.append(number)
                self._con.execute("insert into head(words) values (?)", (plain(phrase),))
            body = plain(f"{passage.whole} {passage.clause}")
            self._con.execute("insert into body(words) values (?)", (body,))
        self._con.execute("commit")
        phrases: list[set[str]] = [set() for _ in owners]
        for stem, row in self._con.execute("select term, doc from head_words"):
            phrases[row - 1].add(stem)
        bodies: list[set[str]] = [set() for _ in passages]
        for stem, row in self._con.execute("select term, doc from body_words"):
            bodies[row - 1].add(stem)
        for number, passage in enumerate(passages):
            own = [frozenset(p) for p, o in zip(phrases, owners, strict=True) if o == number]
            heads = frozenset[str]().union(*own)
            yield Indexed(passage, tuple(own), heads, heads | bodies[number])

    def _stem(self, word: str) -> str:
        """The stem that the index uses; only words of the passages are remembered."""
        if word in self._stems:
            return self._stems[word]
        self._con.execute("insert into asked(words) values (?)", (word,))
        (stem,) = self._con.execute("select term from asked_words").fetchone()
        self._con.execute("delete from asked")
        if word in self._vocabulary.words:
            self._stems[word] = str(stem)
        return str(stem)

    def _stemmed(
        self, synonyms: Iterable[tuple[str, ...]]
    ) -> tuple[tuple[frozenset[str], ...], ...]:
        return tuple(
            tuple(frozenset(map(self._stem, _WORD.findall(plain(way)))) for way in ways)
            for ways in synonyms
        )

    def _question(self, query: str) -> Question:
        typed = list(dict.fromkeys(_WORD.findall(plain(query))))[:_MOST_WORDS]
        asked = [word for word in typed if word not in STOP]
        meant = {stems[0]: stems[1:] for stems in map(self._meant, asked)}
        everything = frozenset(map(self._stem, typed)) | frozenset(meant)
        terms = tuple(self._term(stem, others, everything) for stem, others in meant.items())
        wanted = frozenset[str]().union(*(term.stems for term in terms))
        whole = sum(term.weight for term in terms)
        return Question(terms, wanted, ASKING & frozenset(typed), whole, self._rarity[""])

    def _term(self, stem: str, repaired: tuple[str, ...], asked: frozenset[str]) -> Term:
        sure = _REPAIRED if len(stem) > _SURE else _UNSURE
        ways = frozenset(self._ways(stem, asked))
        alone = dict.fromkeys((one for way in ways if len(way) == 1 for one in way), _OTHERWISE)
        return Term(
            stem,
            self._rarity.get(stem) or self._unknown(stem),
            alone | dict.fromkeys(repaired, sure),
            tuple((way, _OTHERWISE) for way in ways if len(way) > 1),
            frozenset({stem, *repaired}).union(*ways),
        )

    def _meant(self, word: str) -> tuple[str, ...]:
        """The stem of a word as typed, then those of the words it may be misspelt from."""
        stem = self._stem(word)
        if stem in self._rarity or stem in self._said or word in self._vocabulary.words:
            return (stem,)
        return (stem, *dict.fromkeys(map(self._stem, self._vocabulary.near(word))))

    def _unknown(self, stem: str) -> float:
        return self._rarity[""] * _UNKNOWN * (_LITTLE if len(stem) < SHORTEST else 1.0)

    def _ways(self, stem: str, asked: frozenset[str]) -> Iterator[frozenset[str]]:
        """Other ways to say the phrase that this word of the question is part of."""
        for ways in self._synonyms:
            if any(stem in way and way <= asked for way in ways):
                yield from (way for way in ways if stem not in way)


def plain(text: str) -> str:
    """Small letters, without apostrophes; `CSE 1` and `CSE1` alike."""
    return _FORM.sub(r"\1\2", re.sub(r"['’]", "", text.casefold()))


def _rarity(indexed: tuple[Indexed, ...]) -> Mapping[str, float]:
    """How rare each stem is; "" stands for a word that no passage has."""
    counts: dict[str, int] = {}
    for one in indexed:
        for stem in one.words:
            counts[stem] = counts.get(stem, 0) + 1
    total = len(indexed) + 1
    rare = {stem: math.log(1 + total / count) for stem, count in counts.items()}
    return {**rare, "": math.log(1 + total)}
