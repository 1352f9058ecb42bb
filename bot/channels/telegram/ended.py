"""How a run of the channel ended, for the operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Ended:
    """`code` is the exit code of the command; `message` is for the operator, empty when all is
    well.
    """

    code: int
    message: str = ""


STOPPED: Final = Ended(0)
SECOND_BOT: Final = Ended(
    3,
    "Another program is reading this bot's messages with the same token. This one has stopped, "
    "so that people get one answer. Stop the other one, or give this one its own token.",
)
BAD_TOKEN: Final = Ended(2, "Telegram does not know this token. Check BOT_TOKEN.")
BAD_WEBHOOK: Final = Ended(
    2, "Telegram refused the webhook. Check BOT_WEBHOOK_URL and BOT_WEBHOOK_SECRET."
)
NOT_LISTENING: Final = Ended(3, "Cannot listen on BOT_WEBHOOK_LISTEN. Is the port in use?")
