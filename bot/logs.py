"""What is logged: codes and counts, one line each. Never a message, a name, an id or a token."""

from __future__ import annotations

import logging
import sys
from typing import Final

LOUD: Final = ("telegram", "httpx", "httpcore", "aiohttp", "aiosqlite", "mail.log", "asyncio")
ours: Final = logging.getLogger("bot")


class _CodesOnly(logging.Formatter):
    """Time to the hour, level, code. Arguments, tracebacks and other loggers' words are dropped:
    a library may put a message or the token into them.
    """

    def format(self, record: logging.LogRecord) -> str:
        where = f" {record.module}:{record.lineno}" if record.levelno >= logging.ERROR else ""
        hour = self.formatTime(record, "%Y-%m-%dT%H")
        return f"{hour} {record.levelname} {record.msg}{where}"


def set_up(level: str = "INFO") -> None:
    """Send our own codes to standard error; silence every library (PTB logs raw updates at
    CRITICAL when it cannot parse one, and httpx logs the token).
    """
    logging.raiseExceptions = False
    for name in LOUD:
        silent = logging.getLogger(name)
        silent.handlers[:] = [logging.NullHandler()]
        silent.propagate = False
        silent.disabled = True
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(_CodesOnly())
    ours.handlers[:] = [out]
    ours.propagate = False
    ours.setLevel(level)


def note(code: str, **counts: int) -> None:
    """Log a code with whole-number counts; nothing else can be passed."""
    said = "".join(f" {name}={int(count)}" for name, count in sorted(counts.items()))
    ours.info(code + said)


def alarm(code: str) -> None:
    """Log a code that an operator must act on."""
    ours.error(code)
