"""Words in a professional's text that shift blame to a child, with another way to say it.

From the guidance's section Language and Labelling and the national Appropriate Language Guide.
It never blocks and never changes a text. What is not the writer's own label for a child is left
alone (bot.core.whose).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.core.phrases import Looked, look_for, vocabulary
from bot.core.reading import Reading, Spelling
from bot.core.whose import Own, Whose, compile_whose


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
class WordingRules:
    """The labels, compiled once."""

    spelling: Spelling
    labels: tuple[_Label, ...]
    own: Own


def compile_wording(
    labels: Iterable[Label],
    lists: Mapping[str, tuple[str, ...]] | None = None,
    means: Mapping[str, tuple[str, ...]] | None = None,
    keep: Iterable[str] = (),
    whose: Whose | None = None,
) -> WordingRules:
    """Rules made ready. Raises WrongPhrase for a phrase that is not in the language."""
    lists, labels, whose = lists or {}, tuple(labels), whose or Whose()
    written = [phrase for words in lists.values() for phrase in words]
    written += [phrase for label in labels for phrase in (*label.look_for, *label.unless)]
    written += [*whose.phrases(), *whose.adults, *whose.children]
    return WordingRules(
        Spelling(means or {}, vocabulary(written), frozenset(keep)),
        tuple(
            _Label(label, look_for(label.look_for, lists), look_for(label.unless, lists))
            for label in labels
        ),
        compile_whose(whose, lists),
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
    found = [(one.label, words) for one in rules.labels for words in _found(one, reading)]
    own = rules.own.of(text, reading)
    others = [words for _, words in found if not own(words)]
    for label, words in found:  # nor is `boyfriend` the writer's own in `not her older boyfriend`
        if not any(o.start <= words.start and words.stop <= o.stop for o in others):
            start, end = reading.spans[words[0]][0], reading.spans[words[-1]][1]
            yield label.id, Remark(start, end, text[start:end], label.why, label.instead)


def _found(one: _Label, reading: Reading) -> Iterator[range]:
    """Where the label stands and no ordinary use of it does."""
    found = one.found.spans(reading)
    ordinary = one.unless.spans(reading) if found else ()
    for words in found:
        if not any(o.start < words.stop and words.start < o.stop for o in ordinary):
            yield words
