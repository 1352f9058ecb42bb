"""Signs in somebody's own words that a person is in danger now.

A cue is found where one of its phrases stands, unless one of its exceptions stands there too, or
the sentence is about something else: the past, a workshop, "not an emergency". Beside the signs
all words are weighed (bot.core.weighing). It only ever asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.core.needs import Which
from bot.core.phrases import Looked, look_for, vocabulary
from bot.core.reading import Reading, Spelling
from bot.core.weighing import Points

_ONE_WORD: Final = (
    3  # a single word is a sign or nothing: "send" (with the line's ends and breaks)
)
WEIGHED: Final = "words"  # the cue's id where no sign stands and the words together weigh enough


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign of danger in a text: which, and where, in code points, end exclusive."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sign:
    """What to look for, as a safeguarding lead writes it (the language of bot.core.phrases)."""

    id: str
    look_for: tuple[str, ...]
    together_with: tuple[str, ...] = ()  # one of these in the same sentence or one beside it
    unless: tuple[str, ...] = ()  # not where one of these stands on the same words
    despite: tuple[str, ...] = ()  # contexts that do not silence it


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence, or a whole message, is about when it is not about danger now."""

    id: str
    look_for: tuple[str, ...]
    whole: bool = False  # silences the whole message, not only the sentence
    not_with: tuple[str, ...] = ()  # does not count beside one of these


@dataclass(frozen=True, slots=True)
class _Sign:
    id: str
    found: Looked
    beside: Looked | None
    unless: Looked
    despite: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Context:
    id: str
    found: Looked
    whole: bool
    not_with: Looked


@dataclass(frozen=True, slots=True)
class DangerRules:
    """The signs, compiled once."""

    spelling: Spelling
    signs: tuple[_Sign, ...]
    contexts: tuple[_Context, ...]
    points: Points = field(default_factory=Points)
    may_stand: Which = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        which = Which(tuple(sign.found.needs for sign in self.signs))
        object.__setattr__(self, "may_stand", which)


def compile_danger(
    signs: Iterable[Sign],
    contexts: Iterable[Context] = (),
    lists: Mapping[str, tuple[str, ...]] | None = None,
    means: Mapping[str, tuple[str, ...]] | None = None,
    keep: Iterable[str] = (),
    points: Points | None = None,
) -> DangerRules:
    """Rules made ready. Raises WrongPhrase for a phrase that is not in the language."""
    lists, signs, contexts = lists or {}, tuple(signs), tuple(contexts)
    written = [phrase for words in lists.values() for phrase in words]
    written += [p for s in signs for p in (*s.look_for, *s.together_with, *s.unless)]
    written += [p for c in contexts for p in (*c.look_for, *c.not_with)]
    known = vocabulary(written)
    return DangerRules(
        Spelling(means or {}, known, frozenset(keep) - known),
        tuple(
            _Sign(
                sign.id,
                look_for(sign.look_for, lists),
                look_for(sign.together_with, lists) if sign.together_with else None,
                look_for(sign.unless, lists),
                frozenset(sign.despite),
            )
            for sign in signs
        ),
        tuple(
            _Context(c.id, look_for(c.look_for, lists), c.whole, look_for(c.not_with, lists))
            for c in contexts
        ),
        points or Points(),
    )


def find(text: str, rules: DangerRules) -> tuple[Cue, ...]:
    """Every sign of danger in the text, in order of place; empty when there is none."""
    reading = rules.spelling.read(text)
    weighed = rules.points.weigh(reading)
    if not weighed.with_sign:  # most messages; looking for signs is what costs
        return ()
    cues = {_cue(sign.id, reading, words) for sign, words in _signs(reading, rules)}
    alone = weighed.alone and len(reading.known) > _ONE_WORD
    if not cues and alone and (most := rules.points.most(reading)):
        cues = {_cue(WEIGHED, reading, most)}
    return tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.id)))


def signed(reading: Reading, rules: DangerRules) -> bool:
    """Whether a sign stands in a message that no context silences."""
    return any(_signs(reading, rules))


def _cue(id_: str, reading: Reading, words: range) -> Cue:
    return Cue(id_, reading.spans[words[0]][0], reading.spans[words[-1]][1])


def _signs(reading: Reading, rules: DangerRules) -> Iterator[tuple[_Sign, range]]:
    """The signs that stand in a message, those that a context silences left out."""
    signs = [rules.signs[number] for number in rules.may_stand.may_be_met(reading.known)]
    stand = [(sign, words) for sign in signs for words in _standing(reading, sign)]
    silent = dict(_silences(reading, rules)) if stand else {}
    for sign, words in stand:
        there = reading.sentences[words[-1]]
        counted = (s for context, s in silent.items() if context not in sign.despite)
        if not any(there in sentences for sentences in counted):
            yield sign, words


def _standing(reading: Reading, sign: _Sign) -> Iterator[range]:
    """Where a sign stands, its exceptions and its company looked at."""
    found = sign.found.spans(reading)
    if not found:
        return
    excepted = sign.unless.spans(reading)
    beside = None if sign.beside is None else _sentences(reading, sign.beside)
    for words in found:
        near = reading.sentences[words[-1]]
        alone = beside is not None and not beside & {near - 1, near, near + 1}
        if not alone and not any(_overlap(words, other) for other in excepted):
            yield words


def _silences(reading: Reading, rules: DangerRules) -> Iterator[tuple[str, frozenset[int]]]:
    """Each context that is there, with the sentences it silences."""
    everywhere = frozenset(reading.sentences)
    for context in rules.contexts:
        there = _sentences(reading, context.found)
        if there:
            there -= _sentences(reading, context.not_with)
        if there:
            yield context.id, everywhere if context.whole else there


def _sentences(reading: Reading, looked: Looked) -> frozenset[int]:
    return frozenset(reading.sentences[words[-1]] for words in looked.spans(reading))


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
