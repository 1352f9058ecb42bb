"""What `doctor` looks at on this machine: keys, database, disk, clock, the webhook's settings."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from bot.app import database
from bot.commands.looked import Looked, State
from bot.errors import BotError, ConfigError
from bot.settings import LOOPBACK, Settings

FREE_BYTES: Final = 200 * 1024 * 1024
FREE_SHARE: Final = 0.03
FIRST_YEAR: Final = 2026
LAST_YEAR: Final = 2100
WEBHOOK_PORTS: Final = (443, 80, 88, 8443)  # the only ones that Telegram calls
LONG_ENOUGH: Final = 16  # letters of a path that nobody guesses
_NO_DATABASE: Final = Looked(State.NOTE, "database", "none yet; the first start makes it")


async def keys_and_database(settings: Settings) -> list[Looked]:
    """The keys and the file they open. Nothing is made that is not there."""
    path = database(settings)
    return [*_keys(settings, path), *(await _database(path) if path.exists() else [_NO_DATABASE])]


def _keys(settings: Settings, path: Path) -> list[Looked]:
    from bot.adapters.keyring import open_keyring

    folder = settings.key_dir
    apart = path.parent.resolve() != folder.resolve()
    if apart and not any(folder.glob("*.key")) and not path.exists():
        return [Looked(State.NOTE, "keys", "none yet; the first start makes them")]
    try:
        open_keyring(folder, path)
    except ConfigError as wrong:
        return [Looked(State.PROBLEM, "keys", p.message) for p in wrong.problems]
    found = [Looked(State.OK, "keys", "whole, and readable by their owner alone")]
    if settings.data_dir.resolve() in folder.resolve().parents:
        do = "Whoever copies it has both. Set BOT_KEY_DIR to a folder outside it"
        found.append(Looked(State.PROBLEM, "keys", "they lie inside the data folder", do))
    elif path.parent.exists() and path.parent.stat().st_dev == folder.stat().st_dev:
        do = "Another disk is safer, and keeps the keys out of backups of the data"
        found.append(Looked(State.NOTE, "keys", "keys and data are on one disk", do))
    return found


async def _database(path: Path) -> list[Looked]:
    from bot.adapters.sqlite.examining import examine
    from bot.adapters.system import SystemClock

    try:
        seen = await examine(path)
    except BotError as wrong:
        do = "Check the disk, the owner of the folder, and that no other program holds the file"
        return [Looked(State.PROBLEM, "database", f"cannot be opened ({wrong.code})", do)]
    if not seen.sound:
        return [Looked(State.PROBLEM, "database", "is damaged", "Restore it from a backup")]
    if seen.behind < 0:
        do = "Start the newer program, or restore the backup made before the upgrade"
        return [Looked(State.PROBLEM, "database", "was made by a newer program", do)]
    found = [Looked(State.OK, "database", "opens with WAL and secure_delete, and is sound")]
    if seen.behind:
        said = "the next start brings it to a newer version"
        found.append(Looked(State.NOTE, "database", said, "Back it up first"))
    if seen.newest_day > SystemClock().now().date().isoformat():
        do = "Set the clock of this machine"
        found.append(Looked(State.PROBLEM, "clock", "something was saved on a later day", do))
    return found


def disk_and_clock(settings: Settings, today: date | None = None) -> list[Looked]:
    """Room on the disk, and a year that can be."""
    from bot.adapters.system import SystemClock

    today = today or SystemClock().now().date()
    folder = database(settings).parent.absolute()
    here = next(place for place in (folder, *folder.parents) if place.exists())
    disk = shutil.disk_usage(here)
    free = f"{disk.free // 1024**2:,} MB free"
    enough = disk.free > max(FREE_BYTES, FREE_SHARE * disk.total)
    clock = Looked(State.OK, "clock", f"it is {today}")
    if not FIRST_YEAR <= today.year <= LAST_YEAR:
        clock = Looked(State.PROBLEM, "clock", f"{today} cannot be", "Set the clock")
    room = Looked(State.OK, "disk", free)
    if not enough:
        room = Looked(State.PROBLEM, "disk", f"only {free}", "Make room: a full disk saves none")
    return [room, clock]


def webhook(settings: Settings) -> list[Looked]:
    """Whether Telegram can call the webhook's URL at all."""
    if not settings.webhook_url:
        return [Looked(State.OK, "webhook", "not used; updates come by long polling")]
    url = urlsplit(settings.webhook_url)
    found: list[Looked] = []
    if url.hostname not in LOOPBACK and (url.port or 443) not in WEBHOOK_PORTS:
        do = "Use one of " + ", ".join(map(str, WEBHOOK_PORTS))
        found.append(Looked(State.PROBLEM, "webhook", "Telegram does not call this port", do))
    if url.query or url.fragment or url.username:
        do = "Put nothing but a path after the host"
        found.append(Looked(State.PROBLEM, "webhook", "the URL has more than a path", do))
    if len(url.path) < LONG_ENOUGH:
        do = "A long random path keeps strangers from the door"
        found.append(Looked(State.NOTE, "webhook", "the path is easy to guess", do))
    return found or [Looked(State.OK, "webhook", "the URL has the right form")]
