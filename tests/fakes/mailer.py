"""A mailer that keeps what it was given instead of posting it. Obeys tests/contracts."""

from __future__ import annotations

from bot.core.routing import Mode
from bot.errors import DeliveryError, MailboxRefused


class RecordingMailer:
    """`ports.Mailer`. `faults` says which recipients fail, and how; `sent` is what arrived."""

    def __init__(self, mode: Mode = Mode.TRAINING) -> None:
        self.mode = mode
        self.faults: dict[str, Exception] = {}
        self.sent: list[tuple[str, bytes]] = []

    async def send(self, recipient: str, message: bytes) -> None:
        training = recipient.lower().endswith("@training.invalid")
        if recipient.count("@") != 1 or not recipient.isprintable() or " " in recipient:
            raise MailboxRefused("bad_address")
        if self.mode is Mode.TRAINING and not training:
            raise MailboxRefused("real_address_in_training")
        if self.mode is Mode.LIVE and training:
            raise MailboxRefused("training_address_in_live")
        fault = self.faults.get(recipient)
        match fault:
            case None:
                self.sent.append((recipient, message))
            case DeliveryError():
                raise type(fault)(fault.code)
            case _:
                raise fault
