"""What an operator can do about a mail that did not arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.commands import DONE, PROBLEMS, WRONG_USE
from bot.core.turn import ItemState
from bot.ports import Commit, ItemId, NewItem, PersonKey
from tests.commands.conftest import Run
from tests.fakes.clock import FixedClock

ONE, TWO = ItemId("one"), ItemId("two")
REFERENCE = "R-4K7Q-F2M9-XHT4"
Result = TypeVar("Result")


def in_store(folder: Path, work: Callable[[SqliteStore], Awaitable[Result]]) -> Result:
    """Do this in the store that a command in this folder finds."""

    async def done() -> Result:
        path = folder / "data" / "bot.db"
        path.parent.mkdir(exist_ok=True)
        keyring = open_keyring(folder / "keys", path)
        async with open_store(path, keyring, FixedClock()) as store:
            return await work(store)

    return asyncio.run(done())


def item(id_: ItemId, mailbox: str) -> NewItem:
    return NewItem(
        id=id_,
        reference=REFERENCE,
        route="newham_mase",
        mailbox=mailbox,
        message_id=f"<{id_}@bot.example>",
        message=b"the mail",
        day="2026-11-21",
        training=True,
        anonymous=False,
    )


@pytest.fixture
def handed_over(folder: Path) -> Path:
    """Two mails of one reference, accepted by their mailboxes."""

    async def work(store: SqliteStore) -> None:
        items = (item(ONE, "newham_cse"), item(TWO, "newham_case_reports"))
        await store.commit(Commit(PersonKey("giver"), 0, None, items=items))
        for one in items:
            await store.delivered(one.id, FixedClock().minutes)

    in_store(folder, work)
    return folder


def states(folder: Path) -> dict[ItemId, ItemState]:
    return in_store(folder, lambda store: store.states([ONE, TWO]))


def test_a_mail_that_came_back_is_put_in_the_queue_again(run: Run, handed_over: Path) -> None:
    told = run("outbox", "bounced", REFERENCE, "--mailbox", "newham_cse", "--json")
    assert (told.code, told.json) == (DONE, {"sent_again": 1})
    assert states(handed_over) == {ONE: ItemState.LATE, TWO: ItemState.HANDED_OVER}
    assert run("outbox", "--json").json["items"] == {"saved": 1, "handed_over": 1}


def test_of_several_mailboxes_the_one_it_came_back_from_must_be_named(
    run: Run, handed_over: Path
) -> None:
    told = run("outbox", "bounced", REFERENCE, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "which_mailbox"
    assert told.json["error"]["did_you_mean"] == ["newham_case_reports", "newham_cse"]
    assert set(states(handed_over).values()) == {ItemState.HANDED_OVER}


def test_nothing_is_sent_again_where_no_copy_is_kept(run: Run, handed_over: Path) -> None:
    in_store(handed_over, lambda store: store.erase_delivered(9_999_999_999))
    told = run("outbox", "bounced", REFERENCE)
    assert told.code == PROBLEMS
    assert (
        told.out
        == "sent_again: 0\nNo copy of it is kept: ring the team and say what is missing.\n"
    )
    told = run("outbox", "bounced", REFERENCE, "--mailbox", "wirral_cadt", "--json")
    assert (told.code, told.json) == (PROBLEMS, {"sent_again": 0})


@pytest.mark.parametrize("action", ["retry", "bounced"])
def test_a_mail_to_send_again_must_be_named(run: Run, action: str) -> None:
    told = run("outbox", action, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "no_reference"


def test_a_parked_mail_is_a_problem_until_it_is_tried_again(run: Run, handed_over: Path) -> None:
    assert run("outbox").code == DONE

    async def park(store: SqliteStore) -> None:
        await store.came_back(ONE)
        await store.parked(ONE, "smtp_550")

    in_store(handed_over, park)
    assert run("outbox").code == PROBLEMS
    assert run("outbox", "retry", REFERENCE, "--json").json == {"retried": 1}
    assert run("outbox").code == DONE
