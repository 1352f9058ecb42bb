"""The layouts of forms, linked: every dialog and fact they name exists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.core.layout import FIRST, Heading, Layout
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import Files, holding, once
from bot.loading.names import Names
from bot.loading.source import Written
from bot.loading.written_dialogs import WrittenDialog
from bot.loading.written_forms import FormsFile, WrittenForm


def layouts_in(files: Files, names: Names, faults: Faults) -> dict[str, Layout]:
    """Every layout by the id of its form, or of the kind of submission it is for."""
    found = once(
        ((id_, form) for _, held in holding(files, FormsFile) for id_, form in held.forms.items()),
        "form",
        faults,
    )
    facts = {*names.facts, *_own_facts(files)}
    return {
        id_: _layout(id_, form, names, facts, faults)
        for id_, (_, form) in found.items()
        if form is not None
    }


def _own_facts(files: Files) -> Iterator[str]:
    """Facts that dialogs declare for themselves."""
    for _, dialog in holding(files, WrittenDialog):
        yield from map(str, dialog.facts or ())


def _layout(id_: str, form: WrittenForm, names: Names, facts: set[str], faults: Faults) -> Layout:
    for section in form.sections:
        for dialog in section.dialogs:
            names.visible(dialog, "dialog", names.dialogs, Code.UNKNOWN_DIALOG, faults)
    return Layout(
        id=id_,
        title=form.title,
        not_the_boards_form=form.not_the_boards_form,
        first=_labels(form.first, facts, faults) or FIRST,
        sections=tuple(Heading(s.title, tuple(map(str, s.dialogs))) for s in form.sections),
        judgement=_labels(form.judgement, facts, faults),
    )


def _labels(
    written: Mapping[Written, Written | None] | None, facts: set[str], faults: Faults
) -> dict[str, str]:
    found: dict[str, str] = {}
    for fact, label in (written or {}).items():
        if fact not in facts:
            message = f"There is no fact `{fact}`."
            faults.add(fact.place, Code.UNKNOWN_FACT, message, written=fact, allowed=facts)
        elif label is not None:
            found[str(fact)] = str(label)
    return found
