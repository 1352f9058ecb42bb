"""The mailboxes of the packs, linked, and what an installation says of them: BOT_MAILBOXES."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from bot.core.routing import (
    SECOND_AFTER,
    Canary,
    Mailbox,
    MailboxState,
    Opening,
    Staffed,
    looks_personal,
)
from bot.loading.codes import Code
from bot.loading.faults import Faults, Place
from bot.loading.files import Files, holding
from bot.loading.shape import Shape
from bot.loading.source import Written, read
from bot.loading.written_mailboxes import (
    HOURS,
    MailboxesFile,
    OverridesFile,
    WrittenCanary,
    WrittenMailbox,
    WrittenOverride,
    WrittenSecond,
    WrittenStaffed,
)

_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def mailboxes_in(files: Files) -> dict[str, Mailbox]:
    """Every mailbox by id, as the packs have it; a second one is `ID_second`."""
    return {
        box.id: box
        for _, held in holding(files, MailboxesFile)
        for id_, written in held.mailboxes.items()
        if written is not None
        for box in _both(id_, written)
    }


def _both(id_: Written, written: WrittenMailbox) -> Iterator[Mailbox]:
    first = _mailbox(id_, written)
    yield first
    if written.second:
        second = _second(first, written.second, Path())
        yield replace(second, personal=_as_printed(written.second))


def _mailbox(id_: Written, written: WrittenMailbox) -> Mailbox:
    return Mailbox(
        id=str(id_),
        name=written.name,
        address=str(written.address),
        state=MailboxState(str(written.state)),
        personal=_as_printed(written),
        takes=tuple(map(str, written.takes)),
        verified_by=str(written.verified_by or ""),
        verified_on=written.verified_on,
        until=written.until,
        certificates=tuple(map(str, written.certificates)),
        tls_only_agreed_by=str(written.tls_only_agreed_by or ""),
        staffed=_staffed(written.staffed) if written.staffed else None,
        second=second_id(str(id_)) if written.second else "",
        second_after=written.second_after_minutes or SECOND_AFTER,
        note=written.note or "",
        file=id_.place.file,
        line=id_.place.line,
    )


def _as_printed(written: WrittenMailbox | WrittenSecond) -> bool | None:
    """In a pack: what is not said is no, unless the address looks like a person's name."""
    unsaid = written.personal is None and not looks_personal(str(written.address))
    return False if unsaid else written.personal


def _staffed(written: WrittenStaffed) -> Staffed:
    return Staffed(tuple(_opening(hours) for hours in written.hours), written.duty)


def _opening(hours: str) -> Opening:
    """Hours as they are written, which the shape has matched; the days may go over a Sunday."""
    found = re.fullmatch(HOURS, hours)
    if found is None:
        raise AssertionError("hours of another shape")
    first, last, *times = found.groups()
    begin, end = _WEEKDAYS.index(first), _WEEKDAYS.index(last or first)
    begins, begins_past, ends, ends_past = map(int, times)
    return Opening(
        frozenset((begin + more) % 7 for more in range((end - begin) % 7 + 1)),
        begins * 60 + begins_past,
        ends * 60 + ends_past,
    )


def _canary(written: WrittenCanary, folder: Path) -> Canary:
    return Canary(
        str(written.agreed_by),
        str(folder / written.maildir) if written.maildir else "",
        str(folder / written.key) if written.key else "",
    )


def second_id(first: str) -> str:
    """The id of a mailbox's second one."""
    return f"{first}_second"


def _second(first: Mailbox, written: WrittenSecond, folder: Path) -> Mailbox:
    """The same desk at another address; it takes what the first takes."""
    return Mailbox(
        id=second_id(first.id),
        name=f"{first.name} (second mailbox)",
        address=str(written.address),
        state=MailboxState(str(written.state)),
        personal=written.personal,
        takes=first.takes,
        verified_by=str(written.verified_by or ""),
        verified_on=written.verified_on,
        until=written.until,
        certificates=tuple(str(folder / name) for name in written.certificates),
        tls_only_agreed_by=str(written.tls_only_agreed_by or ""),
        staffed=first.staffed,
        second_after=first.second_after,
        note=written.note or "",
        file=written.place.file,
        line=written.place.line,
    )


def overridden(mailboxes: Mapping[str, Mailbox], path: Path, faults: Faults) -> dict[str, Mailbox]:
    """The packs' mailboxes with this file's words over them. Certificates lie beside the file."""
    found = dict(mailboxes)
    try:
        raw = path.read_bytes()
    except OSError:
        message = "This file, named by BOT_MAILBOXES, cannot be read."
        faults.add(Place(path.name, 1), Code.UNKNOWN_FILE, message)
        return found
    block = read(path.name, raw, faults)
    held = Shape(OverridesFile).read(block, path.name, faults) if block else None
    for id_, written in (held.mailboxes if held else {}).items():
        if id_ not in mailboxes:
            message = f"There is no mailbox `{id_}` in the packs that are loaded."
            faults.add(id_.place, Code.UNKNOWN_MAILBOX, message, written=id_, allowed=mailboxes)
        elif written is not None:
            box = _over(mailboxes[str(id_)], written, path, id_.place)
            found[box.id] = box
            if written.second:
                found[box.second] = _second(box, written.second, path.parent)
    return found


def _over(box: Mailbox, written: WrittenOverride, path: Path, place: Place) -> Mailbox:
    certificates = written.certificates
    new = written.address is not None and str(written.address).lower() != box.address.lower()
    return replace(
        box,
        address=str(written.address or box.address),
        state=MailboxState(str(written.state)) if written.state else box.state,
        personal=written.personal if written.personal is not None or new else box.personal,
        verified_by=str(written.verified_by or box.verified_by),
        verified_on=written.verified_on or box.verified_on,
        until=written.until or box.until,
        certificates=box.certificates
        if certificates is None
        else tuple(str(path.parent / name) for name in certificates),
        tls_only_agreed_by=str(written.tls_only_agreed_by or box.tls_only_agreed_by),
        staffed=_staffed(written.staffed) if written.staffed else box.staffed,
        canary=_canary(written.canary, path.parent) if written.canary else box.canary,
        second=second_id(box.id) if written.second else box.second,
        second_after=written.second_after_minutes or box.second_after,
        file=place.file,
        line=place.line,
    )
