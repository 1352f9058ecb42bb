"""Mail that only its mailbox can open, or that its mailbox agreed to take over TLS alone."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bot.adapters.certificates import (
    IN_WORDS,
    Certificate,
    Use,
    faults,
    read_certificate,
    whole_day,
)
from bot.adapters.signing import Signer
from bot.adapters.smime import sealed
from bot.core.routing import Mailbox, Mode
from bot.errors import SealingError
from bot.ports import Clock

# Every code of a certificate that must not be used, in words.
WORDS: Final[dict[str, str]] = IN_WORDS | {
    "signing_certificate_missing": "this installation has no certificate; run: keys",
    "signing_certificate_unfit": "this installation's own certificate must not be used; run: keys",
    "certificate_file_missing": "its certificate's file cannot be read",
    "certificate_file_unreadable": "its certificate's file holds no certificate",
    "certificate_not_loaded": "its certificate was named after the program had started",
}


class MailSealer:
    """`intake.Sealer`. `signer` may be None while no mailbox has a certificate. Certificate files
    are read once, here; one that cannot be read makes its mailbox unfit, and nothing else.
    """

    def __init__(
        self, mailboxes: Iterable[Mailbox], signer: Signer | None, mode: Mode, clock: Clock
    ) -> None:
        self._signer = signer
        self._mode = mode
        self._clock = clock
        files = {file for mailbox in mailboxes for file in mailbox.certificates}
        self._read = {file: _certificate(file) for file in files}
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="sealing")

    def close(self) -> None:
        """End the thread; what is being sealed is finished first."""
        self._thread.shutdown()

    def unfit(self, mailbox: Mailbox, today: date) -> tuple[str, ...]:
        """Why mail for this mailbox cannot be sealed for the rest of this day, in words."""
        begins, ends = whole_day(today)
        found = self._faults(mailbox, max(begins, self._clock.now()), ends)
        return tuple(dict.fromkeys(WORDS[code] for code in found))

    async def seal(self, message: bytes, mailbox: Mailbox) -> bytes:
        """The sealed mail, made off the event loop; see `intake.Sealer`."""
        if not mailbox.certificates:
            if self._mode is Mode.LIVE and not mailbox.tls_only_agreed_by:
                raise SealingError("no_certificate_and_no_agreement")
            return message
        now = self._clock.now()
        for code in self._faults(mailbox, now, now):
            raise SealingError(code)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._sealed, message, mailbox)

    def _faults(self, mailbox: Mailbox, begins: datetime, ends: datetime) -> Iterator[str]:
        if not mailbox.certificates:
            return
        if self._signer is None:
            yield "signing_certificate_missing"
        elif faults(self._signer.certificate, Use.SIGN, begins, ends):
            yield "signing_certificate_unfit"
        for file in mailbox.certificates:
            known = self._read.get(file, "certificate_not_loaded")
            yield from [known] if isinstance(known, str) else faults(known, Use.SEAL, begins, ends)

    def _sealed(self, message: bytes, mailbox: Mailbox) -> bytes:
        known = [self._read[file] for file in mailbox.certificates]
        recipients = [one.leaf for one in known if isinstance(one, Certificate)]
        if self._signer is None or len(recipients) != len(known):
            raise SealingError("seal_to_certificates")  # never to some of them only
        try:
            return sealed(message, self._signer, recipients)
        except (ValueError, TypeError, MemoryError):
            raise SealingError("seal_to_certificates") from None


def _certificate(file: str) -> Certificate | str:
    """The certificate of a file, or the code that says why there is none."""
    try:
        return read_certificate(Path(file))
    except SealingError as fault:
        return fault.code
