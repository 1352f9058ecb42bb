"""Screening takes at most ten minutes of a person's time, from its first screen to documents: the
screening, its result, the form CSE 1 with what every form needs, and the check before sending.

What is counted, over recorded conversations: each word of each line at 200 words a minute, and 4
seconds for every press or answer. A line that stood there before, such as the one on 999 or a
button of the same name, is known and not read again. A number by itself is no word, and the banner
of a bot that is being tested is not counted. What somebody writes in their own words is one
answer: how long they think and type is theirs.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.transcript import Turned, load_transcript
from bot.core.catalogue import Catalogue
from bot.core.engine import advance
from bot.core.turn import Begin, Input, Press, Reply, Say
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDS_A_MINUTE, SECONDS_A_PRESS, MOST_MINUTES = 200, 4, 10
BEGINS = "The screening aid helps you decide"
ENDS = ("Send it", "Give me the documents")  # the button that ends the last screen
LEAST_SCREENS = 12
# To documents: one sign of harm that is happening now, none that count, the longest of each, and
# four signs of three groups with what was noted of each.
SCREENINGS = (
    *("harm", "ruled_out", "background", "under_13", "age_gap", "abuse_not_known"),
    "four_signs",
)
WHOLE, WHOLE_FORM_MINUTES = "danger_in_a_sign", 11.5  # every field of CSE 1 as well


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _words(reply: Reply, known: set[str]) -> int:
    """The words of the lines that were not there before; they are known from now on."""
    banner = {"PRACTICE ONLY"}
    lines = [line for s in reply.screens for line in s.text.splitlines()]
    lines += [button.label for s in reply.screens for button in s.buttons]
    new = [line for line in lines if line not in known and line[:13] not in banner]
    known.update(new)
    return sum(any(c.isalpha() for c in word) for line in new for word in line.split())


def _said(reply: Reply, told: Turned) -> Input:
    """A press where the record presses, else the words."""
    if not told.press:
        return Say(told.say)
    option = next(b.option for s in reply.screens for b in s.buttons if b.label == told.press)
    return Press(reply.turn, option)


def _counted(content: Catalogue, name: str) -> tuple[int, int]:
    """Screens and words from where the screening begins to where documents are made."""
    path = ROOT / "tests" / "transcripts" / f"wirral_screen_{name}.yaml"
    turn = advance(content, None, Begin(), NOW)
    screens = words = 0
    known: set[str] = set()
    for told in load_transcript(path).turns:
        turn = advance(content, turn.session, _said(turn.reply, told), NOW)
        if screens or BEGINS in turn.reply.screens[0].text:
            screens += 1
            words += _words(turn.reply, known)
        if screens and any(b.label in ENDS for s in turn.reply.screens for b in s.buttons):
            return screens, words
    raise AssertionError(f"{name} never comes to documents")


def _minutes(content: Catalogue, name: str) -> float:
    screens, words = _counted(content, name)
    minutes = words / WORDS_A_MINUTE + screens * SECONDS_A_PRESS / 60
    print(f"{name}: {screens} screens, {words} words, {minutes:.1f} minutes")  # noqa: T201
    assert screens > LEAST_SCREENS
    return minutes


@pytest.mark.parametrize("name", SCREENINGS)
def test_from_the_first_screen_to_documents_it_takes_at_most_ten_minutes(
    name: str, content: Catalogue
) -> None:
    """`pytest -s` prints what was counted."""
    assert _minutes(content, name) <= MOST_MINUTES


def test_every_field_of_the_form_takes_a_little_longer(content: Catalogue) -> None:
    """What is added by choice. This only ever goes down."""
    assert _minutes(content, WHOLE) <= WHOLE_FORM_MINUTES
