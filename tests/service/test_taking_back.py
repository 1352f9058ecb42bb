"""What is said of a report that is taken back, or late, is true of the store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.little import catalogue
from tests.service.talking import Talking, talking

CONTENT = catalogue()
ROUTES = {**CONTENT.routes, "police": replace(CONTENT.routes["police"], phones="Ring 101.")}
CONTENT = replace(CONTENT, routes=ROUTES)


@pytest.fixture
async def ann(tmp_path: Path) -> AsyncIterator[Talking]:
    async with talking(tmp_path, CONTENT) as person:
        yield person


async def test_what_has_not_left_is_taken_back_and_never_goes(ann: Talking) -> None:
    assert "[state_saved] The police" in await ann.say(await ann.report())
    text = await ann.say("<withdraw>")
    assert "[withdrawn]" in text
    assert "[state_withdrawn] The police" in text
    assert await ann.claim() == []


async def test_what_a_courier_takes_meanwhile_is_not_said_to_be_taken_back(ann: Talking) -> None:
    await ann.say(await ann.report())
    (item,) = await ann.claim()
    text = await ann.say("<withdraw>")
    assert "[not_withdrawn]" in text
    assert "[state_leaving] The police Ring 101." in text
    await ann.store.delivered(item.id, ann.clock.minutes)
    assert "[state_leaving]" in await ann.say("yes")  # as it was when they asked
    assert "[state_handed_over] The police" in await ann.say(ann.talk.code)


async def test_what_was_handed_over_meanwhile_is_not_said_to_be_taken_back(ann: Talking) -> None:
    await ann.say(await ann.report())
    (item,) = await ann.claim()
    await ann.store.delivered(item.id, ann.clock.minutes)
    text = await ann.say("<withdraw>")
    assert "[not_withdrawn]" in text
    assert "[state_handed_over] The police" in text


async def test_a_lease_that_a_crash_left_behind_still_means_it_may_have_left(ann: Talking) -> None:
    await ann.say(await ann.report())
    await ann.claim()
    ann.clock.pass_(minutes=10)
    text = await ann.say("<withdraw>")
    assert "[not_withdrawn]" in text
    assert "[state_leaving] The police" in text
    assert len(await ann.claim()) == 1


async def test_a_report_on_its_way_offers_no_taking_back(ann: Talking) -> None:
    code = await ann.report()
    await ann.claim()
    assert "[state_leaving] The police" in await ann.say(code)
    labels = [button.label for screen in ann.talk.reply.screens for button in screen.buttons]
    assert labels == ["<add_more>", "<close>"]


async def test_a_late_report_says_so_and_whom_to_ring(ann: Talking) -> None:
    code = await ann.report()
    for item in await ann.claim():
        await ann.store.later(item.id, ann.clock.minutes + 15, "mailbox_closed")
    assert "[state_late] The police Ring 101." in await ann.say(code)
    assert "[state_withdrawn] The police" in await ann.say("<withdraw>")


async def test_a_report_that_nobody_tries_to_deliver_is_late_after_two_days(ann: Talking) -> None:
    code = await ann.report()
    ann.clock.pass_(days=1)
    assert "[state_saved]" in await ann.say(code)
    ann.clock.pass_(days=1)
    assert "[state_late] The police Ring 101." in await ann.say(code)


async def test_a_report_that_came_back_says_so_also_once_it_was_handed_over_again(
    ann: Talking,
) -> None:
    code = await ann.report()
    (item,) = await ann.claim()
    await ann.store.delivered(item.id, ann.clock.minutes)
    await ann.store.came_back(item.id)
    assert "[state_came_back] The police Ring 101." in await ann.say(code)
    await ann.store.delivered(item.id, ann.clock.minutes)
    assert "[state_handed_again] The police" in await ann.say(code)


async def test_a_report_that_was_refused_says_whom_to_ring(ann: Talking) -> None:
    code = await ann.report()
    for item in await ann.claim():
        await ann.store.parked(item.id, "smtp_550")
    assert "[state_problem] The police Ring 101." in await ann.say(code)
    assert "[state_withdrawn] The police" in await ann.say("<withdraw>")
