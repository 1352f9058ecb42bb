"""The mailbox of another organisation: a real SMTP server with TLS that can refuse."""

from __future__ import annotations

from collections.abc import Callable

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.adapters.mailbox import Arrived, EmbeddedMailbox


class FarMailbox(EmbeddedMailbox):
    """`refusals` are said instead of taking the next mails, one each; `on_mail` happens once a
    mail has been kept and before the sender is told so.
    """

    refusals: list[str]
    on_mail: Callable[[], None] | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.__dict__.setdefault("refusals", []):
            return str(self.refusals.pop(0))
        return await super().handle_DATA(server, session, envelope)

    def refuse(self, *answers: str) -> None:
        self.refusals = list(answers)

    def keep(self, sender: str, recipients: list[str], raw: bytes) -> None:
        super().keep(sender, recipients, raw)
        if self.on_mail is not None:
            self.on_mail()


def words(mail: Arrived) -> str:
    """The text of a mail as its reader sees it."""
    body = mail.message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
