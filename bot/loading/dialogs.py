"""dialogs/<area>/*.yaml, linked: every name in them leads somewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.dialog import Dialog, Manner
from bot.core.facts import FactType
from bot.core.session import ADDITION
from bot.loading.codes import Code
from bot.loading.facts import link_facts
from bot.loading.faults import Faults, Place
from bot.loading.files import File, Files, holding
from bot.loading.names import Names
from bot.loading.source import Written
from bot.loading.steps import StepLinker
from bot.loading.written_dialogs import WrittenDialog

BEGUN: Final = ("common/start", ADDITION)  # Catalogue.root, and the dialog that adds to a report


def link_dialogs(
    files: Files, names: Names, area_names: Mapping[str, str], faults: Faults
) -> dict[str, Dialog]:
    """Every dialog by id, as far as it can be linked; those the program begins must be there."""
    for root in BEGUN:
        if root not in names.dialogs:
            message = f"The program begins `{root}`, and there is no such dialog."
            faults.add(Place(f"dialogs/{root}.yaml", 1), Code.UNKNOWN_DIALOG, message)
    return {
        file.id: _link(file, written, names, area_names, faults)
        for file, written in holding(files, WrittenDialog)
    }


def _link(
    file: File,
    written: WrittenDialog,
    names: Names,
    area_names: Mapping[str, str],
    faults: Faults,
) -> Dialog:
    if written.dialog != file.id:
        message = f"This file lies at `{file.id}` and calls itself `{written.dialog}`."
        faults.add(written.dialog.place, Code.WRONG_PLACE, message)
    if not written.steps:
        faults.add(written.place, Code.MISSING_KEY, f"`{file.id}` has no steps.")
    own = link_facts(written.facts or {}, names.areas, faults)
    for id_ in written.facts or {}:
        _check_own(id_, written, names, faults)
    linker = StepLinker(written, names, names.scope(file.area, own), area_names, faults)
    linked = {
        str(id_): linker.link(id_, step) for id_, step in written.steps.items() if step is not None
    }
    _check_returns(written, own, faults)
    return Dialog(
        id=file.id,
        title=written.title,
        manner=Manner(str(written.manner)),
        steps={id_: step for id_, step in linked.items() if step is not None},
        facts={id_: fact for id_, fact in own.items() if fact is not None},
        returns=str(written.returns or ""),
        file=file.path,
    )


def _check_own(id_: Written, written: WrittenDialog, names: Names, faults: Faults) -> None:
    if id_ in names.facts:
        shared = names.facts[id_]
        where = f" in {shared.file}, line {shared.line}" if shared else ""
        message = f"`{id_}` is already a shared fact{where}; use that one, or another name."
        faults.add(id_.place, Code.DUPLICATE_ID, message)
    fact = (written.facts or {})[id_]
    if fact is not None and fact.type == FactType.LIST.value:
        for dialog in fact.of:
            names.visible(dialog, "dialog", names.dialogs, Code.UNKNOWN_DIALOG, faults)


def _check_returns(written: WrittenDialog, own: Mapping[str, object], faults: Faults) -> None:
    if written.returns and written.returns not in own:
        message = f"`returns` names one of this dialog's own facts; not `{written.returns}`."
        faults.add(
            written.returns.place,
            Code.UNKNOWN_FACT,
            message,
            written=written.returns,
            allowed=own,
        )
