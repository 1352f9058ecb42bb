"""One form as it is printed: every field under its heading, answered or not, by its own word.

What a field is called, whether the form needs it and which clause asks for it are read from the
question itself (dialog.Ask), so that the chat and the paper cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from bot.core.dialog import Ask, Dialog, Tick, fields_of
from bot.core.layout import Heading, Layout
from bot.core.mail_text import LEFT_OUT, NOT_ASKED, NOT_KNOWN, SENDERS, readable
from bot.core.session import Said
from bot.core.submission import AnswerLine, Submission

NOT_THE_FORM: Final = "This is not the board's own form."
OTHER: Final = "Other answers"
ANSWERS: Final = "Answers"
_ID: Final = re.compile(r"[a-z0-9_.]+")
_OURS: Final = {Said.UNSURE: NOT_KNOWN, Said.SKIPPED: LEFT_OUT}


@dataclass(frozen=True, slots=True)
class Line:
    """A label or question of ours, and what stands after it: a person's words, or one of ours."""

    label: str
    said: str
    ours: bool = False  # not known, left out, not asked: never a person's words
    needed: bool = False
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines under one heading; `inside` is one of several below it, such as a person."""

    title: str
    lines: tuple[Line, ...]
    left_out: tuple[str, ...] = ()
    not_asked: tuple[str, ...] = ()
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]
    not_asked: tuple[str, ...] = ()  # headings of which nothing was asked
    signs: bool = False  # the signs stand on it


def title_of(layout: Layout) -> str:
    """What the paper of a form is called."""
    return f"Information for {layout.title}" if layout.not_the_boards_form else layout.title


def sheet(
    layout: Layout,
    answers: Sequence[AnswerLine],
    dialogs: Mapping[str, Dialog],
    *,
    signs: bool,
    marked: tuple[Line, ...] = (),
) -> Sheet | None:
    """The form, or None when nothing of it was asked. `signs`: there are signs to stand on it;
    `marked`: those that are marked, for a heading that they lead.
    """
    taken = [line for line in answers if layout.takes(dialog_of(line), line.fact)]
    own_signs = signs and layout.signs
    if not taken and not own_signs:
        return None
    blocks = {
        h: _led(marked if h.signs else (), h.title, tuple(_under(h, answers, dialogs)))
        for h in layout.sections
    }
    items = {fact.item for dialog in dialogs.values() for fact in dialog.facts.values()}
    return Sheet(
        title=title_of(layout),
        subtitle=NOT_THE_FORM if layout.not_the_boards_form else "",
        blocks=tuple(block for found in blocks.values() for block in found),
        not_asked=tuple(
            h.title for h, b in blocks.items() if not b and not items.issuperset(h.asks)
        ),
        signs=own_signs,
    )


def rest(
    submission: Submission, layouts: Sequence[Layout], judged: Collection[str] = ()
) -> tuple[Block, ...]:
    """The answers that no form has a heading for: none is left out. Signs and the judgement stand
    in their own places.
    """
    left = [
        line
        for line in submission.answers
        if not any(layout.takes(dialog_of(line), line.fact) for layout in layouts)
        if line.fact not in judged
        if line.said is not Said.MARKS or not submission.indicators
        if sign_of(line) not in submission.indicators
    ]
    return tuple(_blocks(OTHER if layouts else ANSWERS, left, {}, ()))


def judgement(submission: Submission, judged: Collection[str]) -> tuple[Line, ...]:
    """What the professional judged, why, and who was consulted, by the facts of a judgement;
    nothing where nobody was asked to judge.
    """
    return tuple(line_of(line, {}) for line in submission.answers if line.fact in judged)


def sign_of(line: AnswerLine) -> str:
    """`missing_home` of `common/sign#missing_home.when`; the number, or nothing, elsewhere."""
    return line.step.partition("#")[2].partition(".")[0]


def dialog_of(line: AnswerLine) -> str:
    """`common/person` of `common/person#2.looks`."""
    return line.step.partition(".")[0].partition("#")[0]


def _led(marked: tuple[Line, ...], title: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of a heading, with what was marked before all else."""
    if not marked:
        return blocks
    own, *others = blocks or (Block(title, ()),)
    return (replace(own, lines=(*marked, *own.lines)), *others)


