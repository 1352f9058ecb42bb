"""`keys`, and what `doctor` says of certificates."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.certificates import Fault
from bot.adapters.sealing import WORDS
from bot.commands import DONE
from bot.commands.certificates import INSTALLATION, certificate_warnings
from bot.commands.looked import State
from bot.core.routing import Mode
from bot.settings import Settings
from tests.adapters.authority import issue
from tests.adapters.openers import run as shell
from tests.commands.conftest import Run
from tests.commands.verified import BOXES, live, mailboxes_file
from tests.fakes.clock import START

CERTIFICATE = ", certificates: [desk.pem]"


def told(folder: Path, **changed: object) -> Settings:
    """A live installation with a certificate of this kind for one mailbox."""
    issue(BOXES[0].replace("_", "-"), **changed).write(folder, "desk.pem")  # type: ignore[arg-type] # one keyword a test
    return live(folder, mailboxes_file(folder, boxes=BOXES[:1], more=CERTIFICATE))


def test_the_first_call_makes_the_key_and_the_request(run: Run, folder: Path) -> None:
    shown = run("keys", "--json", BOT_MAIL_FROM="bot@reports.example")
    assert shown.code == DONE
    (own,) = shown.json["certificates"]
    assert (own["whose"], own["self_signed"], own["faults"]) == (INSTALLATION, True, [])
    request = shell("openssl", "req", "-verify", "-noout", "-text", "-in", shown.json["request"])
    assert b"bot@reports.example" in request


def test_a_second_call_shows_the_same_fingerprint(run: Run, folder: Path) -> None:
    first, second = run("keys", "--json").json, run("keys", "--json").json
    assert first == second


def test_fingerprints_of_mailboxes_are_shown_as_openssl_shows_them(run: Run, folder: Path) -> None:
    settings = told(folder)
    shown = run("keys", BOT_MAILBOXES=str(settings.mailboxes))
    command = ("openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in")
    fingerprint = shell(*command, folder / "desk.pem").decode().strip().partition("=")[2]
    assert fingerprint in shown.out
    (without,) = [line for line in shown.out.splitlines() if line.startswith("Without a ")]
    assert BOXES[1] in without
    assert BOXES[0] not in without
    assert "read the fingerprint to whoever gets the mail" in shown.out


@pytest.mark.parametrize(
    ("days", "state"),
    [(61, State.OK), (60, State.NOTE), (30, State.NOTE), (7, State.PROBLEM)],
)
def test_doctor_warns_at_60_30_and_7_days(days: int, state: State, tmp_path: Path) -> None:
    settings = told(tmp_path, ends=START + timedelta(days=days, minutes=1))
    (one,) = certificate_warnings(settings, START)
    assert (one.state, one.found) == (state, f"{days} days left")
    assert bool(one.do) is (state is not State.OK)


def test_each_warning_says_something_else(tmp_path: Path) -> None:
    said = set()
    for days in (60, 30, 7):
        settings = told(tmp_path, ends=START + timedelta(days=days, minutes=1))
        said.add(certificate_warnings(settings, START)[0].do)
    assert len(said) == 3


def test_doctor_names_an_expired_certificate_and_an_unreadable_one(tmp_path: Path) -> None:
    settings = told(tmp_path, ends=START - timedelta(days=1))
    (expired,) = certificate_warnings(settings, START)
    assert (expired.state, expired.found) == (State.PROBLEM, WORDS[Fault.EXPIRED])
    (tmp_path / "desk.pem").unlink()
    (missing,) = certificate_warnings(settings, START)
    assert (missing.state, missing.found) == (State.PROBLEM, WORDS["certificate_file_missing"])


def test_in_training_it_is_a_note(run: Run, folder: Path) -> None:
    settings = told(folder, ends=START - timedelta(days=1))
    shown = run("doctor", BOT_MAILBOXES=str(settings.mailboxes))
    assert shown.code == DONE
    assert f"certificate of {BOXES[0]} {WORDS[Fault.EXPIRED]}" in shown.out


def test_looking_makes_no_key(tmp_path: Path) -> None:
    settings = replace(told(tmp_path), mailboxes=None)
    assert certificate_warnings(settings, START) == []
    assert not settings.key_dir.exists()


def test_keys_shows_whose_a_certificate_is_and_which_addresses_it_names(
    run: Run, folder: Path
) -> None:
    settings = told(folder)
    shown = run("keys", BOT_MAILBOXES=str(settings.mailboxes))
    assert "  CN=wirral-police-intelligence\n" in shown.out
    assert "  names wirral-police-intelligence@desk.example\n" in shown.out


def test_a_certificate_in_another_name_is_a_problem_in_live(tmp_path: Path) -> None:
    settings = told(tmp_path)
    issue("somebody").write(tmp_path, "desk.pem")
    (fit, other) = certificate_warnings(settings, START)
    assert (fit.state, other.state) == (State.OK, State.PROBLEM)
    assert other.found == (
        "it names somebody@desk.example, not wirral-police-intelligence@desk.example"
    )
    assert "fingerprint" in other.do
    (_, other) = certificate_warnings(replace(settings, mode=Mode.TRAINING), START)
    assert other.state is State.NOTE


def test_a_certificate_of_a_reader_beside_the_mailbox_s_own_is_a_note(tmp_path: Path) -> None:
    issue("reader").write(tmp_path, "reader.pem")
    told(tmp_path)
    both = ", certificates: [desk.pem, reader.pem]"
    settings = live(tmp_path, mailboxes_file(tmp_path, boxes=BOXES[:1], more=both))
    found = certificate_warnings(settings, START)
    assert [one.state for one in found] == [State.OK, State.OK, State.NOTE]
    assert "it names reader@desk.example" in found[-1].found
