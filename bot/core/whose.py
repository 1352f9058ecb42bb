"""Whose words these are and of whom they are said: the writer's own label for a child, or not.

Not the writer's label for a child: what stands in quotation marks, what somebody else is said to
have called the child, what is rejected, a name in capital letters, what is said of an adult, and
every sentence that is about words themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.phrases import Lists, Looked, look_for
from bot.core.reading import BREAK, Reading

_QUOTED: Final = re.compile(
    r"“[^”\n]{1,400}”|\"[^\"\n]{1,400}\"|«[^»\n]{1,400}»"
    r"|‘[^‘\n]{1,400}?’(?!\w)|(?<!\w)'[^'\n]{1,400}?(?:'\w[^'\n]{0,400}?)*'(?!\w)"
)
_OF: Final = frozenset({"of", "by"})
_SMALL: Final = frozenset({"the", "a", "an", "this", "these", "older", "adult", "her", "his"})
_YOUNG: Final = "young"  # a young man is a child here, whatever a man is
_OPENS: Final = re.compile(r"[:(•*\-–]\s*$")


@dataclass(frozen=True, slots=True)
class Whose:
    """How to tell: words for adults and for children; phrases (the language of bot.core.phrases)
    that make a sentence be about words, that hand the rest of a sentence to somebody else until
    it turns, and that reject the words right behind them.
    """

    adults: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    about_words: tuple[str, ...] = ()
    reported: tuple[str, ...] = ()
    turns: tuple[str, ...] = ()
    rejected: tuple[str, ...] = ()

    def phrases(self) -> tuple[str, ...]:
        """Every phrase of it."""
        return (*self.about_words, *self.reported, *self.turns, *self.rejected)


@dataclass(frozen=True, slots=True)
class Own:
    """The same, ready to use."""

    whose: Whose
    about_words: Looked
    reported: Looked
    turns: Looked
    rejected: Looked

    def of(self, text: str, reading: Reading) -> Callable[[range], bool]:
        """Whether given words of this text are the writer's own about a child."""
        sentence = reading.sentences
        quoted = [found.span() for found in _QUOTED.finditer(text)]
        silent = {sentence[words[-1]] for words in self.about_words.spans(reading)}
        reported = self.reported.spans(reading)
        turns = self.turns.spans(reading) if reported else ()
        rejected = self.rejected.spans(reading)

        def own(words: range) -> bool:
            start, end = reading.spans[words[0]][0], reading.spans[words[-1]][1]
            return not (
                sentence[words[-1]] in silent
                or any(first <= start and end <= last for first, last in quoted)
                or any(no.start < words.start <= no.stop for no in rejected)
                or any(
                    said.start < words.start
                    and sentence[said.start] == sentence[words.start]
                    and not any(said.stop <= turn.start < words.start for turn in turns)
                    for said in reported
                )
                or _is_a_name(text, reading, words)
                or _of_an_adult(reading, words, self.whose)
            )

        return own


def compile_whose(whose: Whose, lists: Lists) -> Own:
    """Made ready. Raises WrongPhrase."""
    return Own(
        whose,
        look_for(whose.about_words, lists),
        look_for(whose.reported, lists),
        look_for(whose.turns, lists),
        look_for(whose.rejected, lists),
    )


def _is_a_name(text: str, reading: Reading, words: range) -> bool:
    """Whether every one of these words has a capital, in the middle of a sentence, beside a word
    without one: `the Risky Choices group`, and not a whole heading in capitals.
    """
    spans = reading.spans[words.start - 1 : words.stop + 1]
    before, after = (text[start:end] for start, end in (spans[0], spans[-1]))
    if spans[0][0] < 0 or _OPENS.search(text[: spans[1][0]]):
        return False
    named = all(
        text[start].isupper() and not text[start:end].isupper() for start, end in spans[1:-1]
    )
    return named and (before.islower() or after.islower())


def _of_an_adult(reading: Reading, words: range, whose: Whose) -> bool:
    """Whether an adult is named behind these words with `of` or `by` (`risky behaviour of the
    suspect`), or is the nearest person before them in the sentence.
    """
    line = reading.line.split()
    if line[words.stop] in _OF:
        behind = next((word for word in line[words.stop + 1 :] if word not in _SMALL), BREAK)
        if behind in whose.adults:
            return True
    named = (n for n in reversed(range(words[0])) if _is_somebody(line[n], whose))
    nearest = next(named)  # a text begins with a break
    return line[nearest] in whose.adults and line[nearest - 1] != _YOUNG


def _is_somebody(word: str, whose: Whose) -> bool:
    return word == BREAK or word in whose.children or word in whose.adults
