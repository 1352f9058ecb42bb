"""One submission as one mail to one mailbox, byte for byte (contracts.md, Mail).

Equal input, equal bytes: no clock, no randomness, so a repeated send is the same mail.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from bot.core.layout import FIRST
from bot.core.mail_text import CANARY, mail_text
from bot.core.routing import Mailbox, Route
from bot.core.submission import Submission

CANARY_SUBJECT: Final = "TEST, nothing to do: "  # before the route's own subject
_POLICY: Final = SMTP.clone(max_line_length=76)  # the limit of quoted-printable, for headers too
_LONE_SURROGATES: Final = re.compile("[\ud800-\udfff]")  # a broken client's; no UTF-8 for them


@dataclass(frozen=True, slots=True)
class Document:
    """A rendered document to attach. `media_type` such as `application/pdf`."""

    name: str
    media_type: str
    content: bytes


def compose(
    submission: Submission,
    route: Route,
    mailbox: Mailbox,
    reference: str,
    message_id: str,
    mail_from: str,
    training: bool,  # noqa: FBT001 - named at every call
    in_reply_to: str = "",
    documents: Sequence[Document] = (),
    first: Mapping[str, str] = FIRST,
) -> bytes:
    """The whole MIME message: ASCII, CRLF, no line over 998 characters, whatever people wrote.

    Headers hold nothing a person wrote. `message_id` and `in_reply_to` may come with or without
    angle brackets. `first`: the facts that a duty desk needs first, with their labels. Raises
    ValueError if a header from our own content holds a line break.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = mail_from
    message["To"] = mailbox.address or f"{mailbox.id}@training.invalid"
    message["Subject"] = _subject(submission, route)
    message["Date"] = _noon(submission.day)
    message["Message-ID"] = _bracketed(message_id)
    if in_reply_to:
        message["In-Reply-To"] = _bracketed(in_reply_to)
    message["X-Reference"] = reference
    if training:
        message["X-Training"] = "yes"
    if submission.kind == CANARY:
        message["X-Canary"] = "yes"
    text = mail_text(
        submission, route, mailbox, reference, mail_from, training=training, first=first
    )
    record = submission_json(submission, reference)
    message.set_content(text, cte="quoted-printable")
    for document in (*documents, Document("submission.json", "application/json", record)):
        _attach(message, document)
    message.set_boundary(_boundary(text, record))
    return message.as_bytes()


def _subject(submission: Submission, route: Route) -> str:
    """Exactly as the route says; but a test must not look like a report."""
    return f"{CANARY_SUBJECT if submission.kind == CANARY else ''}{route.subject}"


def submission_json(submission: Submission, reference: str) -> bytes:
    """`submission.json`: canonical (sorted keys, no spaces), UTF-8, as docs/submission.schema.json
    describes it. A lone surrogate becomes U+FFFD; every other character is as it was typed.
    """
    text = json.dumps(
        submission.as_json(reference), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return _LONE_SURROGATES.sub("\ufffd", text).encode()


def message_id(token: str, mail_from: str) -> str:
    """A Message-ID from a random token, without time, in the sender's domain."""
    return f"<{token}@{mail_from.rpartition('@')[2]}>"


def _noon(day: str) -> datetime:
    """Noon UTC of the day: the finest time that an anonymous report may show."""
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def _bracketed(identifier: str) -> str:
    return f"<{identifier.strip('<>')}>"


def _attach(message: EmailMessage, document: Document) -> None:
    maintype, _, subtype = document.media_type.partition("/")
    message.add_attachment(
        document.content, maintype=maintype, subtype=subtype, filename=document.name
    )


def _boundary(text: str, record: bytes) -> str:
    """Cannot occur in a part: `=_` is no quoted-printable and no base64. Never random, so that
    equal submissions are equal mails.
    """
    return f"=_{sha256(text.encode() + record).hexdigest()[:32]}"
