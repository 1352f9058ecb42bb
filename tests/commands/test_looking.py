"""`guidance`, `wording` and `danger`, as other people's programs call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.commands import DONE, WRONG_USE
from tests.commands.conftest import Run


def test_danger_says_which_signs_and_where(run: Run) -> None:
    text = "😱 hes got a knife"
    told = run("danger", text, "--json")
    assert told.code == DONE
    assert told.json["danger"] is True
    weapon = next(cue for cue in told.json["cues"] if cue["id"] == "weapon")
    assert text[weapon["start"] : weapon["end"]] == "hes got a knife"


def test_no_danger_is_no_error(run: Run) -> None:
    told = run("danger", "What", "time", "do", "you", "open?", "--json")
    assert (told.code, told.json) == (DONE, {"danger": False, "cues": []})


def test_wording_gives_the_place_the_reason_and_another_way(run: Run) -> None:
    told = run("wording", "She is streetwise.", "--json")
    (remark,) = told.json
    assert remark.keys() == {"start", "end", "term", "why", "instead"}
    assert (remark["start"], remark["end"], remark["term"]) == (7, 17, "streetwise")


def test_wording_is_silent_about_marked_quotes(run: Run) -> None:
    assert run("wording", "He called her “streetwise”.", "--json").json == []


def test_guidance_answers_best_first_with_source(run: Run) -> None:
    told = run("guidance", "silent", "999", "call", "--area", "wirral", "--json")
    assert told.code == DONE
    assert told.json[0].keys() == {"id", "title", "text", "source", "score"}
    assert told.json[0]["id"] == "silent_999"
    scores = [row["score"] for row in told.json]
    assert scores == sorted(scores, reverse=True)


def test_guidance_says_that_it_does_not_know(run: Run) -> None:
    told = run("guidance", "how do I bake sourdough bread", "--json")
    assert (told.code, told.json) == (DONE, [])


def test_an_unknown_area_is_named_with_a_suggestion(run: Run) -> None:
    told = run("guidance", "999", "--area", "wiral", "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["did_you_mean"] == ["wirral"]


@pytest.mark.parametrize("command", ["guidance", "wording", "danger"])
def test_without_words_it_is_wrong_use(run: Run, command: str) -> None:
    assert run(command, "--json").code == WRONG_USE


def test_each_line_is_answered_and_a_bad_one_stops_nothing(run: Run) -> None:
    lines = [
        b'{"text": "help me"}',
        b'{"text": 7}',
        b'{"text": "\\ud800"}',
        b'{"words": "help me"}',
        b"",
        b"help me",
        b'{"text": "hello"}',
    ]
    told = run("danger", "-", stdin=b"\n".join(lines))
    answers = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == DONE
    assert [a.get("danger", a.get("error", {}).get("code")) for a in answers] == [
        True,
        "no_text",
        "wrong_text",
        "unknown_key",
        "bad_json",
        False,
    ]


def test_options_are_defaults_for_lines_that_leave_them_out(run: Run) -> None:
    lines = b'{"query": "childline"}\n{"query": "childline", "area": "newhan"}'
    told = run("guidance", "-", "--area", "newham", stdin=lines)
    first, second = (json.loads(line) for line in told.out.splitlines())
    assert first[0]["id"] == "childline"
    assert second["error"]["did_you_mean"] == ["newham"]


def test_a_text_is_read_from_a_file_or_from_standard_input(run: Run, folder: Path) -> None:
    text = "A first line.\nShe is streetwise.\n"
    (folder / "report.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    (remark,) = run("wording", "--file", "report.txt", "--json").json
    assert text[remark["start"] : remark["end"]] == remark["term"] == "streetwise"
    assert run("wording", "--file", "-", "--json", stdin=text.encode()).json == [remark]
    assert run("danger", "--file", "report.txt", "--json").json["danger"] is False


@pytest.mark.parametrize(
    ("given", "content", "code"),
    [
        (("--file", "gone.txt"), b"", "not_read"),
        (("--file", "."), b"", "not_read"),
        (("--file", "report.txt"), b"zqsecretqz \xff", "not_read"),
        (("--file", "report.txt"), b"zqsecretqz" * 10_001, "too_long"),
        (("--file", "report.txt"), b"\xf0\x9f\x98\x80" * 150_000, "too_long"),
        (("--file", "report.txt", "words"), b"zqsecretqz", "two_texts"),
    ],
)
def test_a_file_that_is_no_text_is_said_so_and_repeated_nowhere(
    run: Run, folder: Path, given: tuple[str, ...], content: bytes, code: str
) -> None:
    (folder / "report.txt").write_bytes(content)
    told = run("wording", *given, "--json")
    assert (told.code, told.json["error"]["code"]) == (WRONG_USE, code)
    assert "zqsecretqz" not in told.out + told.err
