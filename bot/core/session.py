"""One person's walk: the answers by place, and which screen lies over it. Frozen, plain, JSON.

A *place* names a step with the calls and repeats above it: `area`, `route/what`,
`route/people.2/looks`. Where the person stands is never stored: it is replayed (walk.py).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

SCHEMA: Final = 1
ADDITION: Final = "common/addition"  # the dialog that adds to a report by its receipt
MARK: Final = "?"  # before words to look up


class Said(StrEnum):
    """The closed set of things an answer can be."""

    VALUE = "value"
    UNSURE = "unsure"
    SKIPPED = "skipped"  # seen and passed over: not asked, for the rules
    MARKS = "marks"  # a finished tick screen
    SEEN = "seen"  # a tell step read
    MORE = "more"  # one more item in a repeat
    ENOUGH = "enough"  # no more items in a repeat
    CHECKED = "checked"  # a check step confirmed


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said at one place."""

    said: Said
    value: str | int = ""
    marks: tuple[tuple[str, str], ...] = ()  # indicator id, yes/no/unsure


class Overlay(StrEnum):
    """A screen of the program's own over the walk; the walk beneath is untouched."""

    NONE = ""
    DANGER = "danger"  # words of danger were noticed: 999 first, then carry on
    RESUME = "resume"  # welcome back: carry on, or start again
    ANSWERS = "answers"  # the answers so far, each with a way to change it
    CONFIRM_DELETE = "confirm_delete"
    ENTER_CODE = "enter_code"
    RECEIPT = "receipt"  # what the code opened
    CODE = "code"  # a new code, waiting for "I have saved it"
    SENT = "sent"  # after the code was saved: what happens next
    REMIND = "remind"  # whether the chat may send one reminder
    LOOK = "look"  # a few words are wanted, to look up in the guidance
    FOUND = "found"  # what was looked up, or that nothing is known
    PERHAPS = "perhaps"  # titles of what it may be, beside the person to ask


ANSWERED: Final = frozenset({Overlay.FOUND, Overlay.PERHAPS})
LOOKING: Final = ANSWERED | {Overlay.LOOK}


@dataclass(frozen=True, slots=True)
class Session:
    """Everything about one conversation. `touched` is minutes since 1970 (UTC), for lapsing only;
    it lies inside the sealed bytes. `edition` pins the content the walk began on.
    """

    edition: str
    root: str
    turn: int = 0
    answers: Mapping[str, Answer] = field(default_factory=dict)  # oldest first
    marks: Mapping[str, str] = field(default_factory=dict)  # a tick screen in progress
    given: Mapping[str, str | int] = field(default_factory=dict)  # facts the host set
    overlay: Overlay = Overlay.NONE
    under: Overlay = Overlay.NONE  # the screen to come back to when the overlay is closed
    changing: str = ""  # the place whose answer is being changed
    misses: int = 0  # answers in a row that could not be read
    update: int = 0  # the last update of the channel that was taken
    touched: int = 0
    day: str = ""  # YYYY-MM-DD, Europe/London, of the last input; once sent, of the sending
    held: str = ""  # typed words that wait for "carry on"
    told: str = ""  # typed where a button was wanted, for the first question that takes it
    warned: tuple[str, ...] = ()  # marks of the words of danger already asked about
    code: str = ""  # a code that waits for "I have saved it", or the one just opened
    status: Mapping[str, Any] = field(default_factory=dict)  # of an opened receipt
    sent: tuple[str, ...] = ()  # routes of the report just saved
    page: int = 0  # of the answers to choose from
    found: tuple[str, ...] = ()  # passages a look-up found, the one on the screen first
    carried: Mapping[str, Answer] = field(
        default_factory=dict
    )  # last time's, that may still be so
    wants: tuple[str, ...] = ()  # asked for beside the sending: sending.Want
    careful: str = ""  # the place whose answer a note on careful words is about
    remarked: tuple[str, ...] = ()  # places that such a note was about
    last: str = ""  # dialog and step whose text is the last screen: "wirral/entry:sent"

    def dump(self) -> bytes:
        """Canonical JSON: equal sessions give equal bytes."""
        body = {
            "v": SCHEMA,
            "e": self.edition,
            "r": self.root,
            "t": self.turn,
            "a": [[p, a.said, a.value, list(a.marks)] for p, a in self.answers.items()],
            "m": self.marks,
            "g": self.given,
            "o": self.overlay,
            "b": self.under,
            "c": self.changing,
            "x": self.misses,
            "u": self.update,
            "w": self.touched,
            "y": self.day,
            "h": self.held,
            "1": self.told,
            "d": self.warned,
            "k": self.code,
            "s": self.status,
            "n": self.sent,
            "p": self.page,
            "l": self.last,
            "f": self.found,
            "i": self.careful,
            "j": self.remarked,
            "q": [[p, a.said, a.value] for p, a in self.carried.items()],
            "z": self.wants,
        }
        kept = {key: value for key, value in body.items() if value or key in "vert"}
        return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def load(cls, raw: bytes) -> Session:
        """The session that `dump` wrote."""
        body = json.loads(raw)
        return cls(
            edition=body["e"],
            root=body["r"],
            turn=body["t"],
            answers={
                place: Answer(Said(said), value, tuple((i, m) for i, m in marks))
                for place, said, value, marks in body.get("a", ())
            },
            marks=body.get("m", {}),
            given=body.get("g", {}),
            overlay=Overlay(body.get("o", "")),
            under=Overlay(body.get("b", "")),
            changing=body.get("c", ""),
            misses=body.get("x", 0),
            update=body.get("u", 0),
            touched=body.get("w", 0),
            day=body.get("y", ""),
            held=body.get("h", ""),
            told=body.get("1", ""),
            warned=tuple(body.get("d", ())),
            code=body.get("k", ""),
            status=body.get("s", {}),
            sent=tuple(body.get("n", ())),
            page=body.get("p", 0),
            wants=tuple(body.get("z", ())),
            last=body.get("l", ""),
            found=tuple(body.get("f", ())),
            careful=body.get("i", ""),
            remarked=tuple(body.get("j", ())),
            carried={place: Answer(Said(said), value) for place, said, value in body.get("q", ())},
        )

    @property
    def on(self) -> date:
        """The day as of which dates in texts are worked out."""
        return date.fromisoformat(self.day)

    @property
    def keeps_code(self) -> bool:
        """Whether a code that nobody has said they noted is on the screen, or right beneath the
        question whether somebody is in danger.
        """
        return Overlay.CODE in {self.overlay, self.under}

    @property
    def adds_to(self) -> Mapping[str, Any]:
        """What the receipt opened, where this conversation adds to its report; else nothing."""
        return self.status if self.root == ADDITION else {}

    def own(self) -> Session:
        """The session without what a receipt opened, unless it adds to that receipt's report.
        A new report must never go where an old one went.
        """
        if self.root == ADDITION:
            return self
        draft = {key: value for key, value in self.status.items() if key == "draft"}
        return replace(self, code="", status=draft)

    def answered(self, place: str, answer: Answer) -> Session:
        """The next turn's session, with this answer; an older one at the same place keeps its
        position.
        """
        return replace(
            self,
            turn=self.turn + 1,
            answers={**self.answers, place: answer},
            marks={},
            changing="",
            misses=0,
        )
