"""Screening takes at most ten minutes of a person's time, from its first screen to its result.
The form of a referral comes after it.

Counted over recorded conversations: every word on every screen is read once at 200 words a
minute, also the line on 999 and the labels of the buttons, and each press or answer takes 4
seconds. What somebody writes in their own words is counted as one answer: how long they think is
theirs.
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
FORM = "Now the form, CSE 1"  # the last screen of the screening itself
SENDS = "Send it"
WITH_THE_FORM = 17.5
SCREENINGS = ("harm", "ruled_out", "background", "under_13", "age_gap", "abuse_not_known")


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _words(reply: Reply) -> int:
    texts = [s.text for s in reply.screens]
    texts += [button.label for s in reply.screens for button in s.buttons]
    return sum(len(text.split()) for text in texts)


def _said(reply: Reply, told: Turned) -> Input:
    """A press where the record presses, else the words."""
    if not told.press:
        return Say(told.say)
    option = next(b.option for s in reply.screens for b in s.buttons if b.label == told.press)
    return Press(reply.turn, option)


def _counted(content: Catalogue, name: str, until: str) -> tuple[int, int]:
    """Screens and words from where the screening begins."""
    path = ROOT / "tests" / "transcripts" / f"wirral_screen_{name}.yaml"
    turn = advance(content, None, Begin(), NOW)
    screens = words = 0
    for told in load_transcript(path).turns:
        turn = advance(content, turn.session, _said(turn.reply, told), NOW)
        if screens or BEGINS in turn.reply.screens[0].text:
            screens += 1
            words += _words(turn.reply)
        if any(
            until in s.text or until in [b.label for b in s.buttons] for s in turn.reply.screens
        ):
            break
    return screens, words


def _minutes(content: Catalogue, name: str, until: str) -> float:
    screens, words = _counted(content, name, until)
    minutes = words / WORDS_A_MINUTE + screens * SECONDS_A_PRESS / 60
    print(f"{name}: {screens} screens, {words} words, {minutes:.1f} minutes")  # noqa: T201
    assert screens > len(SCREENINGS)
    return minutes


@pytest.mark.parametrize("name", SCREENINGS)
def test_a_screening_takes_at_most_ten_minutes(name: str, content: Catalogue) -> None:
    """`pytest -s` prints what was counted."""
    assert _minutes(content, name, FORM) <= MOST_MINUTES


def test_with_the_whole_form_for_a_referral_it_takes_no_longer_than_it_did(
    content: Catalogue,
) -> None:
    """The form, CSE 1, has 26 questions; most can be left out. This only ever goes down."""
    assert _minutes(content, "harm", SENDS) <= WITH_THE_FORM
