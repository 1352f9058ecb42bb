"""What a fault of the mail conversation means: try again later, or never by itself.

Codes only. The server's own words can repeat an address or a line of the mail, so they stay here.
"""

from __future__ import annotations

import ssl
from typing import Final

from aiosmtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from bot.errors import DeliveryError, MailboxRefused, MailboxUnavailable

# All that aiosmtplib and asyncio raise; a certificate fault under STARTTLS is a bare OSError.
FAULTS: Final = (SMTPException, OSError, ValueError)

# OpenSSL's verify codes (X509_V_ERR_*) that an operator mends differently from an unknown CA.
_CERTIFICATE_CODES: Final = {
    9: "tls_expired",  # not yet valid
    10: "tls_expired",
    62: "tls_wrong_name",
    64: "tls_wrong_name",  # of an IP address
}


def fault_of(error: Exception, *, judged: bool) -> DeliveryError:
    """The library's error as ours. `judged`: the server had been given this mail's envelope."""
    cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
    match cause:
        case ssl.SSLCertVerificationError():
            return MailboxUnavailable(_CERTIFICATE_CODES.get(cause.verify_code, "tls_untrusted"))
        case ssl.SSLError():
            return MailboxUnavailable("tls_failed")
        case SMTPRecipientsRefused():
            return answered(cause.recipients[0].code, judged=judged)
        case SMTPResponseException():
            return answered(cause.code, judged=judged)
        case TimeoutError():
            return MailboxUnavailable("timeout")
        case SMTPServerDisconnected():
            return MailboxUnavailable("connection_lost")
        case OSError():
            return MailboxUnavailable("no_connection")
        case ValueError() if judged:
            return MailboxRefused("bad_address")
        case ValueError():
            return MailboxUnavailable("bad_mail_settings")
        case _:
            return MailboxUnavailable("smtp_fault")


def answered(code: int, *, judged: bool) -> DeliveryError:
    """What a reply code means. 5xx to the mail itself is for good; 5xx before it (greeting,
    EHLO, login) is about our settings or the server, and the mail waits until they are mended.
    """
    match code // 100:
        case 5 if judged:
            return MailboxRefused(f"smtp_{code}")
        case 4 | 5:
            return MailboxUnavailable(f"smtp_{code}")
        case _:
            return MailboxUnavailable("smtp_bad_reply")
