"""Making the files that somebody asked for, in the turn in which they asked. Nothing is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date
from typing import Final, Protocol, assert_never

from bot.core.calendar import MEDIA_TYPE, calendar, entries
from bot.core.catalogue import Catalogue
from bot.core.dated import route_on
from bot.core.deadlines import After, Due, Monthly, run_of, worked_out
from bot.core.gifts import Dates, Documents, Picture
from bot.core.mail import submission_json
from bot.core.paper import paper
from bot.core.routing import How, Mailbox, MailboxState, Route, doubts
from bot.core.submission import Submission
from bot.core.turn import File, Give
from bot.ports import Clock, Ids
from bot.service.intake import Printer

JSON: Final = "application/json"
PNG: Final = "image/png"


class Pictures(Protocol):
    """Draws dialogs and pathways."""

    async def draw(self, name: str) -> bytes | None:
        """The picture of this name (`wirral/entry`) as PNG, at most 10 MB; None when there is
        none or it cannot be drawn now. Made off the event loop.
        """
        ...


class Gifts:
    """Makes files. `mail_from` is the installation's own address, for whoever gets a paper by
    mistake.
    """

    def __init__(
        self,
        printer: Printer,
        clock: Clock,
        ids: Ids,
        mail_from: str,
        pictures: Pictures | None = None,
    ) -> None:
        self._printer = printer
        self._pictures = pictures
        self._clock = clock
        self._ids = ids
        self._mail_from = mail_from

    async def make(self, catalogue: Catalogue, give: Give) -> tuple[File, ...]:
        """The files; none where they could not be made."""
        match give.gift:
            case Documents():
                return await self._documents(catalogue, give)
            case Dates(ids):
                return self._dates(catalogue, ids, give.days)
            case Picture(name):
                return await self._picture(catalogue, name)
            case _:
                assert_never(give.gift)

    async def copies(
        self,
        catalogue: Catalogue,
        told: tuple[Submission, ...],
        references: Mapping[str, str],
    ) -> tuple[File, ...]:
        """The documents of what was just sent by mail, under the mail's own references (by route),
        for the sender's own file.
        """
        files: list[File] = []
        said = self._leaves(catalogue, catalogue.screens["file_copy"].source)
        for number, one in enumerate(told, 1):
            files += await self._one(catalogue, one, _number(number), references[one.route], said)
        return tuple(files)

    async def _documents(self, catalogue: Catalogue, give: Give) -> tuple[File, ...]:
        """The paper of each, numbered from the second on; of what goes by mail `submission.json`
        too.
        """
        files: list[File] = []
        own = catalogue.screens["file_own"].source
        said = self._leaves(catalogue, own) if give.own else ""
        for number, submission in enumerate(give.told, 1):
            files += await self._one(catalogue, submission, _number(number), said=said)
        return tuple(files)

    async def _one(
        self,
        catalogue: Catalogue,
        submission: Submission,
        number: str,
        reference: str = "",
        said: str = "",
    ) -> tuple[File, ...]:
        day = date.fromisoformat(submission.day)
        route = route_on(catalogue, catalogue.routes[submission.route], day)
        box = mailbox_of(catalogue, route)
        reference = reference or self._ids.reference()
        sheet = paper(catalogue, submission, box, reference, self._mail_from)
        printed = await self._printer.print(sheet)
        said = said or self._leaves(catalogue, self._where(catalogue, route, box))
        name = f"information-{submission.day}{number}.pdf"
        pdf = (_document(name, printed.media_type, printed.content, said),) if printed else ()
        if route.how is not How.MAIL:
            return pdf
        body = submission_json(submission, reference)
        record = _document(f"submission{number}.json", JSON, body, "" if printed else said)
        return *pdf, record

    def _leaves(self, catalogue: Catalogue, said: str) -> str:
        """What is said of documents, and how long they stay where they are shown."""
        parts = [said]
        if catalogue.channel:
            parts.append(catalogue.screens["file_leaves"].fill({"channel": catalogue.channel}))
        return "\n\n".join(part.strip() for part in parts)

    def _where(self, catalogue: Catalogue, route: Route, box: Mailbox) -> str:
        """Into the person's own file, or on by their own mail. An address that may not be used is
        not shown: in training none is, live only that of a verified mailbox.
        """
        if route.how is not How.MAIL:
            return catalogue.screens["file_own"].source
        usable = not catalogue.training and not doubts(box, self._clock.now().date())
        where = f"{box.name}, {box.address}" if usable else box.name
        return catalogue.screens["file_documents"].fill(
            {"mailbox": where, "subject": route.subject}
        )

    def _dates(
        self, catalogue: Catalogue, ids: tuple[str, ...], days: Mapping[str, date]
    ) -> tuple[File, ...]:
        now = self._clock.now()
        dues = dates_of(catalogue, ids, now.date(), days)
        content = calendar(entries(dues, windows(catalogue, ids)), now.astimezone(UTC))
        parts = [catalogue.screens["file_calendar"].source.strip(), *_runs(catalogue, ids)]
        said = " ".join(parts)
        return (File(f"dates-{now.date()}.ics", MEDIA_TYPE, content, said, protect=False),)

    async def _picture(self, catalogue: Catalogue, name: str) -> tuple[File, ...]:
        content = await self._pictures.draw(name) if self._pictures else None
        if content is None:
            return ()
        said = catalogue.screens["file_picture"].source.strip()
        title = name.replace("/", "-").replace("_", "-")
        return (File(f"{title}.png", PNG, content, said, protect=False),)


def _number(number: int) -> str:
    """In a file's name, from the second item on."""
    return f"-{number}" if number > 1 else ""


