"""What `keys` and `doctor` say of the installation's certificate and of those of its mailboxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.commands.looked import Looked, State
from bot.core.routing import Mailbox
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
    fingerprint, whole days left, whether it is self-signed, and why it must not be used.
    """

    whose: str
    file: str
    fingerprint: str
    days_left: int
    self_signed: bool
    faults: tuple[str, ...]


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
    now = now or SystemClock().now()
    return [_looked(one, settings) for one in held(settings, mailboxes, now)]


def _held(whose: str, path: Path, use: Use, now: datetime) -> Held:
    from bot.adapters.certificates import faults, read_certificate
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
        tuple(WORDS[fault] for fault in faults(found, use, now, now)),
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
