"""`outbox`, `receipts` and `retention`: the operator's side, in codes and counts only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from bot.app import content_of, database, stored
from bot.commands import DONE, NOT_NOW, PROBLEMS, UsageError, failed, print_json
from bot.commands.configured import configured
from bot.core.turning import minutes
from bot.ports import Outbox
from bot.service.retention import Retention
from bot.service.rulings import may_receive
from bot.settings import Settings


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `outbox`, `receipts` and `retention`."""
    parser.add_argument("--json", action="store_true", help="one JSON value")
    if name == "outbox":
        actions = ["list", "retry", "bounced"]
        parser.add_argument("action", nargs="?", choices=actions, default="list")
        parser.add_argument("reference", nargs="?", default="", help="of the mail to send again")
        parser.add_argument("--mailbox", metavar="ID", default="", help="bounced: from which one")
        again = "bounced: to the same mailbox, though there is a second one"
        parser.add_argument("--same", action="store_true", help=again)
    elif name == "retention":
        parser.add_argument("--sweep", action="store_true", help="forget what is past its time")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Show or do; exit 1 when something is parked and needs a person, 3 where nothing has run yet
    (nothing is made by looking).
    """
    if name == "outbox" and given.action != "list" and not given.reference:
        message = f"Name the mail: outbox {given.action} REFERENCE (its X-Reference)."
        raise UsageError("no_reference", message)
    settings = configured(environment)
    if not database(settings).is_file():
        message = "There is no database here: look at BOT_DATA_DIR and BOT_DATABASE_URL."
        return failed(given.json, "no_database", message, NOT_NOW)
    work = {"outbox": _outbox, "receipts": _receipts, "retention": _retention}[name]
    return asyncio.run(work(settings, given))


async def _outbox(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, _keyring, clock):
        match given.action:
            case "retry":
                again = await store.retry_parked(given.reference, minutes(clock.now()))
                _say(given, {"retried": again})
                return DONE if again else PROBLEMS
            case "bounced":
                return await _bounced(settings, store, given, clock.now().date())
        counts = await store.counts()
    _say(given, {"items": counts.items, "oldest_waiting_day": counts.oldest_waiting_day})
    return PROBLEMS if counts.items.get("problem") else DONE


async def _bounced(
    settings: Settings, outbox: Outbox, given: argparse.Namespace, today: date
) -> int:
    """Send a mail again that its mailbox accepted and sent back: to the desk's second mailbox if
    it has one that may be used, else to the same again.
    """
    kept = await outbox.handed_over(given.reference)
    named = [one for one in kept if given.mailbox in {"", one.mailbox}]
    if len(named) > 1:
        message = "It went to several mailboxes. Name the one it came back from with --mailbox."
        raise UsageError("which_mailbox", message, [one.mailbox for one in named])
    sent_to: list[str] = []
    for one in named:
        other = not given.same and one.other and _may_receive(settings, one.other, today)
        if await outbox.came_back(one.id, to_other=bool(other)):
            sent_to.append(one.other if other else one.mailbox)
    _say(given, {"sent_again": len(sent_to), "to": sent_to})
    if not sent_to and not given.json:
        sys.stdout.write("No copy of it is kept: ring the team and say what is missing.\n")
    return DONE if sent_to else PROBLEMS


def _may_receive(settings: Settings, mailbox: str, today: date) -> bool:
    """Whether mail may go to this mailbox today, as the settings and the content have it."""
    box = content_of(settings).mailboxes.get(mailbox)
    return may_receive(box, settings.mode, today)


async def _receipts(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, _keyring, _clock):
        days = await store.codes_by_day()
    if given.json:
        print_json({"kept": sum(days.values()), "by_day": days})
    else:
        _say(given, {"kept": sum(days.values()), **days})
    return DONE


async def _retention(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, keyring, clock):
        retention = Retention(store, store, keyring, clock, draft_hours=settings.draft_hours)
        if given.sweep:
            await retention.sweep()
        counts = await store.counts()
    told = asdict(counts)
    if not given.json:
        kept = told.pop("kept")
        told |= {
            f"{what} kept, {_days(age)} old": n for what in kept for age, n in kept[what].items()
        }
    _say(given, told)
    return DONE


def _days(age: int) -> str:
    return "1 day" if age == 1 else f"{age} days"


def _say(given: argparse.Namespace, values: Mapping[str, object]) -> None:
    if given.json:
        print_json(values)
        return
    for name, value in values.items():
        sys.stdout.write(f"{name}: {value}\n")