def _document(name: str, media_type: str, content: bytes, said: str) -> File:
    """About a child: it may be kept and sent on, and leaves the chat again."""
    return File(name, media_type, content, said, fleeting=True, protect=False)


def mailbox_of(catalogue: Catalogue, route: Route) -> Mailbox:
    """The route's first mailbox; for one that has none, a stand-in with the route's own name."""
    if route.mailboxes:
        return catalogue.mailboxes[route.mailboxes[0]]
    return Mailbox(route.id, route.name, "", MailboxState.UNVERIFIED)


def windows(catalogue: Catalogue, ids: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """The windows of which both ends were asked for: title, first and last date."""
    rules = [catalogue.deadlines[id_] for id_ in ids]
    ends = (rule for rule in rules if isinstance(rule, After) and rule.opens in ids)
    return [(rule.window, rule.opens, rule.id) for rule in ends]


def dates_of(
    catalogue: Catalogue, ids: tuple[str, ...], on: date, days: Mapping[str, date]
) -> list[Due]:
    """These dates as of a day and of the days told; those of an area are worked out together. Of
    what comes every month as many as a calendar holds, and the last one says that it is.
    """
    areas = {catalogue.deadlines[id_].area for id_ in ids}
    rules = tuple(rule for rule in catalogue.deadlines.values() if rule.area in areas)
    opening = {rule.opens for rule in rules if isinstance(rule, After)}
    due_days = worked_out(rules, on, catalogue.holidays, days)
    found = [_from_today(due, on, opening) for due in due_days if due.id in ids]
    for rule in _repeated(catalogue, ids):
        *some, last = run_of(rules, rule, on, catalogue.holidays)
        notes = (last.note, _run(catalogue, rule))
        last = replace(last, note=" ".join(note for note in notes if note))
        found = [*(due for due in found if due.id != rule.id), *some, last]
    return found


def _from_today(due: Due, on: date, opening: set[str]) -> Due:
    """No day gone by is put into a calendar: what was due then is overdue today. A window that is
    open already begins today.
    """
    if due.day >= on:
        return due
    late = "" if due.id in opening else f"Overdue: it was due by {due.spoken}."
    return replace(due, day=on, note=" ".join(note for note in (due.note, late) if note))


def _repeated(catalogue: Catalogue, ids: tuple[str, ...]) -> list[Monthly]:
    rules = (catalogue.deadlines[id_] for id_ in ids)
    return [rule for rule in rules if isinstance(rule, Monthly) and rule.ahead > 1]


def _run(catalogue: Catalogue, rule: Monthly) -> str:
    return catalogue.screens["file_calendar_run"].fill({"count": str(rule.ahead)}).strip()


def _runs(catalogue: Catalogue, ids: tuple[str, ...]) -> list[str]:
    return [_run(catalogue, rule) for rule in _repeated(catalogue, ids)]
