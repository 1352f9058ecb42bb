"""One submission on its way into the outbox: its paper printed, its mail sealed. CPU of the whole
process, every submission another one.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from bench.table import Figure, middle
from bot.adapters.documents import PdfPrinter
from bot.adapters.sealing import MailSealer
from bot.adapters.signing import open_signer
from bot.adapters.system import RandomIds, SystemClock
from bot.app import ROOT
from bot.core.catalogue import Catalogue
from bot.core.facts import UNSURE
from bot.core.finding import Finding, Reason
from bot.core.routing import Mode
from bot.core.submission import AnswerLine, Submission
from bot.loading.load import load_catalogue
from bot.service.intake import Intake
from tests.adapters.authority import issue

MAIL_FROM = "bot@sender.example"
ROUTE = "wirral_intelligence"
ANSWERS = 33  # of a long form: two pages
WORDS = "She gets into a grey car outside school at half past three, and comes back late. "


async def measured(folder: Path, rounds: int, each: int) -> AsyncIterator[Figure]:
    """Printing and sealing together, and each alone, a submission."""
    folder.mkdir(parents=True)
    catalogue, sealer = _with_a_desk(load_catalogue(ROOT), folder)
    alarms: list[str] = []
    printer = PdfPrinter(alarms.append)
    intake = Intake(RandomIds(), printer, sealer, MAIL_FROM)
    took: list[float] = []
    sizes: list[float] = []
    try:
        for number in range(rounds + 1):  # the first one reads the fonts
            began = time.process_time()
            for one in range(each):
                made = await intake.prepare(catalogue, [_submission(number * each + one)], {}, 0)
                sizes.append(len(made.items[0].message) / 1024)
            took.append((time.process_time() - began) / each)
    finally:
        printer.close()
        sealer.close()
    assert not alarms
    yield Figure("a submission printed and sealed, CPU", 1e3 * middle(took[1:]), "ms", 83)
    yield Figure("submissions printed and sealed per CPU second", 1 / middle(took[1:]), "")
    yield Figure("the sealed mail, with its paper", middle(sizes), "KiB")


def _with_a_desk(catalogue: Catalogue, folder: Path) -> tuple[Catalogue, MailSealer]:
    """The catalogue, its route sealed to a certificate of RSA 3072."""
    (name,) = catalogue.routes[ROUTE].mailboxes
    box = replace(
        catalogue.mailboxes[name], certificates=(issue("desk").write(folder, "desk.pem"),)
    )
    signer = open_signer(folder / "keys", MAIL_FROM, SystemClock().now())
    boxes = {**catalogue.mailboxes, name: box}
    sealer = MailSealer(boxes.values(), signer, Mode.TRAINING, SystemClock())
    return replace(catalogue, mailboxes=boxes), sealer


def _submission(number: int) -> Submission:
    return Submission(
        route=ROUTE,
        kind="intelligence",
        area="wirral",
        day="2026-01-15",
        anonymous=True,
        facts={"danger_now": "no", "child_age": UNSURE},
        indicators={},
        answers=tuple(
            AnswerLine(f"common/information.q{n}", f"Question {n}?", f"{number}. {WORDS * 2}")
            for n in range(ANSWERS)
        ),
        finding=Finding(
            "wirral/intelligence",
            {"action": "intelligence"},
            because=(Reason("INFORMATION", "It points to no particular child.", "Intelligence"),),
        ),
    )
