"""What is asked: a question as weighted words, each with the other ways to say it.

Small words fall away; `who` and `when`, everyday verbs and words for people count less.
A word that no passage uses is repaired from those they do use. A word, or a phrase that the
question holds, may be said in another way (synonyms).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.adapters.spelling import SHORTEST, Vocabulary
from bot.adapters.stemming import stem

ASKING: Final = frozenset(
    "who when where why how what which whose long often soon many much".split()  # noqa: SIM905
)
STOP: Final = frozenset(
    """a an the of to in on at for from by with and or but if then so as is are was were be been
    being am do does did doing done can could should would will shall may might must have has had
    having i me my we us our you your he him his she her they them their it its this that these
    those there here whats whom about into out up off over not no any some please just get gets
    getting got need needs want wants wanted im ive id dont doesnt didnt cant isnt arent wasnt
    wont hes shes theyre thats also than too very s t re ve ll m hi hello thanks ok okay really
    ever actually such during within without against per via each few own same again myself us u
    ur r plz pls n
    """.split()  # noqa: SIM905 - as plain words it can be read
)
EVERYDAY: Final = frozenset(
    """know knows tell tells telling told use used someone somebody anyone everyone happen happens
    going go goes went ask asked like make makes made think thinks thought one thing things way
    see seen till until already still next keep keeps year years old mean means meaning let say
    says said saying two other more most after before right well now supposed able another day
    come comes came coming put puts find finds back away look looks looking give gives gave given
    take takes took start started set sit down yet even only because while through between both
    trying tried try feel feels worried worry bit lot lots sort maybe anything something nothing
    nobody been since always never every half first last near far best better good bad big small
    """.split()  # noqa: SIM905
)
PEOPLE: Final = frozenset(
    """teacher ta tutor nurse midwife doctor gp visitor carer foster worker social police officer
    neighbour neighbours mum mam mother dad father parent parents nan gran grandmother aunt uncle
    daughter son niece nephew sister brother granddaughter grandson girl girls boy boys lad lass
    child children kid kids teenager teen pupil student young person people youngster resident
    client colleague friend school college home unit class club secondary primary work working
    family woman man men guy bloke
    """.split()  # noqa: SIM905 - who asks, and about whom: seldom what is asked
)
_ASKING: Final = 0.35  # how much such words weigh against another of the same rarity
_EVERYDAY: Final = 0.6
_PEOPLE: Final = 0.5
_UNKNOWN: Final = 0.5  # a word of up to three letters that no passage has, against a longer one
OTHERWISE: Final = 0.55  # a word that is said in another way counts so much
_REPAIRED: Final = 0.8  # and a misspelt one
_MOST_WORDS: Final = 40
_FORM: Final = re.compile(r"\b(cse|ce) ?([12])\b")
_WORD: Final = re.compile(r"[a-z0-9]+")
_PARTS: Final = re.compile(r"[.,;:?!\n]| - |\b(?:and|but|so|because|who|which|that)\b")
_OF_A_PART: Final = 2  # a part has so many words at least that say what is asked

Ways = tuple[frozenset[str], ...]


def words(text: str) -> list[str]:
    """The words of a text in small letters, without apostrophes; `CSE 1` and `CSE1` alike."""
    return _WORD.findall(_FORM.sub(r"\1\2", re.sub(r"['’]", "", text.casefold())))


def told(text: str) -> frozenset[str]:
    """The stems of a text that say something."""
    return frozenset(stem(word) for word in words(text) if word not in STOP)


_LIGHT: Final = (
    {stem(word): _PEOPLE for word in PEOPLE}
    | {stem(word): _EVERYDAY for word in EVERYDAY}
    | {stem(word): _ASKING for word in ASKING}
)


def parts(question: str) -> tuple[str, ...]:
    """The sentences and clauses of a question that could be one of their own. People say who they
    are before they ask: "I foster a girl of 14 and she is with older men, what do I write down".
    """
    found = tuple(part.strip() for part in _PARTS.split(question.casefold()))
    said = tuple(part for part in found if len(told(part) - _LIGHT.keys()) >= _OF_A_PART)
    return () if len(found) == 1 else said


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a question: how much it weighs, each stem that may say it and how well (its own
    is 1), and phrases that may say it. `known` is whether any passage has one of the stems.
    """

    stem: str
    weight: float
    ways: Mapping[str, float]
    phrases: Ways
    known: bool


class Language:
    """The words of all passages: how rare each is, and what else means the same."""

    def __init__(
        self, texts: Iterable[frozenset[str]], spelt: Iterable[str], synonyms: Iterable[Ways]
    ) -> None:
        held = tuple(texts)
        total, counts = len(held), Counter(one for text in held for one in text)
        self.rarest = math.log(1 + (total + 0.5) / 0.5)
        self.weights: Mapping[str, float] = {
            one: _LIGHT.get(one, 1.0) * math.log(1 + (total - count + 0.5) / (count + 0.5))
            for one, count in counts.items()
        }
        self._vocabulary = Vocabulary(spelt)
        self._groups: dict[str, list[tuple[frozenset[str], Ways]]] = {}
        for ways in synonyms:
            for way in ways:
                for one in way:
                    self._groups.setdefault(one, []).append((way, ways))

    def weight(self, one: str) -> float:
        """How much a stem says: the rarer, the more; one that no passage has most of all."""
        held = self.weights.get(one)
        return self.rarest * _LIGHT.get(one, 1.0) if held is None else held

    def terms(self, question: str) -> tuple[Term, ...]:
        """The words of a question, each once."""
        typed = [word for word in dict.fromkeys(words(question)) if word not in STOP]
        meant = {stem(word): self._meant(word) for word in typed[:_MOST_WORDS]}
        everything = frozenset(meant) | frozenset(one for ones in meant.values() for one in ones)
        return tuple(self._term(one, ones, everything) for one, ones in meant.items())

    def _meant(self, word: str) -> tuple[str, ...]:
        """The stems of the words that one which no passage knows may be misspelt from."""
        own = stem(word)
        if own in self.weights or own in self._groups:
            return ()
        return tuple(dict.fromkeys(map(stem, self._vocabulary.near(word))))

    def _term(self, own: str, repaired: tuple[str, ...], asked: frozenset[str]) -> Term:
        nearest = repaired[0] if repaired else own
        others = tuple(self._others(nearest, asked))
        ways = {one: OTHERWISE for way in others if len(way) == 1 for one in way}
        ways |= dict.fromkeys(repaired, _REPAIRED) | {own: 1.0}
        weight = self.weights.get(nearest)
        if weight is None:
            weight = self.rarest * (1.0 if len(own) >= SHORTEST else _UNKNOWN)
        known = any(one in self.weights for one in ways)
        return Term(own, weight, ways, tuple(way for way in others if len(way) > 1), known)

    def _others(self, own: str, asked: frozenset[str]) -> Iterator[frozenset[str]]:
        """Other ways to say the phrase that this word of the question is part of."""
        for way, ways in self._groups.get(own, ()):
            if way <= asked:
                yield from (other for other in ways if own not in other)
