"""Answers as the numbered lines of a review: short enough to be read by somebody who is tired."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from bot.core.catalogue import Catalogue
from bot.core.dialog import Tick
from bot.core.facts import LONG_TEXT_LIMIT, NO, YES
from bot.core.saying import answer_words, heading, prefix_of, question
from bot.core.session import Answer, Said
from bot.core.shown import shortened, units
from bot.core.walk import Visit

REVIEW_FITS: Final = 2800  # UTF-16 units of a review; the checker counts every other part
_SHORTER: Final = (LONG_TEXT_LIMIT, 160, 80, 40, 20)  # of one answer, the first that lets all fit


class _Line(NamedTuple):
    """What one line says. `empty`: it tells nothing, so others that say the same may join it."""

    first: int
    last: int
    name: str
    words: str
    empty: bool
    part: str  # the dialog it was asked in

    @property
    def head(self) -> str:
        """The number or numbers, and what was asked."""
        numbers = f"{self.first}" if self.first == self.last else f"{self.first}–{self.last}"
        return f"{numbers}. {self.name}" + ("" if self.name.endswith("?") else ":")


def review_lines(
    catalogue: Catalogue, visits: tuple[Visit, ...], *, room: int = REVIEW_FITS, first: int = 1
) -> str:
    """Each answer on a line of its own, numbered; those in a row that say the same nothing on one.
    What was asked in another dialog stands apart. Long ones are shortened when all would not fit
    into so many UTF-16 units.
    """
    lines = _joined([_line(catalogue, visits, at, first) for at in range(len(visits))])
    text = ""
    for limit in _SHORTER:
        text = "".join(
            f"{_gap(above, line)}{line.head} {shortened(line.words, limit)}"
            for above, line in zip((None, *lines), lines, strict=False)
        )
        if units(text) <= room:
            return text
    return shortened(text, room)


def _gap(above: _Line | None, line: _Line) -> str:
    if above is None:
        return ""
    return "\n" if above.part == line.part else "\n\n"


def _line(catalogue: Catalogue, visits: tuple[Visit, ...], at: int, first: int) -> _Line:
    """A sign is named where it was ticked or, if more was said of it, there alone."""
    visit, above = visits[at], visits[at - 1].about if at else ""
    name = question(visit) if visit.about and visit.about == above else heading(visit)
    words = _ticked(catalogue, visit, visits[at + 1 :]) or answer_words(visit, catalogue.labels)
    number = first + at
    return _Line(number, number, name, words, _is_empty(visit.answer), prefix_of(visit))


def _ticked(catalogue: Catalogue, visit: Visit, below: tuple[Visit, ...]) -> str:
    """What is said of a tick screen of which some signs are described below; else empty."""
    step, answer = visit.step, visit.answer
    if not isinstance(step, Tick) or step.details is None or answer is None:
        return ""
    told = {m.value for m in step.marks if _told(f"{visit.place}.{m.value}/", below)}
    rest = replace(answer, marks=tuple(mark for mark in answer.marks if mark[0] not in told))
    if not told or _is_empty(rest):
        return YES if told else ""
    return f"{YES}; {answer_words(visit._replace(answer=rest), catalogue.labels)}"


def _told(prefix: str, below: tuple[Visit, ...]) -> bool:
    return any(visit.place.startswith(prefix) for visit in below)


def _is_empty(answer: Answer | None) -> bool:
    """Whether it tells nothing: left out, not known, or nothing ticked."""
    if answer is None or answer.said is not Said.MARKS:
        return answer is None or answer.said in {Said.SKIPPED, Said.UNSURE}
    return all(said == NO for _, said in answer.marks)


def _alike(above: _Line, line: _Line) -> bool:
    same = above.words == line.words and above.part == line.part
    return same and above.empty and line.empty


def _joined(lines: list[_Line]) -> list[_Line]:
    """Lines in a row that are empty in the same words, as one."""
    kept: list[_Line] = []
    for line in lines:
        above = kept[-1] if kept else None
        if above and _alike(above, line):
            kept[-1] = above._replace(last=line.last, name=f"{above.name}; {line.name}")
        else:
            kept.append(line)
    return kept
