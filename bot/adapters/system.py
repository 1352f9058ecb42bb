"""The machine's clock and randomness, behind `ports.Clock` and `ports.Ids`."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.receipts import ALPHABET, BITS_LENGTH
from bot.errors import Problem, SettingsError

_ZONE: Final = "Europe/London"


class SystemClock:
    """This moment in Europe/London. Raises SettingsError where the machine has no time zones."""

    def __init__(self) -> None:
        try:
            self._zone = ZoneInfo(_ZONE)
        except ZoneInfoNotFoundError:
            message = "This machine does not know Europe/London. Install its tzdata package."
            problem = Problem("time zones", 1, "time_zone", message)
            raise SettingsError("time_zone", (problem,)) from None

    def now(self) -> datetime:
        """This moment, aware."""
        return datetime.now(self._zone)


class RandomIds:
    """Randomness from the operating system."""

    def token(self) -> str:
        """128 random bits in hexadecimal."""
        return secrets.token_hex(16)

    def reference(self) -> str:
        """Sixty random bits as `R-4K7Q-F2M9-XHT4`: no letter that looks like a digit."""
        groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(3))
        return "R-" + "-".join(groups)

    def code_bits(self) -> bytes:
        """Ten random bytes."""
        return secrets.token_bytes(BITS_LENGTH)