def _under(
    heading: Heading, answers: Sequence[AnswerLine], dialogs: Mapping[str, Dialog]
) -> Iterator[Block]:
    """What stands under a heading: nothing where none of its dialogs was gone through."""
    taken = [line for line in answers if heading.takes(dialog_of(line), line.fact)]
    taken.sort(key=lambda line: heading.place(line.fact))
    entered = {dialog_of(line) for line in answers if not line.item}
    asked = {(dialog_of(line), line.fact) for line in taken}
    fields = {
        (dialog, step.fact.id): step
        for dialog in heading.asks
        for step in dialogs[dialog].steps.values()
        if isinstance(step, Ask) and heading.takes(dialog, step.fact.id)
    }
    missing = [s for f, s in fields.items() if f[0] in entered and f not in asked]
    unticked = [
        name
        for dialog in heading.asks
        for step in dialogs[dialog].steps.values()
        for fact, name in fields_of(step)
        if isinstance(step, Tick) and dialog in entered and heading.takes(dialog, fact)
        if (dialog, fact) not in asked
    ]
    yield from _blocks(heading.title, taken, fields, missing, unticked)


def _blocks(
    title: str,
    answers: Sequence[AnswerLine],
    fields: Mapping[tuple[str, str], Ask],
    missing: Sequence[Ask],
    unticked: Sequence[str] = (),
) -> Iterator[Block]:
    """The heading's own block, then one for each person, vehicle, meeting under it."""
    own = [line for line in answers if not line.item and _tells(line)]
    said = [line for line in own if line.said is not Said.SKIPPED or _needed(line, fields)]
    left_out = tuple(line.question for line in own if line not in said)
    lines = [line_of(line, fields) for line in said]
    lines += [_absent(step) for step in missing if step.required]
    not_asked = (*(label_of(step) for step in missing if not step.required), *unticked)
    if answers or missing or unticked:
        yield Block(title, tuple(lines), left_out, not_asked)
    for item, group in groupby(answers, key=lambda line: line.item):
        if item:
            yield _item(item, list(group), fields)


def _item(item: str, lines: Sequence[AnswerLine], fields: Mapping[tuple[str, str], Ask]) -> Block:
    known = [line for line in lines if line.said is not Said.SKIPPED]
    left_out = tuple(_bare(line) for line in lines if line.said is Said.SKIPPED)
    return Block(item, tuple(line_of(line, fields) for line in known), left_out, inside=True)


def _tells(line: AnswerLine) -> bool:
    """Not "is there anybody else?": whoever there was stands below, and nobody is told once."""
    return line.said is not Said.MORE and (line.said is not Said.ENOUGH or "#1." in line.step)


def line_of(line: AnswerLine, fields: Mapping[tuple[str, str], Ask]) -> Line:
    """An answer as it is printed; `fields` holds the questions of a form by dialog and fact."""
    step = fields.get((dialog_of(line), line.fact))
    ours = _OURS.get(line.said, "")
    if step and line.said is Said.UNSURE and step.unsure not in {"", line.answer}:
        ours = f"{ours}: “{step.unsure}”"  # such as “It may be so”
    return Line(
        _bare(line),
        ours or line.answer,
        ours=bool(ours),
        needed=bool(step and step.required),
        clause=step.clause if step else "",
    )


def _absent(step: Ask) -> Line:
    return Line(label_of(step), NOT_ASKED, ours=True, needed=True, clause=step.clause)


def _needed(line: AnswerLine, fields: Mapping[tuple[str, str], Ask]) -> bool:
    step = fields.get((dialog_of(line), line.fact))
    return step is not None and step.required


def label_of(step: Ask) -> str:
    """What a field is called, and who alone may fill it in."""
    ((_, label),) = fields_of(step)
    who = " or ".join(SENDERS[role] for role in step.who if role in SENDERS)
    return f"{label} (for {who} to fill in)" if who else label


def _bare(line: AnswerLine) -> str:
    """The question without what it is about, which stands above it."""
    return line.question.removeprefix(f"{line.item}: ")


def titled(text: str) -> str:
    """An id in words with a capital letter; a free text as it is."""
    return readable(text[:1].upper() + text[1:]) if _ID.fullmatch(text) else text
