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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.adapters.spelling import SHORTEST, Vocabulary
from bot.core.guidance import COMMON, Answer, Passage
from bot.errors import BotError

MOST: Final = 10
ENOUGH: Final = 0.5  # a best answer below this is none (tuned on the own half alone)
ALSO_RAN: Final = 0.5  # what is told besides the best has at least this share of its score
_ONLY_TEXT: Final = 0.75  # a word of the question that stands only in the text counts so much
_OTHERWISE: Final = 0.8  # and a word that stands there said in another way
_NEAREST: Final = 0.3  # the weight of the nearest phrase against that of the words
_BESIDES: Final = 0.25  # what a word costs that the phrase says and the question does not
_LITTLE: Final = 0.5  # the weight of a word of three letters that no passage has
_SURE: Final = 5
_OWN_AREA: Final = 1.05
_FORM: Final = re.compile(r"\b(cse|ce) ?([12])\b")
_MOST_WORDS: Final = 40
_WORD: Final = re.compile(r"[a-z0-9]+")
_STOP: Final = frozenset(
    """a an the of to in on at for from by with and or but if then so as is are was were be been
    being am do does did done can could should would will shall may might must have has had i me my
    we us our you your he him his she her they them their it its this that these those there here
    what who whom which how why about into out up not no any some please just get got need want
    know tell im ive id dont cant isnt whats hes shes theyre also than too very when where use
    someone somebody anyone happens happen going go ask like make think s t re ve ll m one thing
    things way re hi hello thanks""".split()  # noqa: SIM905 - plain words read better
)
_SCHEMA: Final = """
create virtual table head using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table body using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table asked using fts5(words, tokenize='porter unicode61 remove_diacritics 2');
create virtual table head_words using fts5vocab('head', 'instance');
create virtual table body_words using fts5vocab('body', 'instance');
create virtual table asked_words using fts5vocab('asked', 'instance');
"""


@dataclass(frozen=True, slots=True)
class _Indexed:
    """A passage as stems: of each title and everyday phrase, of all of these, of everything."""

    passage: Passage
    phrases: tuple[frozenset[str], ...]
    heads: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Term:
    """One word of a question: its stem, and the stems that mean the same (several together where
    a phrase does).
    """

    stem: str
    weight: float
    others: tuple[tuple[frozenset[str], float], ...]  # and how much each counts


class Search:
    """Passages, indexed once and kept for the life of the process."""

    def __init__(
        self, passages: Iterable[Passage], synonyms: Iterable[tuple[str, ...]] = ()
    ) -> None:
        self._stems: dict[str, str] = {}
        self._con = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
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

    def look_up(self, query: str, area: str = "") -> tuple[Answer, ...]:
        """At most ten answers, best first, of this area and the common ones (of every area when
        none is given); empty when nothing answers enough of the question.
        """
        terms = self._terms(query)
        found = [
            Answer(one.passage, round(score, 3))
            for one in self._indexed
            if not area or one.passage.area in {area, COMMON}
            if (score := _score(one, terms, area)) > 0
        ]
        found.sort(key=lambda answer: -answer.score)
        if not found or found[0].score < ENOUGH:
            return ()
        least = found[0].score * ALSO_RAN
        return tuple(answer for answer in found[:MOST] if answer.score >= least)

    def _index(self, passages: tuple[Passage, ...]) -> Iterator[_Indexed]:
        owners: list[int] = []
        for number, passage in enumerate(passages):
            for phrase in (passage.title, *passage.also):
                owners.append(number)
                self._con.execute("insert into head(words) values (?)", (plain(phrase),))
            body = plain(f"{passage.whole} {passage.clause}")
            self._con.execute("insert into body(words) values (?)", (body,))
        phrases: list[set[str]] = [set() for _ in owners]
        for stem, row in self._con.execute("select term, doc from head_words"):
            phrases[row - 1].add(stem)
        bodies: list[set[str]] = [set() for _ in passages]
        for stem, row in self._con.execute("select term, doc from body_words"):
            bodies[row - 1].add(stem)
        for number, passage in enumerate(passages):
            own = [frozenset(p) for p, o in zip(phrases, owners, strict=True) if o == number]
            heads = frozenset[str]().union(*own)
            yield _Indexed(passage, tuple(own), heads, heads | bodies[number])

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

    def _terms(self, query: str) -> tuple[_Term, ...]:
        typed = list(dict.fromkeys(_WORD.findall(plain(query))))[:_MOST_WORDS]
        asked = [word for word in typed if word not in _STOP]
        meant = {stems[0]: stems[1:] for stems in map(self._meant, asked)}
        everything = frozenset(map(self._stem, typed)) | frozenset(meant)
        return tuple(
            _Term(
                stem,
                self._rarity.get(stem) or self._unknown(stem),
                (*_repairs(stem, others), *self._ways(stem, everything)),
            )
            for stem, others in meant.items()
        )

    def _meant(self, word: str) -> tuple[str, ...]:
        """The stem of a word as typed, then those of the words it may be misspelt from."""
        stem = self._stem(word)
        if stem in self._rarity or word in self._vocabulary.words:
            return (stem,)
        return (stem, *dict.fromkeys(map(self._stem, self._vocabulary.near(word))))

    def _unknown(self, stem: str) -> float:
        return self._rarity[""] * (_LITTLE if len(stem) < SHORTEST else 1.0)

    def _ways(self, stem: str, asked: frozenset[str]) -> Iterator[tuple[frozenset[str], float]]:
        """Other ways to say the phrase that this word of the question is part of."""
        for ways in self._synonyms:
            if any(stem in way and way <= asked for way in ways):
                yield from ((way, _OTHERWISE) for way in ways if stem not in way)


