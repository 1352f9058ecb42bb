"""The whole error tree. A code is safe to log; no error ever holds what a person wrote.

BotError
├─ ConfigError            the operator's to mend; all problems at once, with where and what to do
│  ├─ SettingsError       environment or .env
│  ├─ ContentError        dialogs/ or rules/
│  └─ KeyringError        key files and certificates
├─ StoreError
│  ├─ StoreUnavailable    the database cannot be reached, written or read
│  └─ SessionConflict     somebody else moved this session; load again
├─ DeliveryError
│  ├─ MailboxUnavailable  try again later (4xx, connection, TLS)
│  └─ MailboxRefused      do not try again by itself (5xx); park and alarm
├─ ChatError
│  ├─ ChatGone            the person blocked the bot, or the chat is no more: forget them
│  └─ ChatUnreachable     the channel could not be reached; try again later
└─ SealingError           fails closed: nothing is stored or sent
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an operator or author must mend: where it is, what is wrong, what to do."""

    file: str
    line: int
    code: str
    message: str
    did_you_mean: tuple[str, ...] = ()

    def __str__(self) -> str:
        """`file:line: CODE message`, with a suggestion when there is one. What has no line is a
        setting: `BOT_NAME: message`.
        """
        hint = f" Did you mean {', '.join(self.did_you_mean)}?" if self.did_you_mean else ""
        code = f" {self.code}" if self.line else ""
        return f"{self.place}:{code} {self.message}{hint}"

    @property
    def place(self) -> str:
        """`file:line`, or the name of the setting."""
        return f"{self.file}:{self.line}" if self.line else self.code


class BotError(Exception):
    """Never raised directly. `code` is safe to log and says all there is to say."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ConfigError(BotError):
    """What an operator must mend before the program can start; holds every problem found."""

    def __init__(self, code: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(code)
        self.problems = problems

    def __str__(self) -> str:
        """One problem a line."""
        return "\n".join(str(problem) for problem in self.problems) or self.code


class SettingsError(ConfigError):
    """The environment or the .env file is wrong."""


class ContentError(ConfigError):
    """A file in dialogs/ or rules/ is wrong."""


class KeyringError(ConfigError):
    """A key file or a certificate is missing, unreadable or unfit."""


class StoreError(BotError):
    """The store did not do what it was asked."""


class StoreUnavailable(StoreError):  # noqa: N818 - named for what is true
    """The database cannot be reached, written or read now."""


class SessionConflict(StoreError):  # noqa: N818 - named for what is true
    """The session moved on since it was loaded."""


class DeliveryError(BotError):
    """A mail did not reach its mailbox."""


class MailboxUnavailable(DeliveryError):  # noqa: N818 - named for what is true
    """Try again later, under the same Message-ID."""


class MailboxRefused(DeliveryError):  # noqa: N818 - named for what is true
    """The mailbox said no for good: park the item and alarm a person."""


class ChatError(BotError):
    """Something in a chat could not be done."""


class ChatGone(ChatError):  # noqa: N818 - named for what is true
    """Nobody is there any more: forget everything about them."""


class ChatUnreachable(ChatError):  # noqa: N818 - named for what is true
    """Try again later."""


class SealingError(BotError):
    """Nothing was stored or sent, because it could not be sealed."""
