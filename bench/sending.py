"""From Send to the mailbox: wall time from the press that sends a report to the moment at which
the mail server, on this machine and over TLS, has taken its mail; printed, saved and handed over
in between. One person after the other.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from pathlib import Path

from bench.table import Figure, middle, percentile
from bot.app import ROOT, house
from bot.channels.talk import Talk
from bot.channels.terminal import play
from bot.channels.transcript import Transcript, load_transcript
from bot.settings import Settings


async def measured(folder: Path, people: int) -> AsyncIterator[Figure]:
    """The median and the 99th percentile over so many people; the first one warms up."""
    recorded = load_transcript(ROOT / "demo" / "off_licence.yaml").turns
    sends = next(n for n, turn in enumerate(recorded) if turn.press == "Send it")
    took: list[float] = []
    async with house(Settings(data_dir=folder / "data", key_dir=folder / "keys")) as built:
        assert built.mailbox is not None
        for person in range(people + 1):
            talk = Talk(built.service, built.keyring.person_key(person + 1))
            await play(talk, Transcript("before", recorded[:sends]), lambda _: None)
            began = time.perf_counter()
            await talk.press("Send it")
            await built.mailbox.next_arrival()
            took.append(1e3 * (time.perf_counter() - began))
    yield Figure("from Send to the mailbox, p50", middle(took[1:]), "ms")
    yield Figure("from Send to the mailbox, p99", percentile(took[1:], 0.99), "ms")
