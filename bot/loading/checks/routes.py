"""Where reports go: addresses that can be addresses, verification with a name and a day, mailboxes
that take what a route sends, and no dialog about a named child on an anonymous route.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.dialog import Manner
from bot.core.hours import about_a_child
from bot.core.routing import How, MailboxState, Route
from bot.loading.checks.flow import Flow
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.files import holding
from bot.loading.mailboxes import second_id
from bot.loading.written_mailboxes import MailboxesFile
from bot.loading.written_packs import RoutesFile

_ADDRESS: Final = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every route and every mailbox."""
    del flow
    _check_routes(content, faults)
    for route in content.catalogue.routes.values():
        if route.how is How.MAIL:
            _check_kind(content, route, faults)
    _check_seconds(content, faults)
    _check_whose(content, faults)
    for box in content.catalogue.mailboxes.values():
        place = Place(box.file, box.line)
        if not _ADDRESS.fullmatch(box.address):
            message = f"The address of `{box.id}` is not one: name@domain, without spaces."
            faults.add(place, Code.WRONG_ADDRESS, message)
        for opening in box.staffed.hours if box.staffed else ():
            if opening.begins >= opening.ends:
                message = f"`{box.id}` is staffed until a time that is not after its beginning."
                faults.add(place, Code.WRONG_VALUE, message)
        told = box.verified_by and box.verified_on and box.until
        if box.state is MailboxState.VERIFIED and not told:
            message = f"`{box.id}` is verified: add verified_by, verified_on and until."
            faults.add(place, Code.NOT_VERIFIED, message)
        elif box.verified_on and box.until and box.until < box.verified_on:
            message = f"`{box.id}` is verified until a day before it was verified."
            faults.add(place, Code.NOT_VERIFIED, message)


def _check_whose(content: Content, faults: Faults) -> None:
    """A new address says whether one person reads it; a second mailbox is another one."""
    for box in content.catalogue.mailboxes.values():
        if box.unsaid:
            message = f"`{box.id}`: {box.unsaid}."
            faults.add(Place(box.file, box.line), Code.MISSING_KEY, message)
        second = content.catalogue.mailboxes.get(box.second)
        if second and second.address.lower() == box.address.lower():
            message = (
                f"The second mailbox of `{box.id}` is the first again: name another, or none."
            )
            faults.add(Place(second.file, second.line), Code.WRONG_ADDRESS, message)


def _check_seconds(content: Content, faults: Faults) -> None:
    """A second mailbox has its id from the first; no other mailbox may have it."""
    written = {
        i: b
        for _, held in holding(content.files, MailboxesFile)
        for i, b in held.mailboxes.items()
    }
    for id_, box in written.items():
        if box and box.second and second_id(id_) in written:
            message = f"`{second_id(id_)}` is the id of the second mailbox of `{id_}`."
            faults.add(box.second.place, Code.DUPLICATE_ID, message)


def _check_routes(content: Content, faults: Faults) -> None:
    dialogs = content.catalogue.dialogs
    for _, held in holding(content.files, RoutesFile):
        for id_, route in held.routes.items():
            for name in route.takes if route and route.anonymous else ():
                dialog = dialogs.get(str(name))
                if dialog is not None and dialog.manner is Manner.NAMED:
                    message = f"`{id_}` is anonymous and takes `{name}`, whose manner is named."
                    faults.add(name.place, Code.ANONYMOUS_ROUTE, message)


def _check_kind(content: Content, route: Route, faults: Faults) -> None:
    """A child's name must not reach whoever was meant to hear of a place: two mailboxes written
    the wrong way round would send it there.
    """
    for box in (content.catalogue.mailboxes[id_] for id_ in route.mailboxes):
        place = Place(box.file, box.line)
        if about_a_child(route) and not box.staffed:
            message = (
                f"`{box.id}` gets mail about a child: say in `staffed` whom to call meanwhile."
            )
            faults.add(place, Code.MISSING_KEY, message)
        if not box.takes:
            message = f"`{box.id}` receives mail: say in `takes` which kinds it is for."
            faults.add(place, Code.MISSING_KEY, message)
        elif route.kind not in box.takes:
            takes = " and ".join(box.takes)
            message = f"`{route.id}` sends {route.kind} to `{box.id}`, which takes {takes}."
            faults.add(place, Code.WRONG_MAILBOX, message)
