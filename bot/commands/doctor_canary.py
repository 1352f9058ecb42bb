"""What `doctor` says of the tests of the whole way: when the last came through, and whether those
of each mailbox can be sent, found and opened again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from bot.app import content_of
from bot.commands.looked import Looked, State
from bot.core.routing import How, Mailbox
from bot.errors import ContentError
from bot.settings import Settings

PASSED: Final = "canary"  # a file in the data folder: when every test last came through
_RECENT: Final = timedelta(days=1)
_WHAT: Final = "canary"
_HOURLY: Final = "Run python -m bot canary, every hour; see what it says"


def passed(settings: Settings, now: datetime) -> None:
    """Note that every test came through now."""
    moment = now.astimezone(UTC).replace(second=0, microsecond=0)
    (settings.data_dir / PASSED).write_text(f"{moment:%Y-%m-%dT%H:%MZ}\n", "utf-8")


def canaries(settings: Settings, now: datetime | None = None) -> list[Looked]:
    """The last test that came through; then each mailbox of a mail route whose tests cannot be
    sent or opened. Where no mailbox was verified here, the embedded one opens them all.
    """
    from bot.adapters.system import SystemClock

    found = [_last(settings, now or SystemClock().now())]
    if settings.mailboxes is None:
        return found
    try:
        content = content_of(settings)
    except ContentError:
        return found  # said elsewhere, problem by problem
    routes = [route for route in content.routes.values() if route.how is How.MAIL]
    for id_ in dict.fromkeys(box for route in routes for box in route.mailboxes):
        found += _mailbox(content.mailboxes[id_], settings)
    return found


def _last(settings: Settings, now: datetime) -> Looked:
    try:
        moment = datetime.fromisoformat((settings.data_dir / PASSED).read_text("utf-8").strip())
        ago = now - moment
    except (OSError, ValueError, TypeError):
        return Looked(State.NOTE, _WHAT, "none has come through yet, as far as is known", _HOURLY)
    said = f"the last came through on {moment.astimezone(now.tzinfo):%Y-%m-%d at %H:%M}"
    if ago > _RECENT:
        return Looked(State.NOTE, _WHAT, f"{said}, more than a day ago", _HOURLY)
    return Looked(State.OK, _WHAT, said)


def _mailbox(box: Mailbox, settings: Settings) -> Iterator[Looked]:
    from bot.adapters.far_end import key_fault

    what = f"canary to {box.id}"
    bad = State.NOTE if settings.training else State.PROBLEM
    canary = box.canary
    if canary is None:
        do = "Ask its people, and name who agreed under canary in BOT_MAILBOXES"
        yield Looked(State.NOTE, what, "nobody there has agreed to test mails", do)
        return
    if not canary.maildir:
        do = "Have a copy sent to a mailbox of yours, and name its Maildir"
        yield Looked(State.NOTE, what, "a test that was handed over cannot be opened here", do)
        return
    if not all((Path(canary.maildir) / part).is_dir() for part in ("new", "cur")):
        do = "Check maildir: a folder with new and cur in it, readable by this user"
        yield Looked(bad, what, "its Maildir is not there", do)
    elif box.certificates and not canary.key:
        do = "Name key: a file with the key and the certificate (PEM)"
        yield Looked(bad, what, "its mail is sealed and no key opens the copy", do)
    elif canary.key and (fault := key_fault(canary.key, box.certificates)):
        yield Looked(
            bad, what, _KEY[fault], "Check key: a file with the key and certificate (PEM)"
        )
    else:
        yield Looked(State.OK, what, "its tests can be sent and opened")


_KEY: Final = {
    "no_key": "the file of its key cannot be read, or holds no RSA key and certificate",
    "another_key": "the key and the certificate in its file do not belong together",
    "not_sealed_to": "nothing is sealed to the certificate of its key",
}
