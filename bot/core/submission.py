"""A submission: what a conversation hands over to one route, and its exact content.

Answers of dialogs that the route does not take stay behind, so a child's name never reaches an
intelligence mailbox (source: Wirral, Intelligence and Information Gathering).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.facts import Value
from bot.core.finding import Finding
from bot.core.session import Said


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question as it was asked and the answer as it was given, in words."""

    step: str  # dialog id and step id, with the item number in a repeat: "common/person#2.looks"
    question: str  # with what it is about: "Person 2: Looks"
    answer: str
    said: Said = Said.VALUE  # so that not known, left out and not asked keep their own words
    fact: str = ""  # the fact it sets; empty for a tick screen
    item: str = ""  # which of several it is about: "Person 2", or the words of a sign


@dataclass(frozen=True, slots=True)
class Submission:
    """What goes to one route. Holds no identity and no time finer than the day."""

    route: str
    kind: str
    area: str
    day: str  # YYYY-MM-DD, Europe/London
    anonymous: bool
    facts: Mapping[str, Value]
    indicators: Mapping[str, str]
    answers: tuple[AnswerLine, ...]
    finding: Finding
    editions: Mapping[str, str] = field(default_factory=dict)
    adds_to: str = ""  # the reference of the report it adds to
    mark: str = ""  # a word to the reader about how it came; never about who

    def as_json(self, reference: str) -> dict[str, Any]:
        """The content of `submission.json` (contracts.md, Mail), ready for json.dumps."""
        return {
            "reference": reference,
            "kind": self.kind,
            "area": self.area,
            "route": self.route,
            "editions": dict(self.editions),
            "facts": _plain(self.facts),
            "indicators": dict(self.indicators),
            "finding": {
                "results": dict(self.finding.results),
                "because": [
                    {"row": r.row, "text": r.text, "clause": r.clause}
                    for r in self.finding.because
                ],
                "near_misses": [
                    {"row": m.row, "text": m.text, "would_be": m.would_be, "clause": m.clause}
                    for m in self.finding.near_misses
                ],
                "not_asked": list(self.finding.not_asked),
                "emergency": self.finding.emergency,
            },
            "answers": [
                {"step": line.step, "question": line.question, "answer": line.answer}
                for line in self.answers
            ],
        }


def _plain(facts: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: [_plain(record) for record in value] if isinstance(value, tuple) else value
        for name, value in facts.items()
    }
