"""A dialog file exactly as an author writes it, key by key. docs/WRITING-DIALOGS.md says the same
in words; docs/dialog.schema.json is generated from here.
"""

# ruff: noqa: RUF009 - `key` and `maybe` make dataclass fields

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.core.dialog import Manner, Outcome
from bot.loading.faults import Place
from bot.loading.kinds import PATH, Flag, Id, ListOf, MapOf, Number, OneOf, Text
from bot.loading.shape import Shape, ShapeByKey, key, maybe
from bot.loading.source import Written
from bot.loading.written_edges import NEXT, NEXT_DOC, WrittenEdge
from bot.loading.written_facts import FACTS, WrittenFact
from bot.loading.written_gifts import GIFTS, GIVES, WrittenGift
from bot.loading.written_ticks import WrittenMark, WrittenTick

_TEXT = Text()
_ID = Id()


_BUTTONS = MapOf(_TEXT)
Buttons: TypeAlias = Mapping[Written, Written | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFar:
    """A quiet note, where a date lies further off than it should."""

    place: Place
    days: int = key(Number(0, 1000), "more than so many days")
    after: Written | None = maybe(
        _ID,
        None,
        "after this date of the dialog; after today where it is not known or none is named",
    )
    before: tuple[Written, ...] = maybe(
        ListOf(_ID, or_one=True), (), "or before any of these dates of the dialog that are known"
    )
    text: Written = key(_TEXT, "what to think about; nobody is held up")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAsk:
    """One question that sets one fact."""

    place: Place
    ask: Written = key(_ID, "the fact it sets")
    text: Written = key(_TEXT, "the question")
    hint: Written | None = maybe(_TEXT, None, "a second paragraph")
    short: Written | None = maybe(_TEXT, None, "how the review names it")
    buttons: Buttons | None = maybe(_BUTTONS, None, "a choice: value and label, in this order")
    unsure: Written | None = maybe(_TEXT, None, "the label of I don't know")
    skip: Written | None = maybe(_TEXT, None, "the label of a skip button")
    reject: Written | None = maybe(_TEXT, None, "what to say to an answer that cannot be read")
    required: bool = maybe(Flag(), default=False, doc="`yes`: the forms that show it need it")
    reach: bool = maybe(
        Flag(),
        default=False,
        doc="`yes`: with one such answer somebody can find or reach the child",
    )
    who: tuple[Written, ...] = maybe(
        ListOf(_ID, or_one=True), (), "the roles that may fill it in; nobody else is asked"
    )
    clause: Written | None = maybe(_TEXT, None, "the clause of the source that asks for it")
    far: WrittenFar | None = maybe(Shape(WrittenFar), None, "a note on a date that lies far on")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTell:
    """Something to read."""

    place: Place
    tell: Written = key(_TEXT, "what to read")
    button: Written | None = maybe(_TEXT, None, "with a label it waits; without, it leads on")
    brings: Written | None = maybe(
        _ID, None, "a route of this dialog: here its submission.json may be sent, to carry it over"
    )
    gives: tuple[WrittenGift, ...] = maybe(GIFTS, (), GIVES)
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenRepeat:
    """The same dialog for each child, person or vehicle."""

    place: Place
    repeat: Written = key(_ID, "the list fact it sets")
    first: Written = key(_TEXT, "the question before the first item")
    another: Written = key(_TEXT, "the question before each further item")
    buttons: Buttons = key(_BUTTONS, "the labels of yes and no")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCall:
    """Another dialog inside this one."""

    place: Place
    call: Written = key(PATH, "the dialog; `{area}/entry` calls the chosen area's")
    into: Written | None = maybe(_ID, None, "the fact that receives what it returns")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenCheck:
    """Review and change."""

    place: Place
    check: Written = key(OneOf(("all",)), "`all`: every answer on the path")
    text: Written = key(_TEXT, "what stands above the answers")
    ok: Written = key(_TEXT, "the label of the button that goes on")
    giveaway: bool = maybe(Flag(), default=False, doc="look for words that give the writer away")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDecide:
    """Ask the rules."""

    place: Place
    decide: Written = key(PATH, "the rulebook")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenAssign:
    """What a way that was chosen means."""

    place: Place
    assign: Buttons = key(_BUTTONS, "facts and signs, and the value of each, set without asking")
    next: tuple[WrittenEdge, ...] = key(NEXT, NEXT_DOC)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenEnd:
    """The last step."""

    place: Place
    end: Written = key(
        OneOf(tuple(Outcome)),
        "`send`, `finish`, `return`, or `erase`: a last screen, and all is forgotten",
    )
    text: Written | None = maybe(_TEXT, None, "the last screen")
    gives: tuple[WrittenGift, ...] = maybe(GIFTS, (), GIVES)


WrittenStep: TypeAlias = (
    WrittenAsk
    | WrittenTick
    | WrittenMark
    | WrittenTell
    | WrittenRepeat
    | WrittenCall
    | WrittenCheck
    | WrittenDecide
    | WrittenAssign
    | WrittenEnd
)
STEPS: ShapeByKey[WrittenStep] = ShapeByKey(
    {
        "ask": Shape(WrittenAsk),
        "tick": Shape(WrittenTick),
        "mark": Shape(WrittenMark),
        "tell": Shape(WrittenTell),
        "repeat": Shape(WrittenRepeat),
        "call": Shape(WrittenCall),
        "check": Shape(WrittenCheck),
        "decide": Shape(WrittenDecide),
        "assign": Shape(WrittenAssign),
        "end": Shape(WrittenEnd),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDialog:
    """A whole dialog file."""

    place: Place
    dialog: Written = key(PATH, "the id: the file's path below dialogs/, without .yaml")
    title: Written = key(_TEXT, "what people see it called")
    manner: Written = key(
        OneOf(tuple(Manner)), "anonymous; named: about a named child; practice: never sent"
    )
    facts: Mapping[Written, WrittenFact | None] | None = maybe(
        FACTS, None, "this dialog's own facts, forgotten with it"
    )
    returns: Written | None = maybe(_ID, None, "the own fact whose value a call receives")
    steps: Mapping[Written, WrittenStep | None] = key(
        MapOf(STEPS), "the steps; the first is where it starts"
    )
