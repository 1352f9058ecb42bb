"""The watching itself: a broken promise, a changed word and a missing mail are all noticed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.transcript import Mailed, Transcript, Turned, load_transcript
from bot.core.catalogue import Catalogue
from bot.core.text import Template
from bot.core.turn import Button, Reply, Screen, ScreenKind
from bot.errors import ContentError
from bot.loading.load import load_catalogue
from tests.transcripts.promises import broken
from tests.transcripts.stage import stage

ROOT = Path(__file__).parents[2]
HEAD = "In danger now? Call 999."


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT)


@pytest.mark.parametrize(
    ("screen", "why"),
    [
        (Screen("Hello"), "999 is not the first line"),
        (Screen("Hello", kind=ScreenKind.URGENT), "999 is not the first word"),
        (Screen(f"{HEAD}\n\nThere is no risk."), "it says 'no risk'"),
        (Screen(f"{HEAD}\n\nThe police received it."), "it says 'received'"),
        (Screen(f"{HEAD}\n\nIt goes to a@police.example."), "an address is shown"),
        (Screen(f"{HEAD}\n{'x' * 4096}"), "it is too long"),
        (Screen(f"{HEAD}\n", (Button("o" * 25, "x"),)), "a button carries too much"),
        (Screen(f"{HEAD}\n\nTell the MACSE meeting."), "MACSE is not spelled out"),
        (Screen(f"{HEAD}\n", kind=ScreenKind.CODE), "a code cannot be copied"),
        (Screen("Goodbye. Your report is sent.", kind=ScreenKind.FAREWELL), "the farewell says"),
    ],
)
async def test_a_screen_that_breaks_a_promise_is_found(
    screen: Screen, why: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    async with stage(tmp_path, catalogue) as played:
        await played.talk.start()
        assert broken(played) == []
        played.watched.replies.append(Reply((screen,), 1))
        assert [found for found in broken(played) if why in found]


async def test_the_person_s_key_on_a_screen_is_found(catalogue: Catalogue, tmp_path: Path) -> None:
    async with stage(tmp_path, catalogue) as played:
        played.watched.replies.append(Reply((Screen(f"{HEAD}\n{played.person}"),), 1))
        assert broken(played) == ["somebody could tell who this is"]


async def test_a_real_address_in_a_training_envelope_is_found(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    async with stage(tmp_path, catalogue) as played:
        played.mailer.sent.append(("desk@police.example", b"Subject: x\n\nx"))
        assert "a real address stands in the envelope" in broken(played)
        assert "practice is not marked as practice" in broken(played)
        assert "the time of day is told" in broken(played)


async def test_a_changed_word_a_missing_button_and_a_forbidden_line_are_found(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    first = Transcript("x", (Turned(press="No", sees="Where does the cat live?"),))
    second = Transcript("x", (Turned(say="hello", lacks="child"), Turned(press="Nobody")))
    async with stage(tmp_path / "a", catalogue) as played:
        went = await played.play(first)
        assert went.wrong == ["turn 1: it should show “Where does the cat live?”"]
        assert went.turns[0].sees == "Where does the child live?"
    async with stage(tmp_path / "b", catalogue) as played:
        assert (await played.play(second)).wrong == [
            "turn 1: it should not show “child”",
            "turn 2: there is no button “Nobody”",
        ]


async def test_a_screen_without_999_in_the_content_would_be_found(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    words = Template("There is no risk.")
    bad = replace(catalogue, screens={**catalogue.screens, "pause_empty": words})
    async with stage(tmp_path, bad) as played:
        await played.play(Transcript("x", (Turned(say="pause"),)))
        assert broken(played)


@pytest.mark.parametrize(
    "text",
    [
        "turns: []",
        "transcript: x\nturns: [{say: a, press: b}]",
        "transcript: x\nturns: [{sees: a}]",
        "transcript: x\nturns: [{shout: a}]",
        "transcript: x\nturns: [{say: [a]}]",
        "transcript: x\nturns: [{wait: a while}]",
        "transcript: x\nturns: [{say: a}]\nmail: [{holds: [{a: b}]}]",
        "transcript: x\nturns: [{say: a}]\nmail: [{from: a}]",
        "transcript: [",
        "- a",
    ],
)
def test_what_is_no_transcript_is_refused_by_name(text: str, tmp_path: Path) -> None:
    path = tmp_path / "talk.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"talk\.yaml:1: TRANSCRIPT is not a transcript"):
        load_transcript(path)


def test_waits_are_minutes_hours_and_days() -> None:
    waits = ("40 minutes", "1 hour", "2 days")
    assert [Turned(wait=wait).minutes for wait in waits] == [40, 60, 2880]
    assert Mailed(holds=("a",)) != Mailed()
