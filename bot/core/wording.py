"""Words in a professional's text that shift blame to a child, with another way to say it.

From the guidance's section Language and Labelling and the national Appropriate Language Guide.
It never blocks and never changes a text. What stands in quotation marks is somebody else's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.phrases import Looked, look_for, vocabulary
from bot.core.reading import BREAK, Reading, Spelling

_QUOTED: Final = re.compile(
    r"“[^”\n]{1,400}”|\"[^\"\n]{1,400}\"|«[^»\n]{1,400}»"
    r"|‘[^‘\n]{1,400}?’(?!\w)|(?<!\w)'[^'\n]{1,400}?(?:'\w[^'\n]{0,400}?)*'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Remark:
    """Words to think about: where (code points, end exclusive), why, and what to say instead."""

    start: int
    end: int
    term: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Label:
    """One way of blaming, as an author writes it (the language of bot.core.phrases)."""

    id: str
    look_for: tuple[str, ...]
    why: str
    instead: str
    unless: tuple[str, ...] = ()  # ordinary uses: not where one of these stands on the same words


@dataclass(frozen=True, slots=True)
class _Label:
    label: Label
    found: Looked
    unless: Looked


@dataclass(frozen=True, slots=True)
class Whose:
    """Whom a sentence is about: words for adults and for children, and what makes a sentence be
    about words themselves.
    """

    adults: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    about_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordingRules:
    """The labels, compiled once."""

    spelling: Spelling
    labels: tuple[_Label, ...]
    whose: Whose
    about_words: Looked


def compile_wording(
    labels: Iterable[Label],
    lists: Mapping[str, tuple[str, ...]] | None = None,
    means: Mapping[str, tuple[str, ...]] | None = None,
    keep: Iterable[str] = (),
    whose: Whose | None = None,
) -> WordingRules:
    """Rules made ready. Raises WrongPhrase for a phrase that is not in the language."""
    lists, labels = lists or {}, tuple(labels)
    written = [phrase for words in lists.values() for phrase in words]
    written += [phrase for label in labels for phrase in (*label.look_for, *label.unless)]
    return WordingRules(
        Spelling(means or {}, vocabulary(written), frozenset(keep)),
        tuple(
            _Label(label, look_for(label.look_for, lists), look_for(label.unless, lists))
            for label in labels
        ),
        whose or Whose(),
        look_for(whose.about_words if whose else (), lists),
    )


def look(text: str, rules: WordingRules) -> tuple[Remark, ...]:
    """Every remark about the text in order of place, none wholly inside another."""
    remarks: list[Remark] = []
    found = (remark for _, remark in _remarks(text, rules))
    for remark in sorted(found, key=lambda r: (r.start, -r.end)):
        if not (remarks and remark.end <= remarks[-1].end):
            remarks.append(remark)
    return tuple(remarks)


def labels_in(text: str, rules: WordingRules) -> frozenset[str]:
    """The ids of the labels found in the text."""
    return frozenset(id_ for id_, _ in _remarks(text, rules))


def _remarks(text: str, rules: WordingRules) -> Iterator[tuple[str, Remark]]:
    reading = rules.spelling.read(text)
    quoted = [found.span() for found in _QUOTED.finditer(text)]
    silent = {reading.sentences[words[-1]] for words in rules.about_words.spans(reading)}
    for one in rules.labels:
        found = one.found.spans(reading)
        ordinary = one.unless.spans(reading) if found else ()
        for words in found:
            if any(o.start < words.stop and words.start < o.stop for o in ordinary):
                continue
            if reading.sentences[words[-1]] in silent or _of_an_adult(reading, words, rules.whose):
                continue
            start, end = reading.spans[words[0]][0], reading.spans[words[-1]][1]
            if not any(first <= start and end <= last for first, last in quoted):
                label = one.label
                yield label.id, Remark(start, end, text[start:end], label.why, label.instead)


def _of_an_adult(reading: Reading, words: range, whose: Whose) -> bool:
    """Whether the nearest person named before these words of the sentence is an adult."""
    before = reading.line.split()[: words[0]]
    named = (w for w in reversed(before) if w == BREAK or w in whose.children or w in whose.adults)
    return next(named, BREAK) in whose.adults