def _repairs(typed: str, stems: tuple[str, ...]) -> Iterator[tuple[frozenset[str], float]]:
    """What a word may be misspelt from; the shorter it is, the less sure."""
    sure = 0.9 if len(typed) > _SURE else 0.65
    yield from ((frozenset({stem}), sure) for stem in stems)


def plain(text: str) -> str:
    """Small letters, without apostrophes; `CSE 1` and `CSE1` alike."""
    return _FORM.sub(r"\1\2", re.sub(r"['’]", "", text.casefold()))


def _rarity(indexed: tuple[_Indexed, ...]) -> Mapping[str, float]:
    """How rare each stem is; "" stands for a word that no passage has."""
    counts: dict[str, int] = {}
    for one in indexed:
        for stem in one.words:
            counts[stem] = counts.get(stem, 0) + 1
    total = len(indexed) + 1
    rare = {stem: math.log(1 + total / count) for stem, count in counts.items()}
    return {**rare, "": math.log(1 + total)}


def _score(one: _Indexed, terms: tuple[_Term, ...], area: str) -> float:
    whole = sum(term.weight for term in terms)
    if not whole:
        return 0.0
    words = sum(term.weight * _stands(one, term) for term in terms) / whole
    if not words:
        return 0.0
    near = max(_nearness(phrase, terms, whole) for phrase in one.phrases)
    own = _OWN_AREA if area and one.passage.area == area else 1.0
    return own * (words * (1 - _NEAREST) + near * _NEAREST)


def _stands(one: _Indexed, term: _Term) -> float:
    if term.stem in one.heads:
        return 1.0
    in_heads = max((much for way, much in term.others if way <= one.heads), default=0.0)
    in_words = max((much for way, much in term.others if way <= one.words), default=0.0)
    return max(in_heads, _ONLY_TEXT * (1.0 if term.stem in one.words else in_words))


def _nearness(phrase: frozenset[str], terms: tuple[_Term, ...], whole: float) -> float:
    """How much of the question one phrase says, less for what else it says."""
    shared, hits = 0.0, 0
    for term in terms:
        if term.stem in phrase:
            shared, hits = shared + term.weight, hits + 1
        else:
            much = max((much for way, much in term.others if way <= phrase), default=0.0)
            shared += term.weight * much
    extra = max(0, len(phrase - _STOP) - max(hits, 1))
    return shared / (whole + _BESIDES * extra * (whole / len(terms)))
