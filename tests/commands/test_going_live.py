"""The first switch to live is refused while a mail route is not usable; later one closes alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.mailbox import EmbeddedMailbox
from bot.app import LIVE, house
from bot.channels.talk import Talk
from bot.channels.terminal import play
from bot.channels.transcript import Transcript, load_transcript
from bot.commands import WRONG_USE
from bot.errors import SettingsError
from bot.service import retention
from tests.commands.conftest import Run
from tests.commands.verified import BOXES, live, mailboxes_file

ROOT = Path(__file__).parents[2]
NOTHING = Transcript("nothing", ())


async def test_the_first_live_start_names_every_mailbox_that_is_not_usable(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, None, server)
        with pytest.raises(SettingsError) as wrong:
            async with house(settings):
                pytest.fail("it started")
    said = str(wrong.value)
    assert wrong.value.code == "not_fit_for_live"
    assert "wirral_police_intelligence: its domain is on the closed pnn network" in said
    assert "wirral_cadt: its state is retired" in said
    assert not (settings.data_dir / LIVE).exists()
    assert not (settings.data_dir / "bot.db").exists()


async def test_one_mailbox_that_is_not_verified_is_enough_to_refuse(tmp_path: Path) -> None:
    boxes = mailboxes_file(tmp_path, boxes=(BOXES[0], *BOXES[2:]))
    with pytest.raises(SettingsError) as wrong:
        async with house(live(tmp_path, boxes)):
            pytest.fail("it started")
    assert {p.message.split(": ")[1] for p in wrong.value.problems} == {"wirral_cadt"}


@pytest.mark.parametrize(("stated", "starts"), [("", False), (", personal: no", True)])
async def test_an_address_like_a_person_s_needs_the_word_that_it_is_a_team_s(
    tmp_path: Path, stated: str, *, starts: bool
) -> None:
    boxes = mailboxes_file(tmp_path)
    text = boxes.read_text("utf-8").replace(", personal: no", stated, 1)
    boxes.write_text(text.replace("wirral-police-intelligence@", "jane.smith@"), encoding="utf-8")
    settings = live(tmp_path, boxes)
    if starts:
        async with house(settings):
            return
    with pytest.raises(SettingsError) as wrong:
        async with house(settings):
            pytest.fail("it started")
    (only,) = wrong.value.problems
    assert "looks like a person's name" in only.message
    assert "ask for the team's mailbox" in only.message


async def test_a_verified_installation_starts_live_and_remembers_it(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, mailboxes_file(tmp_path), server)
        async with house(settings) as built:
            assert built.mailbox is None
            assert built.editions.find("").closed == {}
            marker = settings.data_dir / LIVE
            assert marker.stat().st_size == 0
            assert marker.stat().st_mode & 0o077 == 0


async def test_a_verification_that_lapses_closes_its_route_and_tells_the_operator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, mailboxes_file(tmp_path), server)
        async with house(settings):
            pass
        lapsed = mailboxes_file(tmp_path, days=-1, boxes=BOXES[:1])
        both = lapsed.read_text("utf-8") + mailboxes_file(tmp_path, boxes=BOXES[1:]).read_text(
            "utf-8"
        ).removeprefix("mailboxes:\n")
        lapsed.write_text(both, encoding="utf-8")
        async with house(settings) as built:
            assert set(built.editions.find("").closed) == {"wirral_intelligence"}
            notice = await server.next_arrival()
            assert notice.recipients == ("duty@desk.example",)
            assert "Code: route_closed" in notice.message.as_string()
            talk = Talk(built.service, built.keyring.person_key(1))
            recorded = load_transcript(ROOT / "demo" / "off_licence.yaml").turns
            sent = next(n for n, turn in enumerate(recorded, 1) if turn.press == "Send it")
            played = await play(talk, Transcript("closed", recorded[:sent]), lambda line: None)
    last = talk.reply.screens[0].text
    assert played.wrong[-1].endswith("it should show “This is your code”")
    assert last.startswith("In danger now? Call 999.")
    assert "This chat cannot hand this over today. Nothing has been sent." in last
    assert "call Merseyside Police on 101" in last
    assert len(server.arrived) == 1  # the notice alone


async def test_a_closed_route_is_told_once_a_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "SWEEP_SECONDS", 0.0)
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, mailboxes_file(tmp_path), server)
        async with house(settings):
            pass
        mailboxes_file(tmp_path, days=-1)
        async with house(settings) as built:
            await server.next_arrival()
            before = await built.retention.counts()
            for _ in range(20):  # many sweeps later
                assert await built.retention.counts() == before
    assert len(server.arrived) == 1


async def test_mail_goes_to_the_verified_address_in_live(tmp_path: Path) -> None:
    async with EmbeddedMailbox(tmp_path) as server:
        settings = live(tmp_path, mailboxes_file(tmp_path), server)
        async with house(settings) as built:
            talk = Talk(built.service, built.keyring.person_key(1))
            recorded = load_transcript(ROOT / "demo" / "off_licence.yaml")
            assert (await play(talk, recorded, lambda line: None)).wrong == []
            mail = await server.next_arrival()
    assert mail.recipients == ("wirral-police-intelligence@desk.example",)
    assert mail.message["To"] == "wirral-police-intelligence@desk.example"
    assert mail.message["Subject"] == "CSE Intelligence"
    assert mail.message["X-Training"] is None
    assert "TRAINING" not in mail.raw.decode()


def test_run_in_live_mode_says_why_it_does_not_start(run: Run) -> None:
    told = run(
        "run",
        BOT_TOKEN="1000:" + "T" * 35,
        BOT_MODE="live",
        BOT_SMTP_HOST="127.0.0.1",
        BOT_MAIL_FROM="bot@sender.example",
        BOT_ALARM_MAIL="duty@desk.example",
    )
    assert (told.code, told.out) == (WRONG_USE, "")
    assert "BOT_MAILBOXES: wirral_cadt: wirral_cadt: its state is retired." in told.err
