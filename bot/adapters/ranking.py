"""How well a passage answers a question: pure arithmetic over the stems of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from bot.core.guidance import Passage

_ONLY_TEXT: Final = 0.75  # a word of the question that stands only in the text counts so much
_NEAREST: Final = 0.2  # the weight of the nearest phrase against that of the words
_OWN_AREA: Final = 1.05
_TITLE: Final = 0.06  # for the title being near
_MASS: Final = 0.28  # how much rare words count as evidence
_NEAR: Final = 0.4
_ASKED_SO: Final = 0.08  # for a near phrase that asks the same: who, when, where
_BESIDES: Final = 0.25  # what a word costs that the phrase says and the question does not
ASKING: Final = frozenset({"who", "when", "where", "why", "how", "often", "long", "soon", "many"})
STOP: Final = ASKING | frozenset(
    """a an the of to in on at for from by with and or but if then so as is are was were be been
    being am do does did doing done can could should would will shall may might must have has had
    having i me my we us our you your he him his she her they them their it its this that these
    those there here what whats which whom whose about into out up off over not no any some please
    just get gets getting got need needs want wants wanted know knows tell tells telling told im
    ive id dont doesnt didnt cant isnt arent wasnt wont hes shes theyre thats also than too very
    use used someone somebody anyone everyone happen happens going go goes went ask asked like
    make makes made think thinks thought s t re ve ll m one thing things way hi hello thanks see
    seen till until already still really next keep keeps year years old stand stands mean means
    meaning let lets say says said saying two ever actually other more most after before again
    myself ok okay right well now supposed able another day much come comes came coming put puts
    find finds out back away around look looks looking give gives gave given take takes took start
    started starts hang hanging carry carries set sets sit sits down yet even only because while
    through between both each few own same such during without within across against per via try
    trying tried feel feels seem seems wonder worried worry bit lot lots kind sort reckon maybe
    whos anything something nothing nobody everybody kept keeping been since ages always
    never every half first last few near far best better good bad big small quick quickly
    """.split()  # noqa: SIM905 - as plain words it can be read
)


class Score(NamedTuple):
    """`rank` orders passages (0: nothing of it, a little over 1: all of it); `evidence` says
    whether it answers at all: the share of the question that it says, and how rare those words
    are.
    """

    rank: float
    evidence: float


@dataclass(frozen=True, slots=True)
class Indexed:
    """A passage as stems: of each title and everyday phrase, of all of these, of everything."""

    passage: Passage
    phrases: tuple[frozenset[str], ...]
    heads: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: its stem, and how much each other way to say it counts: a stem, or
    several together where a phrase means the same.
    """

    stem: str
    weight: float
    alone: Mapping[str, float]
    together: tuple[tuple[frozenset[str], float], ...]
    stems: frozenset[str]  # all of these

    def said(self, stems: frozenset[str]) -> float:
        """How well these stems say the word, from 0 to 1."""
        if self.stem in stems:
            return 1.0
        alone = max((self.alone[stem] for stem in self.alone.keys() & stems), default=0.0)
        return max((alone, *(much for way, much in self.together if way <= stems)))


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: its words, every stem that may say them, who/when/where, and its weight."""

    terms: tuple[Term, ...]
    wanted: frozenset[str]
    asking: frozenset[str]
    whole: float
    rarest: float  # the weight of a word that one passage alone has


def score_of(one: Indexed, asked: Question, area: str) -> Score:
    """How near this passage is, for the order, and how much of the question it answers."""
    if one.words.isdisjoint(asked.wanted):
        return Score(0.0, 0.0)
    mass = sum(term.weight * _stands(one, term) for term in asked.terms)
    near = [(_nearness(phrase, asked), phrase) for phrase in one.phrases]
    asked_so = any(much >= _NEAR and phrase & asked.asking for much, phrase in near)
    own = _OWN_AREA if area and one.passage.area == area else 1.0
    words = mass / asked.whole
    rank = own * (words * (1 - _NEAREST) + max(much for much, _ in near) * _NEAREST)
    rank += _TITLE * near[0][0] + (_ASKED_SO if asked_so else 0.0)
    return Score(rank, words + _MASS * mass / asked.rarest)


def _stands(one: Indexed, term: Term) -> float:
    in_heads = term.said(one.heads)
    return in_heads if in_heads == 1 else max(in_heads, _ONLY_TEXT * term.said(one.words))


def _nearness(phrase: frozenset[str], asked: Question) -> float:
    """How much of the question one phrase says, less for what else it says."""
    if phrase.isdisjoint(asked.wanted):
        return 0.0
    shared = sum(term.weight * term.said(phrase) for term in asked.terms)
    hits = sum(term.stem in phrase for term in asked.terms)
    extra = max(0, len(phrase - STOP) - max(hits, 1))
    return shared / (asked.whole * (1 + _BESIDES * extra / len(asked.terms)))
