"""A disk that is full: a small one of its own where this machine allows that, else a limit on the
size of every file that the program writes. Both are the kernel's doing, not the program's.
"""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

SIZE: Final = 8 * 1024 * 1024  # some of it is for the edition that is kept
_CHUNK: Final = 4096


class LittleDisk:
    """`fill` until not one more byte goes in; `free` it again."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def fill(self, _pid: int) -> None:
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while True:
                file.write(bytes(_CHUNK))
        with suppress(OSError), self._filler.open("ab", buffering=0) as file:
            while True:
                file.write(b"\0")

    def free(self, _pid: int) -> None:
        self._filler.unlink()


class Limit:
    """No file of the program can be written beyond a few kilobytes; what it prints still can."""

    def fill(self, pid: int) -> None:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (_CHUNK, resource.RLIM_INFINITY))

    def free(self, pid: int) -> None:
        endless = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, endless)


@contextmanager
def little_disk(folder: Path) -> Iterator[LittleDisk | Limit]:
    """A disk of 8 MiB at this folder, or the limit where nobody may mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0700", "tmpfs", str(folder)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        yield Limit()
        return
    try:
        yield LittleDisk(folder)
    finally:
        subprocess.run(["umount", str(folder)], capture_output=True, check=True)
