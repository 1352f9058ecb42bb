"""A test along every route, to the far end, and opened there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from bot.adapters.far_end import in_maildir, wrong_with
from bot.adapters.mailbox import Arrived
from bot.commands import DONE, NOT_NOW, WRONG_USE
from bot.commands.canary import _fly
from bot.core.routing import Canary
from bot.service.canary import Flight, Outcome
from bot.settings import Settings
from tests.adapters.authority import issue
from tests.commands.conftest import Run
from tests.commands.verified import BOXES, live, mailboxes_file
from tests.core.test_mail import MAILBOX
from tests.fakes.far_mailbox import FarMailbox, words

ROUTES = {
    "newham_mase": 2,
    "newham_case_report": 1,
    "newham_final_report": 1,
    "wirral_cadt": 1,
    "wirral_cse2": 1,
    "wirral_intelligence": 1,
    "wirral_young_person": 1,
}


def test_in_training_a_canary_is_opened_at_the_end_of_every_route(run: Run, folder: Path) -> None:
    told = run("canary", "--json")
    assert told.code == DONE
    assert {one["outcome"] for one in told.json} == {"opened"}
    found = [one["route"] for one in told.json]
    assert {route: found.count(route) for route in found} == ROUTES
    counts = run("retention", "--json").json
    assert (counts["sessions"], counts["codes"], counts["inbox"]) == (0, 0, 0)
    assert (counts["items"], counts["kept"], counts["canaries"]) == ({}, {}, 0), "none is a report"


def test_one_area_or_one_route_alone(run: Run) -> None:
    told = run("canary", "--route", "wirral_intelligence")
    assert told.code == DONE
    line = "wirral_intelligence to wirral_police_intelligence: arrived and opened\n"
    assert told.out.endswith(line)
    area = run("canary", "--area", "newham", "--json").json
    assert {one["route"] for one in area} == {r for r in ROUTES if r.startswith("newham")}


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--area", "wiral"), "unknown_area"),
        (("--route", "wirral_police"), "unknown_route"),
        (("--area", "newham", "--route", "wirral_cadt"), "unknown_route"),
        (("--wait", "0"), "wrong_wait"),
    ],
)
def test_what_is_not_there_is_wrong_use_and_makes_nothing(
    run: Run, folder: Path, arguments: tuple[str, ...], code: str
) -> None:
    told = run("canary", *arguments, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == code
    assert list(folder.iterdir()) == []


# ---- live ----


AGREED = ", canary: {agreed_by: C Brown}"
ONE_ROUTE = "wirral_intelligence"


@asynccontextmanager
async def far_away(folder: Path) -> AsyncIterator[FarMailbox]:
    """The mail server of another organisation; it keeps what comes in a Maildir, too."""
    (folder / "far").mkdir()
    (folder / "Maildir" / "new").mkdir(parents=True)
    async with FarMailbox(folder / "far") as server:
        yield server


def keeps(folder: Path, server: FarMailbox) -> None:
    """What has arrived lies in the Maildir from now on."""

    def keep() -> None:
        for number, mail in enumerate(server.arrived):
            (folder / "Maildir" / "new" / f"{number}.mail").write_bytes(mail.raw)

    server.on_mail = keep


class Given:
    area, route, wait = "", ONE_ROUTE, 5


async def flown(settings: Settings, route: str = ONE_ROUTE, wait: int = 5) -> list[Flight]:
    given = Given()
    given.route, given.wait = route, wait
    return await _fly(settings, given)  # type: ignore[arg-type]


async def test_live_sends_no_canary_to_people_who_have_not_agreed(tmp_path: Path) -> None:
    async with far_away(tmp_path) as server:
        flights = await flown(live(tmp_path, mailboxes_file(tmp_path), server))
        assert flights == [Flight(ONE_ROUTE, BOXES[0], Outcome.NOT_AGREED)]
        assert server.arrived == []


def test_where_nobody_has_agreed_it_could_not_be_done(run: Run, folder: Path) -> None:
    environment = {
        "BOT_MODE": "live",
        "BOT_SMTP_HOST": "127.0.0.1",
        "BOT_MAIL_FROM": "bot@sender.example",
        "BOT_ALARM_MAIL": "ops@sender.example",
        "BOT_MAILBOXES": str(mailboxes_file(folder)),
    }
    told = run("canary", "--json", **environment)
    assert told.code == NOT_NOW
    assert told.json["error"]["code"] == "nobody_agreed"


async def test_a_live_canary_alarms_nobody(tmp_path: Path) -> None:
    boxes = mailboxes_file(tmp_path, more=AGREED)
    async with far_away(tmp_path) as server:
        flights = await flown(live(tmp_path, boxes, server))
        assert flights == [Flight(ONE_ROUTE, BOXES[0], Outcome.HANDED_OVER)]
        (mail,) = server.arrived
    assert mail.recipients == ("wirral-police-intelligence@desk.example",)
    assert mail.message["Subject"] == "TEST, nothing to do: CSE Intelligence"
    assert mail.message["X-Canary"] == "yes"
    text = words(mail)
    assert text.startswith("TEST OF THIS MAILBOX. NO CHILD IS CONCERNED")
    for alarming in ("danger right now", "EMERGENCY", "Age of the child", "Within", "FIRST"):
        assert alarming not in text
    record = _record(mail)
    assert (record["kind"], record["facts"], record["route"]) == ("canary", {}, ONE_ROUTE)


def _record(mail: Arrived) -> dict[str, object]:
    parts = {part.get_filename(): part for part in mail.message.walk()}
    found: dict[str, object] = json.loads(parts["submission.json"].get_content())
    return found


async def test_a_live_canary_is_opened_where_a_copy_reaches_us(tmp_path: Path) -> None:
    more = f", canary: {{agreed_by: C Brown, maildir: {tmp_path / 'Maildir'}}}"
    async with far_away(tmp_path) as server:
        keeps(tmp_path, server)
        flights = await flown(live(tmp_path, mailboxes_file(tmp_path, more=more), server))
        assert flights == [Flight(ONE_ROUTE, BOXES[0], Outcome.OPENED)]


@pytest.mark.parametrize(("which", "why"), [("desk", ""), ("another", "does_not_open")])
async def test_a_sealed_canary_is_opened_with_the_key_of_its_mailbox(
    tmp_path: Path, which: str, why: str
) -> None:
    desk, another = issue("desk"), issue("another")
    desk.write(tmp_path, "desk.pem")
    held = {"desk": desk, "another": another}[which]
    (tmp_path / "held.pem").write_bytes(held.key_pem() + held.pem())
    more = ", certificates: [desk.pem], canary: {agreed_by: C Brown, maildir: Maildir"
    more += ", key: held.pem}"
    async with far_away(tmp_path) as server:
        keeps(tmp_path, server)
        flights = await flown(live(tmp_path, mailboxes_file(tmp_path, more=more), server))
    outcome = Outcome.FAILED if why else Outcome.OPENED
    assert flights == [Flight(ONE_ROUTE, BOXES[0], outcome, why)]
    assert server.arrived[0].message.get_content_type() == "application/pkcs7-mime"


async def test_a_canary_that_is_refused_or_late_fails_and_leaves_nothing_waiting(
    tmp_path: Path,
) -> None:
    boxes = mailboxes_file(tmp_path, more=AGREED)
    async with far_away(tmp_path) as server:
        settings = live(tmp_path, boxes, server)
        server.refuse("550 5.1.1 No such mailbox")
        assert await flown(settings) == [Flight(ONE_ROUTE, BOXES[0], Outcome.FAILED, "refused")]
        server.refuse(*["451 4.3.0 Busy"] * 9)
        assert await flown(settings, wait=2) == [
            Flight(ONE_ROUTE, BOXES[0], Outcome.FAILED, "not_in_time")
        ]
        server.refuse()
        assert await flown(settings) == [Flight(ONE_ROUTE, BOXES[0], Outcome.HANDED_OVER)]
        canaries = [mail for mail in server.arrived if mail.message["X-Canary"]]
        assert len(canaries) == 1


async def test_a_closed_route_fails_with_its_reasons(tmp_path: Path) -> None:
    boxes = mailboxes_file(tmp_path, days=-1, more=AGREED)
    async with far_away(tmp_path) as server:
        settings = live(tmp_path, boxes, server)
        settings.data_dir.mkdir()
        (settings.data_dir / "live").touch()
        (flight,) = await flown(settings)
    assert flight.outcome is Outcome.FAILED
    assert "lapsed" in flight.why


# ---- reading it ----


SENT = b"""\
To: desk@police.example\r
Subject: TEST, nothing to do: CSE Intelligence\r
Message-ID: <1@bot.example>\r
X-Reference: R-1\r
X-Canary: yes\r
MIME-Version: 1.0\r
Content-Type: multipart/mixed; boundary=b\r
\r
--b\r
Content-Disposition: attachment; filename="R-1.pdf"\r
\r
paper\r
--b\r
Content-Disposition: attachment; filename="submission.json"\r
\r
{"kind": "canary", "reference": "R-1"}\r
--b--\r
"""


@pytest.mark.parametrize(
    ("change", "to", "why"),
    [
        (b"", b"", ""),
        (b"desk@", b"deputy@", "went_to_the_second_mailbox"),
        (b"X-Canary: yes", b"X-Canary: no", "not_marked"),
        (b"TEST, nothing", b"Nothing", "not_marked"),
        (b"submission.json", b"submission.txt", "no_record"),
        (b'{"kind"', b'"kind"', "bad_record"),
        (b'"canary"', b'"referral"', "another_record"),
        (b'"R-1"}', b'"R-2"}', "another_record"),
        (b"R-1.pdf", b"R-2.pdf", "no_paper"),
        (b"multipart/mixed", b"application/pkcs7-mime", "sealed_and_no_key"),
    ],
)
def test_what_arrived_must_be_what_was_sent(change: bytes, to: bytes, why: str) -> None:
    mail = message_from_bytes(SENT.replace(change, to), policy=SMTP)
    assert wrong_with(mail, "R-1", replace(MAILBOX, address="desk@police.example")) == why


def test_a_key_that_is_none_opens_nothing(tmp_path: Path) -> None:
    sealed = SENT.replace(b"multipart/mixed", b"application/pkcs7-mime")
    mail = message_from_bytes(sealed, policy=SMTP)
    for text in ("no key", ""):
        (tmp_path / "key.pem").write_text(text, "utf-8")
        canary = Canary("C Brown", key=str(tmp_path / "key.pem"))
        box = replace(MAILBOX, address="desk@police.example", canary=canary)
        assert wrong_with(mail, "R-1", box) == "does_not_open"


def test_a_maildir_is_read_for_one_mail_alone(tmp_path: Path) -> None:
    assert in_maildir(str(tmp_path / "nowhere"), "<1@bot.example>") is None
    (tmp_path / "new" / "folder").mkdir(parents=True)
    (tmp_path / "cur").mkdir()
    (tmp_path / "new" / "other").write_bytes(SENT.replace(b"<1@", b"<2@"))
    assert in_maildir(str(tmp_path), "<1@bot.example>") is None
    (tmp_path / "cur" / "mine").write_bytes(SENT)
    found = in_maildir(str(tmp_path), "<1@bot.example>")
    assert found is not None
    assert found["X-Reference"] == "R-1"
