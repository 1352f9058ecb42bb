"""The whole program on the road that live mail takes, sealed, up to a foreign opener."""

from __future__ import annotations

from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

from bot.adapters.signing import KEY_FILE, open_signer
from bot.app import House, house
from bot.channels.talk import Talk
from bot.channels.terminal import play
from bot.channels.transcript import load_transcript
from bot.commands.talking import RECORDED
from bot.settings import Settings
from tests.adapters.authority import Issued, issue
from tests.adapters.openers import openssl
from tests.fakes.clock import START

OVERRIDES = """\
mailboxes:
  wirral_police_intelligence:
    certificates: [desk.pem]
"""
SAID = b"vodka"


def settings(folder: Path) -> Settings:
    (folder / "mailboxes.yaml").write_text(OVERRIDES, "utf-8")
    return Settings(
        data_dir=folder / "data", key_dir=folder / "keys", mailboxes=folder / "mailboxes.yaml"
    )


async def talked(built: House) -> None:
    talk = Talk(built.service, built.keyring.person_key(1))
    played = await play(talk, load_transcript(RECORDED), lambda line: None)
    assert played.wrong == []


async def test_a_conversation_ends_as_a_mail_that_only_the_desk_opens(tmp_path: Path) -> None:
    desk = issue()
    desk.write(tmp_path, "desk.pem")
    async with house(settings(tmp_path)) as built:
        await talked(built)
        assert built.mailbox is not None
        arrived = await built.mailbox.next_arrival()
    assert arrived.message["Subject"] == "CSE Intelligence"
    assert SAID not in arrived.raw
    signer = open_signer(tmp_path / "keys", "bot@training.invalid", START)
    sender = Issued(signer.certificate.leaf, signer.key, signer.certificate.leaf)
    opened = message_from_bytes(openssl(arrived.raw, desk, sender, tmp_path), policy=SMTP)
    assert SAID in opened.as_bytes()


async def test_an_unreadable_certificate_closes_its_route_before_anything_is_asked(
    tmp_path: Path,
) -> None:
    (tmp_path / "desk.pem").write_text("nonsense", "ascii")
    async with house(settings(tmp_path)) as built:
        closed = built.editions.find("").closed
    assert list(closed) == ["wirral_intelligence"]


async def test_no_signing_key_is_made_while_no_mailbox_has_a_certificate(tmp_path: Path) -> None:
    async with house(Settings(data_dir=tmp_path / "data", key_dir=tmp_path / "keys")):
        assert not (tmp_path / "keys" / KEY_FILE).exists()
