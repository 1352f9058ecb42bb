"""One key, one file: written once, readable by its owner only, destroyed by overwriting.

A file is one line, `safeguarding-key 1 PURPOSE HEX CHECK`. The check covers the purpose, so a
damaged file and one put in another's place are both noticed.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from bot.adapters.envelope import KEY_BYTES
from bot.errors import Problem

SUFFIX: Final = ".key"
SESSION: Final = "session-"  # before the day
_MARK: Final = "safeguarding-key 1"
_OTHERS: Final = 0o077  # any permission of group or others


def folder_problem(folder: Path) -> Problem | None:
    """What is wrong with the key folder itself, or None."""
    if folder.stat().st_mode & _OTHERS:
        message = f"Others can look into the key folder. Run: chmod 700 {folder}"
        return Problem(str(folder), 1, "key_folder_permissions", message)
    return None


def read_key(path: Path, purpose: str) -> bytes | Problem:
    """The 32 bytes of a key file, or what is wrong with it and what to do."""
    try:
        if path.stat().st_mode & _OTHERS:
            message = f"Others can read this key. Run: chmod 600 {path}"
            return Problem(str(path), 1, "key_permissions", message)
        line = path.read_text("ascii").strip()
    except FileNotFoundError:
        return Problem(str(path), 1, "key_missing", _advice("The key file is missing.", purpose))
    except (OSError, UnicodeDecodeError):
        return Problem(
            str(path), 1, "key_unreadable", _advice("The key file cannot be read.", purpose)
        )
    secret = _secret(line)
    if secret is None or line != _line(purpose, secret):
        return Problem(str(path), 1, "key_damaged", _advice("The key file is damaged.", purpose))
    return secret


def write_key(path: Path, purpose: str, secret: bytes) -> None:
    """Put a new key on the disk for good. Raises FileExistsError rather than replace one."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, _line(purpose, secret).encode() + b"\n")
        os.fsync(handle)
        os.link(part, path)  # whole or not at all, and never over another process's key
    finally:
        os.close(handle)
        part.unlink()
    _sync_folder(path.parent)


def destroy_key(path: Path) -> None:
    """Overwrite the key, then remove the file; and what a crash left of its writing."""
    for file in (path, *path.parent.glob(f".{path.name}.*.part")):
        _overwrite(file)
        file.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _overwrite(path: Path) -> None:
    try:
        handle = os.open(path, os.O_WRONLY)
    except FileNotFoundError:
        return  # another program of this installation was quicker
    try:
        os.write(handle, bytes(os.fstat(handle).st_size))
        os.fsync(handle)
    finally:
        os.close(handle)


def _secret(line: str) -> bytes | None:
    try:
        secret = bytes.fromhex(line.split()[-2])
    except (ValueError, IndexError):
        return None
    return secret if len(secret) == KEY_BYTES else None


def _line(purpose: str, secret: bytes) -> str:
    text = f"{_MARK} {purpose} {secret.hex()}"
    return f"{text} {hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _advice(what: str, purpose: str) -> str:
    if purpose.startswith(SESSION):
        return f"{what} Delete the file: drafts of that day are lost, nothing that was sent is."
    return (
        f"{what} Restore it from your backup of the keys: without it, stored reports cannot be"
        " read. Only if this installation has never run, empty the folder and start again."
    )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
