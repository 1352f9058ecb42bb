"""A paused draft that was taken up again ends with its conversation, and not before."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.core.turn import Gone
from tests.core.little import catalogue
from tests.service.talking import ANN, Talking, talking

HERE = "Q day"  # the question at which they paused


@pytest.fixture
async def ann(tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(tmp_path, catalogue()) as person:
        yield person


async def taken_up(ann: Talking) -> str:
    """A draft paused and carried on with; its code."""
    code = await ann.paused()
    assert "[resume]" in await ann.say(code)
    assert HERE in await ann.say("carry on")
    return code


async def opens(ann: Talking, code: str) -> bool:
    await ann.say("receipt")
    text = await ann.say(code)
    assert ("[resume]" in text) is not ("[code_unknown]" in text)
    return "[resume]" in text


@pytest.mark.parametrize(
    "way",
    [
        ("delete", "yes"),
        ("exit",),
        ("restart", "<start_again>"),
        ("skip", "none of these", "no more", "AB1", "yes", "send it", "<saved_it>"),
        ("pause", "<saved_it>"),
    ],
    ids=lambda way: way[0],
)
async def test_a_draft_taken_up_and_ended_opens_no_more(
    ann: Talking, way: tuple[str, ...]
) -> None:
    code = await taken_up(ann)
    await ann.say(*way)
    assert not await opens(ann, code)


@pytest.mark.parametrize("way", [("exit",), ("<start_again>",), ("delete", "yes")])
async def test_it_ends_so_too_before_they_carry_on(ann: Talking, way: tuple[str, ...]) -> None:
    code = await ann.paused()
    await ann.say(code, *way)
    assert not await opens(ann, code)


async def test_whoever_deletes_the_chat_ends_the_draft_that_was_open(ann: Talking) -> None:
    code = await taken_up(ann)
    await ann.service.take(ANN, Gone())
    assert not await opens(ann, code)


async def test_a_draft_paused_anew_opens_by_its_new_code(ann: Talking) -> None:
    old = await taken_up(ann)
    await ann.say("pause", "<saved_it>")
    assert ann.talk.code != old
    assert await opens(ann, ann.talk.code)


@pytest.mark.parametrize("swept", [True, False])
async def test_a_draft_taken_up_and_left_lying_opens_again(ann: Talking, *, swept: bool) -> None:
    code = await taken_up(ann)
    ann.clock.pass_(minutes=31)
    if swept:
        ann.clock.pass_(minutes=60)
        assert await ann.store.lapse(ann.clock.minutes, "2026-11-21") == 1
    await ann.say("hello")
    assert await opens(ann, code)


async def test_a_draft_lasts_through_questions_asked_between(ann: Talking) -> None:
    code = await taken_up(ann)
    await ann.say("back", "help", "carry on", "answers", "carry on", "receipt", "<close>")
    ann.clock.pass_(minutes=31)
    await ann.say("hello")
    assert await opens(ann, code)


async def test_a_draft_never_taken_up_is_untouched_by_deleting(ann: Talking) -> None:
    code = await ann.paused()
    await ann.talk.start()
    await ann.say("no", "delete", "yes")
    assert await opens(ann, code)
