"""`check` and `trace`: the content, and what an installation says about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import DONE, PROBLEMS, WRONG_USE
from tests.commands.conftest import Run

WRONG = "mailboxes:\n  wirral_cad:\n    state: verified\n  newham_cse:\n    state: verifed\n"


@pytest.mark.parametrize("areas", ["", "newham"])
def test_the_file_of_mailboxes_is_checked_too(run: Run, folder: Path, areas: str) -> None:
    (folder / "boxes.yaml").write_text(WRONG, "utf-8")
    told = run("check", BOT_MAILBOXES="boxes.yaml", BOT_AREAS=areas)
    assert told.code == PROBLEMS
    first, second, count = told.out.splitlines()
    assert first.startswith("boxes.yaml:2: UNKNOWN_MAILBOX There is no mailbox `wirral_cad`")
    assert second.startswith("boxes.yaml:5: WRONG_VALUE `state` is one of retired, unverified")
    assert second.endswith("Did you mean verified, unverified?")
    assert count == "2 problems found."


def test_the_settings_file_names_it_as_well(run: Run, folder: Path) -> None:
    (folder / "boxes.yaml").write_text(WRONG, "utf-8")
    (folder / ".env").write_text("BOT_MAILBOXES=boxes.yaml\nBOT_TOKEN=wrong\n", "utf-8")
    assert "boxes.yaml:2: UNKNOWN_MAILBOX" in run("check").out


def test_a_mailbox_of_an_area_that_is_not_served_is_unknown(run: Run, folder: Path) -> None:
    (folder / "boxes.yaml").write_text("mailboxes:\n  wirral_cadt: {personal: no}\n", "utf-8")
    named = {"BOT_MAILBOXES": "boxes.yaml"}
    assert run("check", **named).code == DONE
    told = run("check", "--json", **named, BOT_AREAS="newham")
    assert told.code == PROBLEMS
    (problem,) = told.json
    assert (problem["file"], problem["line"]) == ("boxes.yaml", 2)
    assert problem["code"] == "UNKNOWN_MAILBOX"


def test_an_area_or_a_file_that_is_not_there_is_named_by_its_setting(run: Run) -> None:
    told = run("check", BOT_AREAS="wirral,newhm", BOT_MAILBOXES="nowhere.yaml")
    assert told.code == PROBLEMS
    assert (
        "BOT_AREAS: Area 2 is not one: there are newham, wirral. Did you mean newham?" in told.out
    )
    assert "BOT_MAILBOXES: There is no file nowhere.yaml at this path." in told.out


@pytest.mark.parametrize("command", ["check", "trace"])
def test_a_root_without_content_is_wrong_use(run: Run, command: str) -> None:
    told = run(command, "--root", "nowhere", "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "no_content"
    assert run(command, "--root", "nowhere").err.startswith("There are no folders dialogs and")


def test_a_fault_of_the_settings_says_where_it_is(run: Run, folder: Path) -> None:
    (folder / "boxes.yaml").write_text(WRONG, "utf-8")
    told = run("outbox", "--json", BOT_MODE="loud", BOT_AREAS="wiral", BOT_MAILBOXES="boxes.yaml")
    assert told.code == WRONG_USE
    places = told.json["error"]["at"].split(", ")
    assert places == ["BOT_MODE", "BOT_AREAS", "boxes.yaml:2", "boxes.yaml:5"]
    assert {"wirral", "wirral_cadt"} <= set(told.json["error"]["did_you_mean"])
