"""The libraries beneath this channel log URLs (which hold the token), raw updates and answers,
some of them at CRITICAL: their loggers are cut at the root, at every level.
"""

from __future__ import annotations

import logging
from typing import Final

_LOUD: Final = ("telegram", "aiohttp", "httpx", "httpcore")


class _Nothing(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:  # noqa: ARG002 - none is let through
        return False


def be_quiet() -> None:
    """Cut the loggers of the libraries, with their children made so far; safe to call again."""
    known = [str(name) for name in logging.root.manager.loggerDict]
    for name in (*_LOUD, *(n for n in known if n.partition(".")[0] in _LOUD)):
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)
        if not any(isinstance(f, _Nothing) for f in logger.filters):
            logger.addFilter(_Nothing())
