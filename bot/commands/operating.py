"""`outbox`, `receipts` and `retention`: the operator's side, in codes and counts only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from bot.app import database, stored
from bot.commands import DONE, NOT_NOW, PROBLEMS, UsageError, failed, print_json
from bot.commands.bounced import returned
from bot.commands.configured import configured
from bot.core.turning import minutes
from bot.ports import Outbox
from bot.service.retention import Retention
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
    told = asdict(counts)
    _say(given, {name: told[name] for name in ("items", "oldest_waiting_day", "canaries")})
    return PROBLEMS if counts.items.get("problem") else DONE


async def _bounced(
    settings: Settings, store: Outbox, given: argparse.Namespace, today: date
) -> int:
    told = await returned(settings, store, given, today)
    _say(given, asdict(told))
    if told.words and not given.json:
        sys.stdout.write(f"{told.words}\n")
    return DONE if told.sent_again or told.on_its_way else PROBLEMS


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
        until = told.pop("until")
        told |= {
            f"{what} kept, {_days(age)} old": n for what in kept for age, n in kept[what].items()
        }
        told |= {f"{what} that go by {day}": n for what in until for day, n in until[what].items()}
    _say(given, told)
    return DONE


def _days(age: int) -> str:
    return "1 day" if age == 1 else f"{age} days"


def _say(given: argparse.Namespace, values: Mapping[str, object]) -> None:
    if given.json:
        print_json(values)
        return
    for name, value in values.items():
        sys.stdout.write(f"{name}: {_plain(value)}\n")


def _plain(value: object) -> str:
    """A value as a person reads it."""
    match value:
        case list() | tuple():
            return ", ".join(map(str, value)) or "none"
        case dict():
            return ", ".join(f"{name} {_plain(one)}" for name, one in value.items()) or "none"
        case _:
            return str(value)
