"""Every test begins with logging as it was, whatever a command set up before it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot.logs import LOUD


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    loggers = [logging.getLogger(name) for name in ("bot", *LOUD)]
    kept = [(one, one.handlers[:], one.propagate, one.disabled, one.level) for one in loggers]
    raising = logging.raiseExceptions
    yield
    logging.raiseExceptions = raising
    for one, handlers, propagate, disabled, level in kept:
        one.handlers[:], one.propagate, one.disabled = handlers, propagate, disabled
        one.setLevel(level)
