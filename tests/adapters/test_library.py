"""The guidance as the chat asks it: made once, off the event loop, and never in anybody's way."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Never

import pytest

from bot.adapters import library as module
from bot.adapters.library import Library
from bot.adapters.search import Search
from bot.core.guidance import Found, Passage, Questions
from bot.errors import BotError
from tests.core.little import PASSAGES, catalogue

SOUTH = replace(PASSAGES[0], id="far", area="south")
ASKED = Questions(
    {p.id: ("who is missing", "missing", "missing at night") * 20 for p in (*PASSAGES, SOUTH)},
    ("bus times", "when is the bus", "missing bus"),
)
CONTENT = replace(catalogue(), guidance={p.id: p for p in (*PASSAGES, SOUTH)})


@pytest.fixture
async def alarms() -> list[str]:
    return []


@pytest.fixture
async def library(alarms: list[str]) -> AsyncIterator[Library]:
    made = Library(CONTENT, lambda: ASKED, alarms.append)
    yield made
    made.close()


def ids(found: Found) -> set[str]:
    return {answer.passage.id for answer in found.told}


async def test_what_two_areas_answer_is_answered_from_one_s_own(
    library: Library, alarms: list[str]
) -> None:
    assert ids(await library.look_up("missing", "north")) == {p.id for p in PASSAGES}
    assert ids(await library.look_up("missing", "south")) == {"far"}
    assert await library.look_up("bus times", "north") == Found()
    assert alarms == []


async def test_what_people_ask_of_others_is_not_answered_with_the_nearest_words(
    library: Library,
) -> None:
    assert (await library.look_up("missing bus", "north")).told == ()


async def test_what_people_ask_is_read_once_and_not_before_it_is_needed(
    alarms: list[str],
) -> None:
    read: list[int] = []

    def questions() -> Questions:
        read.append(threading.get_ident())
        return ASKED

    library = Library(CONTENT, questions, alarms.append)
    assert read == []
    await asyncio.gather(*(library.look_up("missing") for _ in range(3)))
    library.close()
    assert len(read) == 1
    assert read != [threading.get_ident()]


async def test_the_index_is_made_once_and_not_on_the_event_loop(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []

    class Counted(Search):
        def __init__(self, passages: list[Passage], questions: Questions) -> None:
            made.append(threading.get_ident())
            super().__init__(passages, questions)

    monkeypatch.setattr(module, "Search", Counted)
    assert made == []
    await asyncio.gather(*(library.look_up("missing") for _ in range(5)))
    assert len(made) == 1
    assert made != [threading.get_ident()]


async def test_where_nothing_can_be_looked_up_nothing_is_known_and_the_operator_hears(
    library: Library, alarms: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Never:
        raise BotError("search_without_fts5")

    monkeypatch.setattr(module, "Search", broken)
    assert await library.look_up("missing") == Found()
    assert alarms == ["guidance_unavailable"]


async def test_closing_lets_a_look_up_on_its_way_finish(tmp_path: Path) -> None:
    library = Library(CONTENT, lambda: ASKED, print)
    asking = asyncio.create_task(library.look_up("missing", "south"))
    await asyncio.sleep(0)
    library.close()
    assert ids(await asking) == {"far"}
