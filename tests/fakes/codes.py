"""The cheap cost of a code, for tests alone: the program cannot reach it."""

from __future__ import annotations

from typing import Final

from bot.adapters.codes import Cost

CHEAP: Final = Cost(memory=32, passes=1, lanes=1)
