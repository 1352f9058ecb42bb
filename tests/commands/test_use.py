"""How every command is used, and how it says that it was used wrongly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot import commands
from bot.commands import COMMANDS, DONE, NOT_NOW, WRONG_USE
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
WRITTEN = "kayleigh of 12 marker street"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, run: Run) -> None:
    told = run(command, "--help")
    assert told.code == DONE
    assert told.out.startswith(f"usage: bot {command} ")
    assert COMMANDS[command][1].split(";")[0] in " ".join(told.out.split())


def test_the_program_s_own_help_lists_every_command(run: Run) -> None:
    told = run("--help")
    assert told.code == DONE
    assert [name for name in COMMANDS if name not in told.out.split()] == []
    assert "Exit 0: done; 1: problems found; 2: wrong use or settings; 3: could not be done" in (
        " ".join(told.out.split())
    )


def test_no_command_is_wrong_use_and_shows_the_help(run: Run) -> None:
    told = run()
    assert told.code == WRONG_USE
    assert "doctor" in told.out


def test_an_unknown_command_suggests_the_near_one_and_repeats_nothing(run: Run) -> None:
    told = run("doktor")
    assert (told.code, told.out) == (WRONG_USE, "")
    assert told.err == "There is no such command. Did you mean doctor?\n"
    assert WRITTEN not in run(WRITTEN).err


@pytest.mark.parametrize("command", COMMANDS)
def test_words_a_command_does_not_know_are_never_repeated(command: str, run: Run) -> None:
    for arguments in ((f"--{WRITTEN}",), ("outbox", WRITTEN), ("--json=" + WRITTEN,)):
        told = run(command, *arguments)
        assert WRITTEN not in told.out + told.err


def test_an_unknown_option_is_wrong_use(run: Run) -> None:
    told = run("check", "--jsn")
    assert told.code == WRONG_USE
    assert told.err == "unrecognized arguments. See python -m bot --help\n"


def test_an_option_is_never_guessed_from_its_beginning(run: Run) -> None:
    assert run("check", "--js").code == WRONG_USE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing", "--json"), "unknown_command"),
        (("assess", "--json", "--area", "wirral"), "no_facts"),
        (("facts", "--json"), "no_area"),
        (("facts", "--json", "--area", "wiral"), "unknown_area"),
        (("check", "--json", "--what"), "usage"),
    ],
)
def test_with_json_an_error_is_one_value_on_standard_output(
    arguments: tuple[str, ...], code: str, run: Run
) -> None:
    told = run(*arguments)
    assert (told.code, told.err) == (WRONG_USE, "")
    assert told.json["error"].keys() == {"code", "message", "at", "did_you_mean"}
    assert told.json["error"]["code"] == code


def test_wrong_settings_are_all_told_at_once_and_exit_2(run: Run) -> None:
    told = run("doctor", BOT_TOKEN="secret-marker", BOT_MODE="loud", BOT_SMTP_PORT="0")
    assert told.code == WRONG_USE
    assert [line.split(" ")[0] for line in told.err.splitlines()] == [
        "BOT_TOKEN:",
        "BOT_MODE:",
        "BOT_SMTP_PORT:",
    ]
    assert "secret-marker" not in told.err + told.out


@pytest.mark.parametrize("command", ["run", "chat", "doctor", "retention", "deadlines"])
def test_areas_and_mailboxes_that_are_not_there_are_told_with_the_other_settings(
    command: str, run: Run, folder: Path
) -> None:
    file = folder / "boxes.yaml"
    file.write_text("mailboxes:\n  wirral_cdat: {state: retired}\n", "utf-8")
    told = run(command, BOT_MODE="loud", BOT_AREAS="newham, wiral-marker", BOT_MAILBOXES=str(file))
    assert told.code == WRONG_USE
    lines = told.err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["BOT_MODE:", "BOT_AREAS:", "boxes.yaml:2:"]
    assert lines[1] == "BOT_AREAS: Area 2 is not one: there are newham, wirral."
    assert lines[2].endswith("Did you mean wirral_cadt?")


def test_a_mailbox_of_an_area_that_is_loaded_is_known(run: Run, folder: Path) -> None:
    file = folder / "boxes.yaml"
    file.write_text("mailboxes:\n  wirral_cadt: {state: retired}\n", "utf-8")
    told = run("deadlines", "--area", "wirral", BOT_AREAS="wirral", BOT_MAILBOXES=str(file))
    assert (told.code, told.err) == (DONE, "")
    assert run("deadlines", BOT_AREAS="newham", BOT_MAILBOXES=str(file)).code == WRONG_USE


@pytest.mark.parametrize(
    "arguments", [("outbox",), ("receipts",), ("retention",), ("retention", "--sweep")]
)
def test_looking_where_nothing_has_run_makes_nothing(
    arguments: tuple[str, ...], run: Run, folder: Path
) -> None:
    told = run(*arguments)
    assert (told.code, told.out) == (NOT_NOW, "")
    assert told.err.startswith("There is no database here")
    assert run(*arguments, "--json").json["error"]["code"] == "no_database"
    assert list(folder.iterdir()) == []


def test_run_without_a_token_is_wrong_use(run: Run) -> None:
    told = run("run")
    assert told.code == WRONG_USE
    assert told.err.startswith("BOT_TOKEN is needed")


def test_a_fault_of_the_program_is_a_place_and_a_kind_never_its_words(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise KeyError(WRITTEN)

    monkeypatch.setattr(commands, "env_file", fails)
    monkeypatch.setattr("bot.commands.configured.env_file", fails)
    told = run("outbox")
    assert told.code == NOT_NOW
    assert told.err.startswith("A fault of the program, in ")
    assert "(KeyError)" in told.err
    assert WRITTEN not in told.err


def test_the_door_is_python_m_bot(folder: Path) -> None:
    command = [sys.executable, "-m", "bot", "facts", "--area", "wirral", "--json"]
    done = subprocess.run(command, env={"PYTHONPATH": str(ROOT)}, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (DONE, b"")
    assert done.stdout.startswith(b"[{")
    assert list(folder.iterdir()) == []  # looking something up leaves nothing behind
