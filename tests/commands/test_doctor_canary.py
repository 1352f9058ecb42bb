"""What `doctor` says of the tests of the whole way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import DONE
from bot.commands.doctor_canary import PASSED, canaries, passed
from bot.commands.looked import Looked, State
from bot.settings import Settings
from tests.adapters.authority import issue
from tests.commands.conftest import Run
from tests.commands.verified import BOXES, live, mailboxes_file

NOW = datetime(2026, 11, 22, 12, 30, 59, tzinfo=UTC)


def settings_in(folder: Path) -> Settings:
    (folder / "data").mkdir(exist_ok=True)
    return Settings(data_dir=folder / "data", key_dir=folder / "keys")


def of_police(settings: Settings) -> Looked:
    """What is said of one mailbox."""
    what = f"canary to {BOXES[0]}"
    (only,) = [one for one in canaries(settings, NOW) if one.what == what]
    return only


def test_a_whole_canary_is_remembered_and_a_part_of_one_is_not(run: Run, folder: Path) -> None:
    run("canary", "--route", "wirral_intelligence")
    assert not (folder / "data" / PASSED).exists()
    assert "none has come through yet" in run("doctor").out
    assert run("canary").code == DONE
    assert "canary       the last came through on 20" in run("doctor").out


@pytest.mark.parametrize(
    ("at", "state", "said"),
    [
        ("2026-11-22T11:17Z", State.OK, "the last came through on 2026-11-22 at 11:17"),
        ("2026-11-21T12:30Z", State.NOTE, "on 2026-11-21 at 12:30, more than a day ago"),
        ("2026-11-21T12:31Z", State.OK, "on 2026-11-21 at 12:31"),
        ("2026-11-21", State.NOTE, "none has come through yet"),
        ("soon", State.NOTE, "none has come through yet"),
    ],
)
def test_a_canary_that_is_silent_for_a_day_is_remarked(
    tmp_path: Path, at: str, state: State, said: str
) -> None:
    settings = settings_in(tmp_path)
    (settings.data_dir / PASSED).write_text(at, "utf-8")
    (found,) = canaries(settings, NOW)
    assert found.state is state
    assert found.found.endswith(said) or said in found.found


def test_it_is_remembered_by_the_minute(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    passed(settings, NOW)
    assert (settings.data_dir / PASSED).read_text("utf-8") == "2026-11-22T12:30Z\n"


def test_who_has_not_agreed_and_what_cannot_be_opened_is_named(tmp_path: Path) -> None:
    settings = live(tmp_path, mailboxes_file(tmp_path))
    found = of_police(settings)
    assert (found.state, found.found) == (State.NOTE, "nobody there has agreed to test mails")
    mailboxes_file(tmp_path, more=", canary: {agreed_by: C Brown}")
    assert "cannot be opened here" in of_police(settings).found


@pytest.mark.parametrize(
    ("canary", "said"),
    [
        ("maildir: nowhere", "its Maildir is not there"),
        ("maildir: Maildir", "its mail is sealed and no key opens the copy"),
        ("maildir: Maildir, key: nowhere.pem", "cannot be read, or holds no RSA key"),
        ("maildir: Maildir, key: no.pem", "cannot be read, or holds no RSA key"),
        ("maildir: Maildir, key: mixed.pem", "do not belong together"),
        ("maildir: Maildir, key: another.pem", "nothing is sealed to the certificate of its key"),
        ("maildir: Maildir, key: held.pem", ""),
    ],
)
def test_a_wrong_setting_of_the_canary_is_found_before_the_first_flight(
    tmp_path: Path, canary: str, said: str
) -> None:
    desk, another = issue("desk"), issue("another")
    desk.write(tmp_path, "desk.pem")
    (tmp_path / "held.pem").write_bytes(desk.key_pem() + desk.pem())
    (tmp_path / "another.pem").write_bytes(another.key_pem() + another.pem())
    (tmp_path / "mixed.pem").write_bytes(another.key_pem() + desk.pem())
    (tmp_path / "no.pem").write_text("no key", "utf-8")
    for part in ("new", "cur"):
        (tmp_path / "Maildir" / part).mkdir(parents=True)
    more = f", certificates: [desk.pem], canary: {{agreed_by: C Brown, {canary}}}"
    settings = live(tmp_path, mailboxes_file(tmp_path, more=more))
    found = of_police(settings)
    assert found.state is (State.PROBLEM if said else State.OK)
    assert said in found.found
    training = replace(Settings(), mailboxes=settings.mailboxes)
    assert of_police(training).state is (State.NOTE if said else State.OK)
