"""Routes and mailboxes: where what comes out of a conversation goes, and whether it may."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias


class How(StrEnum):
    """How a route is walked: by this program's mail, or by the person themselves."""

    MAIL = "mail"
    PHONE = "phone"
    FORM = "form"
    TELL = "tell"


class MailboxState(StrEnum):
    """`retired`: known dead. `unverified`: nobody has confirmed it. `verified`: somebody has."""

    RETIRED = "retired"
    UNVERIFIED = "unverified"
    VERIFIED = "verified"


class Mode(StrEnum):
    """In `training` no real address ever enters an SMTP envelope."""

    TRAINING = "training"
    LIVE = "live"


# Why mail for a mailbox cannot be sealed on a day, in words; empty when it can.
Unfit: TypeAlias = "Callable[[Mailbox, date], tuple[str, ...]]"

# Networks that no longer carry mail (architecture.md; domain.md section 3).
CLOSED_NETWORKS: Final = ("gsi", "gse", "gsx", "gcsx", "pnn")
_A_NAME: Final = re.compile(r"[^\W\d_]+\.[^\W\d_]+@.*")  # jane.smith@
UNSEALED: Final = (
    "it has no certificate to seal to, and its entry does not say who agreed to TLS alone"
)
SECOND_AFTER: Final = 60  # minutes of trying a mailbox in vain, until its second one is tried


@dataclass(frozen=True, slots=True)
class Opening:
    """Hours on some days of the week (Monday is 0), in minutes since midnight in London."""

    days: frozenset[int]
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Staffed:
    """When somebody reads a mailbox (no hours: no source says), and the number to call when
    nobody does, with whose it is.
    """

    hours: tuple[Opening, ...] = ()
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Canary:
    """Who agreed to test mails to a mailbox, and, where one of them can be read again, the folder
    (a Maildir) that it reaches and the key that opens it.
    """

    agreed_by: str
    maildir: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A named destination. Dates are calendar days in Europe/London."""

    id: str
    name: str
    address: str
    state: MailboxState
    personal: bool | None = False  # one named person's; None: not said, and it must be
    verified_by: str = ""
    verified_on: date | None = None
    until: date | None = None
    takes: tuple[str, ...] = ()  # the kinds of submission it is meant to receive
    certificates: tuple[str, ...] = ()  # files of S/MIME certificates; the mail is sealed to them
    tls_only_agreed_by: str = ""  # who agreed that verified TLS alone is enough
    staffed: Staffed | None = None
    canary: Canary | None = None
    second: str = ""  # the id of its other mailbox, for when this one is down or refuses
    second_after: int = SECOND_AFTER  # minutes of trying in vain until then
    note: str = ""  # what the source says and as of when
    file: str = ""
    line: int = 0

    @property
    def closed_network(self) -> str:
        """The closed government or police network the address lies on, or ""."""
        labels = self.address.rpartition("@")[2].lower().split(".")
        return next((label for label in labels if label in CLOSED_NETWORKS), "")

    @property
    def unsaid(self) -> str:
        """Why its entry must say whether the mailbox is one person's, and what to do, or ""."""
        if self.personal is not None:
            return ""
        why = "is new" if not looks_personal(self.address) else "looks like a person's name"
        return (
            f"its address {why} and its entry does not say whose it is: write `personal: no` "
            "where a team reads it; otherwise ask for the team's mailbox"
        )


@dataclass(frozen=True, slots=True)
class Due:
    """What must have happened by when, as the source says it."""

    text: str
    within_hours: int | None = None
    by: str = ""  # the id of the date by which, where the source sets one
    day: date | None = None  # that date, once it is known as of which day (dated.py)


@dataclass(frozen=True, slots=True)
class Route:
    """One way to act. For `mail`: the exact subject and the mailboxes."""

    id: str
    area: str
    name: str
    how: How
    clause: str
    kind: str = ""  # intelligence, referral, mase, case_report or canary
    mailboxes: tuple[str, ...] = ()
    subject: str = ""
    forms: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()  # the dialogs whose answers it carries; others stay behind
    anonymous: bool = True
    due: Due | None = None
    after: str = ""  # what the person is told once it is saved
    phones: str = ""  # the numbers to use instead, shown when the route is closed
    note: str = ""  # a sentence for whoever opens the mail
    link: tuple[tuple[str, str], ...] = ()  # facts that a link to it already answers


def looks_personal(address: str) -> bool:
    """Whether it is two words of letters joined by a dot, as a person's mailbox often is."""
    return _A_NAME.fullmatch(address) is not None


def refusals(mailbox: Mailbox, today: date) -> tuple[str, ...]:
    """Why live mail may not go to this mailbox today; empty when it may.

    Safeguarding rule: live mail goes only to a verified mailbox, never to a closed network.
    """
    found = doubts(mailbox, today)
    return found if sealed_or_agreed(mailbox) else (*found, UNSEALED)


def sealed_or_agreed(mailbox: Mailbox) -> bool:
    """Whether there is a certificate to seal to, or somebody's word that TLS alone is enough."""
    return bool(mailbox.certificates or mailbox.tls_only_agreed_by)


def doubts(mailbox: Mailbox, today: date) -> tuple[str, ...]:
    """Why this address must not be used today by anybody, whatever seals the mail."""
    found: list[str] = []
    if mailbox.closed_network:
        found.append(f"its domain is on the closed {mailbox.closed_network} network")
    if mailbox.personal:
        found.append("it is the mailbox of one named person")
    if mailbox.unsaid:
        found.append(mailbox.unsaid)
    if mailbox.state is not MailboxState.VERIFIED:
        found.append(f"its state is {mailbox.state}")
    elif mailbox.until is None or mailbox.verified_on is None or not mailbox.verified_by:
        found.append("it does not say who verified it, on which day and until when")
    elif not mailbox.verified_on <= today <= mailbox.until:
        found.append("its verification has lapsed or has not begun")
    return tuple(found)


def always_fit(_mailbox: Mailbox, _today: date) -> tuple[str, ...]:
    """An `Unfit` that finds nothing."""
    return ()


def closed_routes(
    routes: Mapping[str, Route],
    mailboxes: Mapping[str, Mailbox],
    mode: Mode,
    today: date,
    unfit: Unfit = always_fit,
) -> Mapping[str, tuple[str, ...]]:
    """Mail routes that must not be used today, each with the reasons; in training only those of
    `unfit`: certificates that nothing can be sealed to.
    """

    def reasons(box: str) -> tuple[str, ...]:
        refused = refusals(mailboxes[box], today) if mode is Mode.LIVE else ()
        return (*refused, *unfit(mailboxes[box], today))

    closed = {
        route.id: tuple(f"{box}: {why}" for box in route.mailboxes for why in reasons(box))
        for route in routes.values()
        if route.how is How.MAIL
    }
    return {route: why for route, why in closed.items() if why}
