"""Every text and every label of a step, for the checks of wording and length."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.dialog import Ask, Assign, Call, Check, Decide, End, Repeat, Step, Tell, Tick
from bot.core.text import Template
from bot.loading.faults import Place
from bot.loading.source import Written


def place_of(text: str, otherwise: Place) -> Place:
    """Where a text is written, if it still knows."""
    return text.place if isinstance(text, Written) else otherwise


def templates(step: Step) -> Iterator[Template]:
    """The texts with placeholders, in the order a person may see them."""
    match step:
        case Ask():
            yield from (step.text, step.reject)
        case Tick() | Tell() | Check() | End():
            yield step.text
        case Repeat():
            yield from (step.first, step.another)
        case Call() | Decide() | Assign():
            return


def labels(step: Step) -> Iterator[str]:
    """The labels of the step's buttons."""
    match step:
        case Ask():
            yield from (*(choice.label for choice in step.choices), step.unsure, step.skip)
        case Tick():
            yield from (step.none, step.done, step.unsure)
        case Tell():
            yield from (step.button, *(offer.label for offer in step.gives))
        case Repeat():
            yield from (step.yes, step.no)
        case Check():
            yield step.ok
        case End():
            yield from (offer.label for offer in step.gives)
        case Call() | Decide() | Assign():
            return


def readings(step: Step) -> Iterator[str]:
    """Everything of the step that a person reads, without the empty ones."""
    yield from (template.source for template in templates(step) if template)
    yield from (label for label in labels(step) if label)
    if isinstance(step, Tick):
        yield from (mark.label for mark in step.marks)
    if isinstance(step, Ask) and step.short:
        yield step.short
    if isinstance(step, Ask) and step.far:
        yield step.far.text
