"""The files that a step hands over or takes, linked: every name in them leads somewhere."""

from __future__ import annotations

from bot.core.dialog import Manner
from bot.core.gifts import Dates, Documents, Offer, Picture, Reminder
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.names import Names
from bot.loading.pictures.pathway import PATHWAY
from bot.loading.written_dialogs import WrittenDialog, WrittenEnd, WrittenTell
from bot.loading.written_gifts import (
    WrittenDates,
    WrittenDocuments,
    WrittenPicture,
    WrittenReminder,
)


def link_gifts(
    step: WrittenTell | WrittenEnd, dialog: WrittenDialog, names: Names, faults: Faults
) -> tuple[Offer, ...]:
    """The step's gifts in order; those with a fault are left out."""
    found: list[Offer] = []
    for written in step.gives:
        match written:
            case WrittenDocuments():
                _only_named(written, dialog, faults)
                found.append(Offer(Documents()))
            case WrittenDates():
                _known(written, names, faults)
                found.append(Offer(Dates(tuple(map(str, written.calendar))), written.button or ""))
            case WrittenReminder(remind=date, days_before=days, button=label):
                names.visible(date, "date", names.dates, Code.UNKNOWN_DATE, faults)
                found.append(Offer(Reminder(str(date), days), label or ""))
            case WrittenPicture():
                known = (*names.dialogs, *(f"{area}/{PATHWAY}" for area in names.areas))
                names.visible(written.picture, "dialog", known, Code.UNKNOWN_DIALOG, faults)
                found.append(Offer(Picture(str(written.picture)), written.button or ""))
    if step.gives:
        _stands(step, faults)
        _told_apart(step, found, faults)
    return tuple(found)


def link_brings(step: WrittenTell, dialog: WrittenDialog, names: Names, faults: Faults) -> str:
    """The route whose file may be sent at this step, to carry it over."""
    if step.brings is None:
        return ""
    if step.button is None or dialog.manner != Manner.NAMED.value:
        message = "`brings` needs a `button`, and a dialog whose manner is named."
        faults.add(step.brings.place, Code.WRONG_GIFT, message)
    names.visible(step.brings, "route", names.routes, Code.UNKNOWN_ROUTE, faults)
    return str(step.brings)


def _only_named(written: WrittenDocuments, dialog: WrittenDialog, faults: Faults) -> None:
    if dialog.manner != Manner.NAMED.value:
        message = "`documents` are given only where the dialog's manner is named."
        faults.add(written.place, Code.WRONG_GIFT, message)


def _known(written: WrittenDates, names: Names, faults: Faults) -> None:
    for date in written.calendar:
        names.visible(date, "date", names.dates, Code.UNKNOWN_DATE, faults)


def _stands(step: WrittenTell | WrittenEnd, faults: Faults) -> None:
    """Whether somebody ever stands at this step to ask for anything."""
    if isinstance(step, WrittenTell) and not step.button:
        message = "Nobody stops at a `tell` without `button`, so it can give nothing."
        faults.add(step.place, Code.WRONG_GIFT, message)
    if isinstance(step, WrittenEnd) and step.end in {"return", "erase"}:
        faults.add(step.place, Code.WRONG_GIFT, f"`end: {step.end}` gives nothing.")


def _told_apart(step: WrittenTell | WrittenEnd, found: list[Offer], faults: Faults) -> None:
    labels = [offer.label or type(offer.gift).__name__ for offer in found]
    reminders = [offer for offer in found if isinstance(offer.gift, Reminder)]
    if len(reminders) > 1:
        message = "A step reminds of one date at most."
        faults.add(step.place, Code.WRONG_GIFT, message)
    if len(set(labels)) < len(labels):
        message = "Two of its gifts have the same button; give one a `button` of its own."
        faults.add(step.place, Code.WRONG_GIFT, message)
