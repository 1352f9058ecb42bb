"""What an installation says about its mailboxes: the file that BOT_MAILBOXES names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.core.routing import Mailbox, MailboxState
from bot.loading.codes import Code
from bot.loading.faults import Faults, Place
from bot.loading.shape import Shape
from bot.loading.source import read
from bot.loading.written_packs import OverridesFile, WrittenOverride


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
            found[str(id_)] = _over(mailboxes[str(id_)], written, path, id_.place)
    return found


def _over(box: Mailbox, written: WrittenOverride, path: Path, place: Place) -> Mailbox:
    certificates = written.certificates
    return replace(
        box,
        address=str(written.address or box.address),
        state=MailboxState(str(written.state)) if written.state else box.state,
        personal=box.personal if written.personal is None else written.personal,
        verified_by=str(written.verified_by or box.verified_by),
        verified_on=written.verified_on or box.verified_on,
        until=written.until or box.until,
        certificates=box.certificates
        if certificates is None
        else tuple(str(path.parent / name) for name in certificates),
        tls_only_agreed_by=str(written.tls_only_agreed_by or box.tls_only_agreed_by),
        file=place.file,
        line=place.line,
    )
