"""A dialog and its steps: the closed set of things a conversation can do.

Loaded from dialogs/<area>/<name>.yaml and never changed afterwards. A step knows where to go next
only through edges whose conditions are written in the closed grammar of docs/CONDITIONS.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from bot.core.conditions import Condition
from bot.core.facts import Fact, Value
from bot.core.gifts import Offer
from bot.core.text import EMPTY, Template

SIGN_KIND: Final = "sign_kind"  # in the dialog of `details`: the kind of the sign it is about


class Manner(StrEnum):
    """How a dialog treats the person: `anonymous` keeps nobody's name and lapses soonest."""

    ANONYMOUS = "anonymous"
    NAMED = "named"  # a form about a named child; a professional may be called back
    PRACTICE = "practice"  # case studies to practise on: nothing of it can be sent


@dataclass(frozen=True, slots=True)
class Edge:
    """Where to go when all conditions hold; no conditions means `else`."""

    when: tuple[Condition, ...]
    go: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question: the value it stands for and its label."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Far:
    """A quiet note where a date lies more than `days` days after another date of its dialog, or
    after today where that one is not known; or before any of those dates that are known.
    """

    days: int
    after: str  # the fact; empty where it looks at those before
    text: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    id: str
    next: tuple[Edge, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(_Step):
    """One question that sets one fact, and the field of every form that shows this fact: what it
    is called, whether the form needs it, who may fill it in and which clause asks for it.
    """

    fact: Fact
    text: Template
    short: str = ""  # how the review names it; the first line of the text when empty
    choices: tuple[Choice, ...] = ()
    unsure: str = ""  # the label of "I don't know"; set where the fact allows unsure
    skip: str = ""  # the label of "Skip"; empty where the question must be answered
    reject: Template = EMPTY  # what to say to an answer that cannot be read
    required: bool = False  # its form needs it: what is left out is shown before sending
    reach: bool = False  # one such answer is needed to find or reach the child
    who: tuple[str, ...] = ()  # the roles that are asked it; empty: everybody
    clause: str = ""  # the clause of the source that asks for it
    far: Far | None = None  # of a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick(_Step):
    """Several signs on one screen, or several facts, each yes, unsure or (by "none of the others")
    no.
    """

    text: Template
    marks: tuple[Choice, ...]  # indicator id, or fact id, and its wording
    asks: tuple[Fact, ...] = ()  # the facts, one for each mark; of signs none
    none: str = ""
    done: str = ""
    unsure: str = ""
    details: Fact | None = None  # a list: its dialog is asked once for each sign that is yes
    kinds: Mapping[str, str] = field(
        default_factory=dict
    )  # indicator id -> harm, risk, background


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell(_Step):
    """Something to read. With a button it waits; without, it leads the next screen."""

    text: Template
    button: str = ""
    brings: str = ""  # a route: a file that was made for it may be sent here, to carry it over
    gives: tuple[Offer, ...] = ()  # files to ask for here, a button each


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(_Step):
    """The same short dialog for each child, person or vehicle, up to a bound."""

    fact: Fact
    dialog: str
    first: Template
    another: Template
    yes: str
    no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(_Step):
    """A dialog inside this one. `{area}` in its name is the chosen area. May return one value."""

    dialog: str
    into: Fact | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(_Step):
    """Every answer so far, each with a way to change it, before going on."""

    text: Template
    ok: str
    giveaway: bool = False  # look for words that give the writer away


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(_Step):
    """Ask the rules; the finding is then known to every later step."""

    rules: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assign(_Step):
    """What a way that was chosen means: facts and signs, set without asking."""

    values: tuple[tuple[Fact, Value], ...]
    marks: tuple[tuple[str, str], ...] = ()  # indicator id -> yes, no or unsure


class Outcome(StrEnum):
    """How a dialog ends: `return` to its caller, `finish` with a last screen, `send`, or `erase`:
    a last screen, and everything that was written is gone.
    """

    RETURN = "return"
    FINISH = "finish"
    SEND = "send"
    ERASE = "erase"


@dataclass(frozen=True, slots=True, kw_only=True)
class End(_Step):
    """The last step of a dialog."""

    outcome: Outcome
    text: Template = EMPTY
    gives: tuple[Offer, ...] = ()


Step: TypeAlias = Ask | Tick | Tell | Repeat | Call | Check | Decide | Assign | End


def fields_of(step: Step) -> tuple[tuple[str, str], ...]:
    """Each fact that a question sets, and what it is called; none of a tick screen of signs."""
    match step:
        case Ask():
            return ((step.fact.id, step.short or step.text.fill({}).strip().split("\n", 1)[0]),)
        case Tick() if step.asks:
            return tuple((mark.value, mark.label) for mark in step.marks)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class Dialog:
    """One file of dialogs/: its steps in the order of the file; the first is where it starts."""

    id: str
    title: str
    manner: Manner
    steps: Mapping[str, Step]
    facts: Mapping[str, Fact] = field(default_factory=dict)  # this dialog's own, gone with it
    returns: str = ""  # the own fact whose value a Call receives
    file: str = ""
    questions: Mapping[str, int] = field(init=False, repr=False, compare=False)
    """Which of its questions a step is, from 1, for "3 of 11"; one that is asked on two
    ways is one question.
    """

    def __post_init__(self) -> None:
        asked = [s for s in self.steps.values() if isinstance(s, Ask | Tick | Repeat)]
        names = {s.id: s.fact.id if isinstance(s, Ask) else s.id for s in asked}
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names.values()), 1)}
        object.__setattr__(self, "questions", {id_: numbers[n] for id_, n in names.items()})

    @property
    def first(self) -> Step:
        """The step a dialog starts at."""
        return next(iter(self.steps.values()))
