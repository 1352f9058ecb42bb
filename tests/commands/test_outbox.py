"""What an operator can do about a mail that did not arrive."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from bot.adapters.keyring import open_keyring
from bot.adapters.sqlite import SqliteStore, open_store
from bot.commands import DONE, PROBLEMS, WRONG_USE
from bot.core.turn import ItemState
from bot.ports import Commit, ItemId, NewCode, NewItem, OtherCopy, PersonKey
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


def item(id_: ItemId, mailbox: str, other: OtherCopy | None = None) -> NewItem:
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
        other=other,
    )


def sent_again(to: str) -> dict[str, object]:
    return {"sent_again": 1, "to": [to], "on_its_way": [], "parked": []}


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
    assert (told.code, told.json) == (DONE, sent_again("newham_cse"))
    assert states(handed_over) == {ONE: ItemState.CAME_BACK, TWO: ItemState.HANDED_OVER}
    assert run("outbox", "--json").json["items"] == {"saved": 1, "handed_over": 1}


def test_of_several_mailboxes_the_one_it_came_back_from_must_be_named(
    run: Run, handed_over: Path
) -> None:
    told = run("outbox", "bounced", REFERENCE, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == "which_mailbox"
    assert told.json["error"]["did_you_mean"] == ["newham_case_reports", "newham_cse"]
    assert set(states(handed_over).values()) == {ItemState.HANDED_OVER}


@pytest.mark.parametrize(
    ("asked", "to"),
    [((), "wirral_cadt_second"), (("--same",), "wirral_cadt")],
)
def test_a_mail_that_came_back_goes_to_the_second_mailbox_if_there_is_one(
    run: Run, folder: Path, asked: tuple[str, ...], to: str
) -> None:
    async def work(store: SqliteStore) -> None:
        other = OtherCopy("wirral_cadt_second", b"the mail, for the second")
        await store.commit(
            Commit(PersonKey("giver"), 0, None, items=(item(ONE, "wirral_cadt", other),))
        )
        await store.delivered(ONE, FixedClock().minutes)

    in_store(folder, work)
    told = run("outbox", "bounced", REFERENCE, *asked, "--json")
    assert (told.code, told.json) == (DONE, sent_again(to))
    (due,) = in_store(folder, lambda store: store.claim(FixedClock().minutes, 5, 10))
    assert (due.mailbox, due.message_id) == (to, "<one@bot.example>")


@pytest.mark.parametrize(
    ("second", "to"),
    [
        ("until: 2026-11-20", "wirral_cadt"),
        ("until: 2126-11-20", "wirral_cadt_second"),
    ],
)
def test_in_live_mode_only_a_verified_second_mailbox_gets_it(
    run: Run, folder: Path, second: str, to: str
) -> None:
    test_a_mail = OtherCopy("wirral_cadt_second", b"the mail, for the second")

    async def work(store: SqliteStore) -> None:
        live = replace(item(ONE, "wirral_cadt", test_a_mail), training=False)
        await store.commit(Commit(PersonKey("giver"), 0, None, items=(live,)))
        await store.delivered(ONE, FixedClock().minutes)

    in_store(folder, work)
    boxes = folder / "boxes.yaml"
    boxes.write_text(
        "mailboxes:\n  wirral_cadt:\n    second: {address: deputy@council.example,"
        f" state: verified, verified_by: A, verified_on: 2026-11-01, {second},"
        " tls_only_agreed_by: B, personal: no}\n",
        "utf-8",
    )
    live = {
        "BOT_MODE": "live",
        "BOT_SMTP_HOST": "mail.example",
        "BOT_MAIL_FROM": "bot@reports.example",
        "BOT_ALARM_MAIL": "ops@reports.example",
        "BOT_MAILBOXES": str(boxes),
    }
    told = run("outbox", "bounced", REFERENCE, "--json", **live)
    assert (told.code, told.json) == (DONE, sent_again(to))


def test_nothing_is_sent_again_where_no_copy_is_kept(run: Run, handed_over: Path) -> None:
    in_store(handed_over, lambda store: store.erase_delivered(9_999_999_999))
    told = run("outbox", "bounced", REFERENCE)
    assert told.code == PROBLEMS
    assert (
        told.out == "sent_again: 0\nto: none\non_its_way: none\nparked: none\n"
        "No copy of it is kept: ring the team and say what is missing.\n"
    )
    told = run("outbox", "bounced", REFERENCE, "--mailbox", "wirral_cadt", "--json")
    nothing = {"sent_again": 0, "to": [], "on_its_way": [], "parked": []}
    assert (told.code, told.json) == (PROBLEMS, nothing)


@pytest.mark.parametrize(
    ("mailbox", "code", "near"),
    [
        ("newham_csee", "unknown_mailbox", "newham_cse"),
        ("nowhere at all", "unknown_mailbox", "newham_cse"),
        ("wirral_cadt", "another_mailbox", "newham_cse"),
    ],
)
def test_a_mailbox_that_it_did_not_go_to_is_wrong_use_and_the_right_one_is_named(
    run: Run, handed_over: Path, mailbox: str, code: str, near: str
) -> None:
    told = run("outbox", "bounced", REFERENCE, "--mailbox", mailbox, "--json")
    assert told.code == WRONG_USE
    assert told.json["error"]["code"] == code
    assert near in told.json["error"]["did_you_mean"]
    assert set(states(handed_over).values()) == {ItemState.HANDED_OVER}


def test_a_mail_that_is_on_its_way_again_is_not_said_to_be_lost(
    run: Run, handed_over: Path
) -> None:
    asked = ("outbox", "bounced", REFERENCE, "--mailbox", "newham_cse")
    assert run(*asked).code == DONE
    told = run(*asked)
    assert told.code == DONE
    assert told.out.endswith("\nIt is on its way to newham_cse already.\n")

    in_store(handed_over, lambda store: store.parked(ONE, "smtp_550"))
    told = run(*asked)
    assert told.code == PROBLEMS
    assert told.out.endswith("\nIt is parked: outbox retry REFERENCE tries it again.\n")


def test_a_mail_that_goes_to_the_second_mailbox_is_known_by_the_first_as_well(
    run: Run, folder: Path
) -> None:
    async def work(store: SqliteStore) -> None:
        other = OtherCopy("wirral_cadt_second", b"the mail, for the second")
        await store.commit(
            Commit(PersonKey("giver"), 0, None, items=(item(ONE, "wirral_cadt", other),))
        )
        await store.delivered(ONE, FixedClock().minutes)

    in_store(folder, work)
    asked = ("outbox", "bounced", REFERENCE, "--mailbox", "wirral_cadt", "--json")
    assert run(*asked).json == sent_again("wirral_cadt_second")
    told = run(*asked)
    assert (told.code, told.json["on_its_way"]) == (DONE, ["wirral_cadt_second"])


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


def test_receipts_are_counted_by_the_day_on_which_they_go(run: Run, folder: Path) -> None:
    async def work(store: SqliteStore) -> None:
        days = ("2027-02-19", "2026-11-23", "2027-02-19")
        codes = tuple(NewCode(bytes([n]) * 32, b"sealed", day) for n, day in enumerate(days))
        await store.commit(Commit(PersonKey("giver"), 0, None, codes=codes))

    in_store(folder, work)
    told = run("receipts", "--json")
    assert told.code == DONE
    assert told.json == {"kept": 3, "by_day": {"2026-11-23": 1, "2027-02-19": 2}}
    assert run("receipts").out == "kept: 3\n2026-11-23: 1\n2027-02-19: 2\n"
