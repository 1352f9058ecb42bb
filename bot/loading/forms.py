"""The layouts of forms, linked: every dialog and fact they name exists."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from bot.core.layout import FIRST, Heading, Layout
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import Files, holding, once
from bot.loading.names import Names, own_facts
from bot.loading.source import Written
from bot.loading.written_dialogs import WrittenAsk, WrittenDialog, WrittenRepeat
from bot.loading.written_forms import FormsFile, WrittenForm, WrittenSection
from bot.loading.written_ticks import WrittenMark

Asked: TypeAlias = "Mapping[str, frozenset[str]]"  # dialog -> the facts that it asks


def layouts_in(files: Files, names: Names, faults: Faults) -> dict[str, Layout]:
    """Every layout by the id of its form, or of the kind of submission it is for."""
    found = once(
        ((id_, form) for _, held in holding(files, FormsFile) for id_, form in held.forms.items()),
        "form",
        faults,
    )
    facts = {*names.facts, *own_facts(files)}
    asked = {str(d.dialog): frozenset(_asked(d)) for _, d in holding(files, WrittenDialog)}
    return {
        id_: _layout(id_, form, names, facts, asked, faults)
        for id_, (_, form) in found.items()
        if form is not None
    }


def _asked(dialog: WrittenDialog) -> Iterator[str]:
    """The facts whose questions stand in a dialog itself."""
    for step in dialog.steps.values():
        match step:
            case WrittenAsk():
                yield str(step.ask)
            case WrittenRepeat():
                yield str(step.repeat)
            case WrittenMark():
                yield from map(str, step.mark)
            case _:
                pass


def _heading(form: str, section: WrittenSection, asked: Asked, faults: Faults) -> Heading:
    """Of a dialog that asks one of the section's `fields` these stand here; of another, all."""
    parts = [(d, f) for f in section.fields for d in section.dialogs if f in asked.get(d, ())]
    for field in section.fields:
        if not any(field == fact for _, fact in parts):
            message = f"`{form}` shows `{field}`, which no dialog of this heading asks."
            allowed = {fact for dialog in section.dialogs for fact in asked.get(dialog, ())}
            place = field.place
            faults.add(place, Code.FIELD_NOT_ASKED, message, written=field, allowed=allowed)
    partly = {dialog for dialog, _ in parts}
    whole = tuple(str(dialog) for dialog in section.dialogs if dialog not in partly)
    fields = tuple((str(dialog), str(fact)) for dialog, fact in parts)
    return Heading(section.title, whole, fields, signs=section.signs)


def _layout(
    id_: str, form: WrittenForm, names: Names, facts: set[str], asked: Asked, faults: Faults
) -> Layout:
    for section in form.sections:
        for dialog in section.dialogs:
            names.visible(dialog, "dialog", names.dialogs, Code.UNKNOWN_DIALOG, faults)
    return Layout(
        id=id_,
        title=form.title,
        not_the_boards_form=form.not_the_boards_form,
        first=_labels(form.first, facts, faults) or FIRST,
        sections=tuple(_heading(id_, section, asked, faults) for section in form.sections),
        signs=form.signs,
        file=form.place.file,
        line=form.place.line,
    )


def _labels(
    written: Mapping[Written, Written | None] | None, facts: set[str], faults: Faults
) -> dict[str, str]:
    labels = written or {}
    known = _known(labels, facts, faults)
    return {str(fact): str(label) for fact, label in labels.items() if fact in known and label}


def _known(written: Collection[Written], facts: set[str], faults: Faults) -> tuple[str, ...]:
    """Those that are facts; a fault for each of the others."""
    for fact in written:
        if fact not in facts:
            message = f"There is no fact `{fact}`."
            faults.add(fact.place, Code.UNKNOWN_FACT, message, written=fact, allowed=facts)
    return tuple(str(fact) for fact in written if fact in facts)
