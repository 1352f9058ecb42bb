"""`demo` and `chat` without a person at the keyboard; `check`, `outbox` and `retention`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.channels.transcript import load_transcript
from bot.commands import DONE, NOT_NOW, PROBLEMS, WRONG_USE
from tests.broken.samples import samples
from tests.commands.conftest import Run

ROOT = Path(__file__).parents[2]
REPORT = (
    b"2\n1\n1\n1\n1\n2\nno\nVodka for children\nskip\nskip\nno\nno\nskip\nskip\n1\n1\n2\nSend it\n"
)


def test_the_demo_plays_and_shows_the_mail_that_arrived_opened(run: Run, folder: Path) -> None:
    told = run("demo")
    assert (told.code, told.err) == (DONE, "")
    opened = told.out[told.out.index("Arrived in the secure mailbox, opened:") :]
    assert "Envelope: wirral_police_intelligence@training.invalid\n" in opened
    assert "To: A.BCU.MFH@merseyside.pnn.police.uk\n" in opened
    assert "Subject: CSE Intelligence\n" in opened
    assert "sells vodka to children in school uniform" in opened
    assert list(folder.iterdir()) == []


def test_a_demo_in_which_nothing_is_sent_fails(run: Run, folder: Path) -> None:
    play = folder / "short.yaml"
    play.write_text("transcript: short\nturns: [{press: 'No'}]\n", encoding="utf-8")
    told = run("demo", "--play", str(play))
    assert told.code == PROBLEMS
    assert told.err == "No mail arrived: nothing was sent.\n"


def test_a_demo_that_goes_another_way_than_recorded_fails(run: Run, folder: Path) -> None:
    play = folder / "other.yaml"
    text = (ROOT / "demo" / "off_licence.yaml").read_text("utf-8")
    play.write_text(text.replace("Where does the child live?", "Where does the cat live?"))
    told = run("demo", "--play", str(play))
    assert told.code == PROBLEMS
    assert told.err == "turn 1: it should show “Where does the cat live?”\n"


def test_a_chat_is_recorded_and_plays_again(run: Run, folder: Path) -> None:
    told = run("chat", "--record", "vodka.yaml", stdin=REPORT)
    assert told.code == DONE
    recorded = load_transcript(folder / "vodka.yaml")
    assert recorded.title == "vodka"
    assert recorded.turns[0].press == "No"
    assert recorded.turns[7].say == "Vodka for children"
    assert recorded.turns[-1].sees == "Saved. This is your code:"
    again = run(
        "chat", "--play", "vodka.yaml", BOT_DATA_DIR="other/data", BOT_KEY_DIR="other/keys"
    )
    assert (again.code, again.err) == (DONE, "")


def test_a_chat_begins_in_the_area_it_is_told(run: Run) -> None:
    told = run("chat", "--area", "wirral", stdin=b"no\n")
    assert "Which of these fits you best?" in told.out
    wrong = run("chat", "--area", "marker")
    assert wrong.code == WRONG_USE
    assert "marker" not in wrong.err


def test_a_store_that_cannot_be_opened_is_said_as_a_code(run: Run, folder: Path) -> None:
    run("chat", stdin=b"no\n")
    (folder / "data" / "bot.db").write_bytes(b"not a database, whoever asks")
    told = run("chat", stdin=b"hello\n")
    assert (told.code, told.out) == (NOT_NOW, "")
    assert told.err == "Could not be done now: database_corrupt\n"


def test_outbox_and_retention_count_and_tell_nothing_else(run: Run) -> None:
    run("chat", stdin=REPORT + b"1\n")
    counts = run("retention", "--json").json
    assert counts["sessions"] == 1
    assert counts["codes"] == 1
    assert [*counts["kept"].values()] == [{"0": 1}]
    assert " kept, 0 days old: 1\n" in run("retention").out
    assert run("retention", "--sweep").code == DONE
    told = run("outbox", "--json")
    assert told.json["items"].keys() <= {"saved", "handed_over"}
    assert sum(told.json["items"].values()) == 1
    assert "odka" not in told.out
    retried = run("outbox", "retry", "R-0000-0000-0000", "--json")
    assert (retried.code, retried.json) == (PROBLEMS, {"retried": 0})


@pytest.mark.parametrize("broken", ["UNKNOWN_STEP", "RULE_GAP", "WRONG_ADDRESS"])
def test_check_tells_every_problem_by_file_and_line(broken: str, run: Run, folder: Path) -> None:
    sample = next(one for one in samples() if one.name == broken)
    for path, raw in sample.files().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(raw)
    told = run("check", "--root", str(folder))
    assert told.code == PROBLEMS
    assert f": {broken} " in told.out
    problem = run("check", "--root", str(folder), "--json").json[0]
    assert problem.keys() == {"file", "line", "code", "message", "did_you_mean"}


def test_check_finds_nothing_wrong_with_what_is_shipped(run: Run) -> None:
    told = run("check")
    assert (told.code, told.out) == (DONE, "0 problems found.\n")
    assert json.loads(run("check", "--json").out) == []
