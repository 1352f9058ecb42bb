from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from bot.adapters.documents import TEMPLATE, PdfPrinter
from bot.adapters.sealing import MailSealer
from bot.core.catalogue import Catalogue
from bot.core.routing import Mode
from bot.errors import SealingError
from bot.loading.load import load_catalogue
from bot.ports import NewItem
from bot.service.intake import Intake
from tests.adapters.authority import issue
from tests.adapters.openers import openssl
from tests.adapters.test_sealing import BOT, signer
from tests.core.test_mail import FROM, SUBMISSION
from tests.fakes.clock import CountingIds, FixedClock

ROUTE = SUBMISSION.route
ROOT = Path(__file__).parents[2]
CATALOGUE = load_catalogue(ROOT, areas=("wirral",))


def with_mailboxes(first: str, second: str) -> Catalogue:
    """The catalogue with these certificate files for the route's two mailboxes."""
    box = CATALOGUE.mailboxes[CATALOGUE.routes[ROUTE].mailboxes[0]]
    boxes = {
        "one": replace(box, id="one", certificates=(first,)),
        "two": replace(box, id="two", certificates=(second,)),
    }
    route = replace(CATALOGUE.routes[ROUTE], mailboxes=tuple(boxes))
    return replace(CATALOGUE, routes={ROUTE: route}, mailboxes=boxes)


def with_second(first: str, second: str) -> Catalogue:
    """The catalogue with one mailbox for the route, and a second one behind it."""
    both = with_mailboxes(first, second)
    route = replace(both.routes[ROUTE], mailboxes=("one",))
    boxes = {
        "one": replace(both.mailboxes["one"], second="one_second"),
        "one_second": replace(both.mailboxes["two"], id="one_second"),
    }
    return replace(both, routes={ROUTE: route}, mailboxes=boxes)


async def prepared(
    catalogue: Catalogue, template: Path | None = None, alarms: list[str] | None = None
) -> tuple[NewItem, ...]:
    boxes = catalogue.mailboxes.values()
    sealer = MailSealer(boxes, signer(), Mode.TRAINING, FixedClock())
    alarms = [] if alarms is None else alarms
    printer = PdfPrinter(alarms.append, template or TEMPLATE)
    try:
        intake = Intake(CountingIds(), printer, sealer, FROM, alarms.append)
        return (await intake.prepare(catalogue, [SUBMISSION], {}, 0)).items
    finally:
        printer.close()
        sealer.close()
        assert bool(set(alarms) - {"second_not_sealed"}) is (template is not None)


async def test_each_mailbox_of_a_route_is_sealed_to_its_own_certificate(tmp_path: Path) -> None:
    desks = issue("desk"), issue("deputy")
    files = [desk.write(tmp_path, f"{number}.pem") for number, desk in enumerate(desks)]
    items = await prepared(with_mailboxes(*files))
    assert [item.mailbox for item in items] == ["one", "two"]
    for item, desk in zip(items, desks, strict=True):
        opened = message_from_bytes(openssl(item.message, desk, BOT, tmp_path), policy=SMTP)
        text = opened.get_body(("plain",))
        assert text is not None
        assert "An off-licence" in text.get_content()
        assert b"off-licence" not in item.message
        assert f"Message-ID: {item.message_id}".encode() in item.message


async def test_the_second_mailbox_of_a_desk_gets_the_same_mail_sealed_to_itself(
    tmp_path: Path,
) -> None:
    desks = issue("desk"), issue("deputy")
    files = [desk.write(tmp_path, f"{number}.pem") for number, desk in enumerate(desks)]
    (item,) = await prepared(with_second(*files))
    assert item.other is not None
    assert (item.mailbox, item.other.mailbox) == ("one", "one_second")
    for message, desk in zip((item.message, item.other.message), desks, strict=True):
        opened = message_from_bytes(openssl(message, desk, BOT, tmp_path), policy=SMTP)
        text = opened.get_body(("plain",))
        assert text is not None
        assert "An off-licence" in text.get_content()
        assert f"Message-ID: {item.message_id}".encode() in message
        assert f"X-Reference: {item.reference}".encode() in message


async def test_a_second_mailbox_that_nothing_can_be_sealed_to_stops_no_report(
    tmp_path: Path,
) -> None:
    first = issue().write(tmp_path, "first.pem")
    alarms: list[str] = []
    (item,) = await prepared(with_second(first, str(tmp_path / "missing.pem")), alarms=alarms)
    assert item.other is None
    assert alarms == ["second_not_sealed"]


async def test_nothing_is_made_when_the_second_mailbox_cannot_be_sealed_to(tmp_path: Path) -> None:
    first = issue().write(tmp_path, "first.pem")
    with pytest.raises(SealingError):
        await prepared(with_mailboxes(first, str(tmp_path / "missing.pem")))


async def test_the_paper_comes_before_the_record() -> None:
    (item,) = await prepared(CATALOGUE)
    mail = message_from_bytes(item.message, policy=SMTP)
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == [f"{item.reference}.pdf", "submission.json"]


async def test_a_paper_that_cannot_be_printed_stops_no_mail(tmp_path: Path) -> None:
    (tmp_path / "broken.typ").write_text("#panic()", "utf-8")
    (item,) = await prepared(CATALOGUE, tmp_path / "broken.typ")
    mail = message_from_bytes(item.message, policy=SMTP)
    assert [part.get_filename() for part in mail.iter_attachments()] == ["submission.json"]
