"""From submissions to outbox items: one mail for each mailbox of each route, composed and sealed
here, so that nothing about the person is left to be added later.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol

from bot.core.catalogue import Catalogue
from bot.core.dated import route_on
from bot.core.fields import forms_of
from bot.core.mail import Document, compose
from bot.core.mail_text import CANARY
from bot.core.paper import Paper, first_of, paper
from bot.core.routing import Mailbox, Route
from bot.core.submission import Submission
from bot.errors import SealingError
from bot.ports import Ids, ItemId, NewItem, OtherCopy

BURST = "It came soon after several others from one place. That says nothing about its truth."


class Sealer(Protocol):
    """Makes a mail that only its mailbox can open."""

    async def seal(self, message: bytes, mailbox: Mailbox) -> bytes:
        """The whole outer MIME message, signed and enveloped to every certificate of the mailbox;
        as it is when there are none, in training or when the mailbox's entry says who agreed.
        Raises SealingError: then nothing may be stored or sent.
        """
        ...


class Printer(Protocol):
    """Makes the paper that a person reads."""

    async def print(self, paper: Paper) -> Document | None:
        """`<reference>.pdf`, or None: the mail goes without it, and the operator was told."""
        ...


@dataclass(frozen=True, slots=True)
class Saved:
    """What was made for one route: its items, their common reference and first Message-ID."""

    items: tuple[ItemId, ...]
    reference: str
    message_id: str


@dataclass(frozen=True, slots=True)
class Made:
    """The items to commit, and what a receipt must remember about them, by route."""

    items: tuple[NewItem, ...]
    saved: Mapping[str, Saved]
    day: str
    earlier: Mapping[str, Any] = field(default_factory=dict)  # of the receipt being added to


def _unheard(_code: str) -> None:
    """Nobody is told."""


class Intake:
    """Prints, composes and seals mail. `mail_from` is the address it comes from; its domain is in
    Message-IDs. `alarm` gets codes.
    """

    def __init__(
        self,
        ids: Ids,
        printer: Printer,
        sealer: Sealer,
        mail_from: str,
        alarm: Callable[[str], None] = _unheard,
    ) -> None:
        self._ids = ids
        self._printer = printer
        self._sealer = sealer
        self._mail_from = mail_from
        self._alarm = alarm

    async def prepare(
        self,
        catalogue: Catalogue,
        submissions: Sequence[Submission],
        status: Mapping[str, Any],
        hold_minutes: int,
    ) -> Made:
        """The items for these submissions, each sealed to its mailbox, and to that mailbox's
        second. Raises SealingError when the first cannot be: better nothing stored than something
        plain.
        """
        items: list[NewItem] = []
        saved: dict[str, Saved] = {}
        for submission in submissions:
            marks = (submission.mark, BURST if hold_minutes else "")
            marked = replace(submission, mark=" ".join(part for part in marks if part))
            made = await self._route(catalogue, marked, status, hold_minutes)
            items += made
            first = made[0]
            ids = tuple(item.id for item in made)
            saved[submission.route] = Saved(ids, first.reference, first.message_id)
        return Made(tuple(items), saved, submissions[0].day)

    async def _route(
        self, catalogue: Catalogue, submission: Submission, status: Mapping[str, Any], hold: int
    ) -> list[NewItem]:
        day = date.fromisoformat(submission.day)
        route = route_on(catalogue, catalogue.routes[submission.route], day)
        reference = self._ids.reference()
        reply_to = str(status.get("message_ids", {}).get(route.id, ""))
        return [
            await self._item(
                catalogue, submission, route, catalogue.mailboxes[box], reference, reply_to, hold
            )
            for box in route.mailboxes
        ]

    async def _item(
        self,
        catalogue: Catalogue,
        submission: Submission,
        route: Route,
        mailbox: Mailbox,
        reference: str,
        reply_to: str,
        hold: int,
    ) -> NewItem:
        message_id = f"<{self._ids.token()}@{self._mail_from.rpartition('@')[2]}>"

        async def sealed(box: Mailbox) -> bytes:
            mail = await self._mail(
                catalogue, submission, route, box, reference, message_id, reply_to
            )
            return await self._sealer.seal(mail, box)

        return NewItem(
            id=ItemId(self._ids.token()),
            reference=reference,
            route=route.id,
            mailbox=mailbox.id,
            message_id=message_id,
            message=await sealed(mailbox),
            day=submission.day,
            training=catalogue.training,
            anonymous=route.anonymous,
            hold_minutes=hold,
            canary=submission.kind == CANARY,
            other=await self._other(catalogue.mailboxes.get(mailbox.second), sealed),
        )

    async def _other(
        self, second: Mailbox | None, sealed: Callable[[Mailbox], Awaitable[bytes]]
    ) -> OtherCopy | None:
        """The same mail for the desk's second mailbox. One that cannot be sealed to it is no
        reason to refuse a report: the first gets it, and the operator hears.
        """
        if second is None:
            return None
        try:
            return OtherCopy(second.id, await sealed(second))
        except SealingError:
            self._alarm("second_not_sealed")
            return None

    async def _mail(
        self,
        catalogue: Catalogue,
        submission: Submission,
        route: Route,
        mailbox: Mailbox,
        reference: str,
        message_id: str,
        reply_to: str,
    ) -> bytes:
        return compose(
            submission,
            route,
            mailbox,
            reference,
            message_id,
            self._mail_from,
            training=catalogue.training,
            in_reply_to=reply_to,
            first=first_of(forms_of(catalogue, route, submission.finding)),
            documents=await self._documents(catalogue, submission, mailbox, reference),
        )

    async def _documents(
        self,
        catalogue: Catalogue,
        submission: Submission,
        mailbox: Mailbox,
        reference: str,
    ) -> tuple[Document, ...]:
        """The submission's paper; nothing when it cannot be printed."""
        sheet = paper(catalogue, submission, mailbox, reference, self._mail_from)
        printed = await self._printer.print(sheet)
        return (printed,) if printed else ()
