"""What people read in Newham before they begin, and when they have finished."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dated import route_on
from bot.core.dialog import Call, End, Tell
from bot.core.gifts import Documents
from bot.core.hours import ring
from bot.loading.load import load_catalogue

ON = date(2026, 11, 22)
DUE = {
    "newham_mase": "The last day for the panel on Thursday 7 January 2027 is "
    "Thursday 24 December 2026.",
    "newham_case_report": "It is due by the third Thursday of each month, next on "
    "Thursday 17 December 2026.",
}


@pytest.fixture(scope="module")
def content() -> Catalogue:
    return load_catalogue(Path(__file__).parents[2])


@pytest.mark.parametrize("route", DUE)
def test_by_when_it_is_due_is_a_sentence_between_two_others(
    content: Catalogue, route: str
) -> None:
    said = ring(content, route_on(content, content.routes[route], ON))
    assert said.startswith(
        f"Handed over does not mean read. {DUE[route]} If you left no way to reach you, or hear "
    )


def test_where_a_text_says_keep_a_copy_the_documents_are_there(content: Catalogue) -> None:
    ends = [
        step
        for dialog in content.dialogs.values()
        if dialog.id.startswith("newham/")
        for step in dialog.steps.values()
        if isinstance(step, End) and "keep a copy" in step.text.source.casefold()
    ]
    assert len(ends) >= 5
    gifts = [[offer.gift for offer in end.gives] for end in ends]
    assert all(any(isinstance(gift, Documents) for gift in given) for given in gifts)


def test_who_works_with_children_is_told_so_before_choosing(content: Catalogue) -> None:
    wants = content.dialogs["newham/entry"].steps["wants"]
    assert "Telegram stores this chat" in wants.text.source  # type: ignore[union-attr]
    assert "wiped" in wants.text.source  # type: ignore[union-attr]


def test_danger_is_answered_with_the_front_door_too(content: Catalogue) -> None:
    danger = content.dialogs["newham/entry"].steps["danger"]
    assert isinstance(danger, Tell)
    assert "999. Then call Newham children's services as well" in danger.text.source


def test_a_young_person_is_told_who_could_read_the_chat_and_how_to_leave(
    content: Catalogue,
) -> None:
    entry = content.dialogs["newham/young_person"].first
    assert isinstance(entry, Call)
    first = content.dialogs[entry.dialog].first
    assert isinstance(first, End)  # nothing is asked before it
    for words in ("Telegram keeps it", "opens this phone", "30 minutes", "exit", "delete"):
        assert words in first.text.source
