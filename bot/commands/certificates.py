"""What `keys` and `doctor` say of the installation's certificate and of those of its mailboxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.commands.looked import Looked, State
from bot.core.routing import Mailbox, Unfit
from bot.errors import ContentError, SealingError
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.certificates import Certificate, Use

INSTALLATION: Final = "installation"
LAST_DAYS: Final = 7
WARNINGS: Final = (  # days left, and what to do
    (LAST_DAYS, "Put the new one in place now: mail cannot be sealed without it"),
    (30, "Ask again for the new one, and have its fingerprint read to you"),
    (60, "Ask for the new one"),
)


@dataclass(frozen=True, slots=True)
class Held:
    """One certificate: whose it is (`installation` or a mailbox's id), its file, the SHA-256
    fingerprint, whole days left, whether it is self-signed, why it must not be used today, its
    subject and the e-mail addresses that it names.
    """

    whose: str
    file: str
    fingerprint: str
    days_left: int
    self_signed: bool
    faults: tuple[str, ...]
    subject: str = ""
    addresses: tuple[str, ...] = ()


def held(settings: Settings, mailboxes: Iterable[Mailbox], now: datetime) -> Iterator[Held]:
    """Every certificate of the installation and its mailboxes. Makes nothing."""
    from bot.adapters.certificates import Use
    from bot.adapters.signing import CERTIFICATE_FILE

    own = settings.key_dir / CERTIFICATE_FILE
    if own.exists():
        yield _held(INSTALLATION, own, Use.SIGN, now)
    for mailbox in mailboxes:
        for file in mailbox.certificates:
            yield _held(mailbox.id, Path(file), Use.SEAL, now)


def certificate_warnings(settings: Settings, now: datetime | None = None) -> list[Looked]:
    """One line a certificate, for `doctor`: unfit ones, and those with 60, 30 or 7 days left."""
    from bot.adapters.system import SystemClock
    from bot.app import content_of

    try:
        mailboxes = content_of(settings).mailboxes.values()
    except ContentError:
        return []  # said elsewhere, problem by problem
    found = list(held(settings, mailboxes, now or SystemClock().now()))
    looked = [_looked(one, settings) for one in found]
    for box in mailboxes:
        looked += _strangers(box, [one for one in found if one.whose == box.id], settings)
    return looked


def unsealable(settings: Settings, mailboxes: Iterable[Mailbox], now: datetime) -> Unfit:
    """Why mail for a mailbox cannot be sealed today, as a start would find it. Makes nothing."""
    from bot.adapters.sealing import WORDS

    found = tuple(held(settings, mailboxes, now))

    def unfit(mailbox: Mailbox, _today: date) -> tuple[str, ...]:
        own = any(one.faults for one in found if one.whose == INSTALLATION)
        why = [WORDS["signing_certificate_unfit"]] if own and mailbox.certificates else []
        why += [fault for one in found if one.whose == mailbox.id for fault in one.faults]
        return tuple(dict.fromkeys(why))

    return unfit


def _strangers(box: Mailbox, its: list[Held], settings: Settings) -> Iterator[Looked]:
    """Certificates that name another address: whoever holds them would open this mail. Where
    another of the same mailbox names it, they may be of the people who read it.
    """
    address = box.address.lower()
    readable = [one for one in its if one.fingerprint]
    named = any(address in one.addresses for one in readable)
    bad = State.NOTE if settings.training or named else State.PROBLEM
    do = "Have its fingerprint read to you by the team, and ask for one in the mailbox's own name"
    for one in readable:
        if address not in one.addresses:
            said = f"it names {' and '.join(one.addresses) or 'no e-mail address'}, not {address}"
            yield Looked(bad, f"certificate of {box.id}", said, do)


def _held(whose: str, path: Path, use: Use, now: datetime) -> Held:
    from bot.adapters.certificates import faults, read_certificate, whole_day
    from bot.adapters.sealing import WORDS

    try:
        found: Certificate = read_certificate(path)
    except SealingError as unreadable:
        return Held(whose, str(path), "", 0, self_signed=False, faults=(WORDS[unreadable.code],))
    return Held(
        whose,
        str(path),
        found.fingerprint,
        found.days_left(now),
        found.self_signed,
        tuple(WORDS[fault] for fault in faults(found, use, now, whole_day(now.date())[1])),
        found.subject,
        found.addresses,
    )


def _looked(one: Held, settings: Settings) -> Looked:
    bad = State.NOTE if settings.training else State.PROBLEM
    what = f"certificate of {one.whose}"
    if one.faults:
        return Looked(bad, what, "; ".join(one.faults))
    said = f"{one.days_left} days left"
    for days, do in WARNINGS:
        if one.days_left <= days:
            return Looked(bad if days == LAST_DAYS else State.NOTE, what, said, do)
    return Looked(State.OK, what, said)
