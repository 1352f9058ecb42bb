from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from bot.loading.trace import trace

ROOT = Path(__file__).parents[2]
Write = Callable[[str], Path]

LIVES = """
  - section: Intelligence and Information Gathering
    statement: Information that points to no child goes to the police.
    kind: duty
    lives_at:
      route:wirral_intelligence: sent to Merseyside Police
      dialog:wirral/entry: [If the police need to ask, goes on with about the child]
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    for folder in ("dialogs", "rules"):
        copytree(ROOT / folder, tmp_path / folder)

    def write(rows: str) -> Path:
        head = "trace: wirral\ndocument: Practice guidance, February 2016\nrows:"
        (tmp_path / "rules" / "wirral" / "trace.yaml").write_text(head + rows, encoding="utf-8")
        return tmp_path

    return write


def test_a_statement_is_told_with_the_places_where_it_lives(write: Write) -> None:
    statements, problems = trace(write(LIVES))

    assert not problems
    assert [
        s.lives_at for s in statements if s.document == "Practice guidance, February 2016"
    ] == [("route:wirral_intelligence", "dialog:wirral/entry")]


def test_a_home_that_is_gone_is_named_with_its_line_and_a_suggestion(write: Write) -> None:
    _, problems = trace(
        write(LIVES.replace("route:wirral_intelligence", "route:wirral_inteligence"))
    )

    [problem] = problems
    assert problem.code == "TRACE_GONE"
    assert problem.line == 8
    assert "route:wirral_intelligence" in problem.did_you_mean


@pytest.mark.parametrize("both", ["", "    left_out_because: repeated\n"])
def test_a_statement_lives_somewhere_or_says_why_not(write: Write, both: str) -> None:
    rows = LIVES if both else LIVES.split("    lives_at", maxsplit=1)[0]

    _, problems = trace(write(rows + both))

    assert [problem.code for problem in problems] == ["TRACE_HOME"]


def test_a_reason_that_is_not_on_the_closed_list_is_refused(write: Write) -> None:
    rows = LIVES.split("    lives_at", maxsplit=1)[0] + "    left_out_because: too_long\n"

    _, problems = trace(write(rows))

    assert [problem.code for problem in problems] == ["WRONG_VALUE"]


@pytest.mark.parametrize(
    ("was", "now", "fault"),
    [
        ("The reviewing officer (the", "The reviewer (the", "not said any more"),
        (
            "The reviewing officer (the",
            "Do not tell the reviewing officer (the",
            "taken back by “not”",
        ),
        (
            "The reviewing officer (the",
            "The reviewing officer unless (the",
            "taken back by “unless”",
        ),
    ],
)
def test_a_home_that_no_longer_says_its_words_is_named_with_its_statement(
    write: Write, was: str, now: str, fault: str
) -> None:
    root = write(
        """
  - section: Open Cases
    statement: Inform the child's reviewing officer.
    kind: duty
    lives_at:
      route:wirral_iro: the reviewing officer
"""
    )
    routes = root / "rules" / "wirral" / "routes.yaml"
    assert trace(root)[1] == ()
    routes.write_text(routes.read_text("utf-8").replace(was, now), "utf-8")

    [problem] = trace(root)[1]

    assert (problem.code, problem.line) == ("TRACE_SAID", 8)
    assert problem.file == "rules/wirral/trace.yaml"
    assert problem.message.startswith("Inform the child's reviewing officer. At route:wirral_iro ")
    assert f"“the reviewing officer” is {fault}" in problem.message
    assert "quote those here" in problem.message


def test_words_that_stand_in_two_sentences_of_a_home_prove_neither(write: Write) -> None:
    rows = LIVES.replace("sent to Merseyside Police", "Merseyside Police")

    [problem] = trace(write(rows))[1]

    assert "“Merseyside Police” stands in several sentences" in problem.message


def test_a_home_from_which_nothing_is_quoted_is_named(write: Write) -> None:
    [problem] = trace(write(LIVES.replace("sent to Merseyside Police", "[]")))[1]

    assert (problem.code, problem.line) == ("TRACE_SAID", 8)
    assert "Nothing is quoted from route:wirral_intelligence" in problem.message
