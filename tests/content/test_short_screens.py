"""What a tired person reads on a phone, over every conversation recorded in Wirral: a screen is
short, and what is long stands on several.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.transcript import load_transcript
from bot.core.catalogue import Catalogue
from bot.core.dialog import Check
from bot.core.engine import advance
from bot.core.session import Overlay
from bot.core.turn import Begin, Press, Say
from bot.core.walk import replay
from bot.loading.load import load_catalogue

ROOT = Path(__file__).parents[2]
RECORDED = sorted((ROOT / "tests" / "transcripts").glob("wirral_*.yaml"))
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
MOST, MOST_OF_DUTIES = 180, 120  # words
DUTIES = ("wirral/care_duties", "wirral/duties")


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(ROOT)


def _read(content: Catalogue, path: Path) -> Iterator[tuple[str, int]]:
    """The dialog and the number of words of each screen up to the sending; reviews left out."""
    banner = content.screens["training"].source.strip()
    turn = advance(content, None, Begin(), NOW)
    for told in load_transcript(path).turns:
        buttons = [b for screen in turn.reply.screens for b in screen.buttons]
        options = [b.option for b in buttons if b.label == told.press]
        said = Press(turn.reply.turn, options[0]) if options else Say(told.say)
        turn = advance(content, turn.session, said, NOW)
        if turn.session is None or turn.session.overlay is Overlay.CODE:
            return
        here = replay(content, turn.session).here
        text = turn.reply.screens[0].text.replace(banner, "")
        if not isinstance(here.step, Check):
            yield here.dialog.id, sum(any(map(str.isalpha, word)) for word in text.split())


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
def test_no_screen_is_long(path: Path, content: Catalogue) -> None:
    read = list(_read(content, path))
    assert len(read) > 2
    assert [one for one in read if one[1] > MOST] == []
    assert [one for one in read if one[0] in DUTIES and one[1] > MOST_OF_DUTIES] == []
