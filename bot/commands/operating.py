"""`outbox` and `retention`: the operator's side, in codes and counts only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict

from bot.app import database, stored
from bot.commands import DONE, NOT_NOW, PROBLEMS, failed, print_json
from bot.commands.configured import configured
from bot.core.turning import minutes
from bot.service.retention import Retention
from bot.settings import Settings


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `outbox` and `retention`."""
    parser.add_argument("--json", action="store_true", help="one JSON value")
    if name == "outbox":
        parser.add_argument("action", nargs="?", choices=["list", "retry"], default="list")
        parser.add_argument("reference", nargs="?", help="of the item to try again")
    else:
        parser.add_argument("--sweep", action="store_true", help="forget what is past its time")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Show or do; exit 1 when something is parked and needs a person, 3 where nothing has run yet
    (nothing is made by looking).
    """
    settings = configured(environment)
    if not database(settings).is_file():
        message = "There is no database here: look at BOT_DATA_DIR and BOT_DATABASE_URL."
        return failed(given.json, "no_database", message, NOT_NOW)
    work = _outbox if name == "outbox" else _retention
    return asyncio.run(work(settings, given))


async def _outbox(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, _keyring, clock):
        if given.action == "retry":
            again = await store.retry_parked(given.reference or "", minutes(clock.now()))
            _say(given, {"retried": again})
            return DONE if again else PROBLEMS
        counts = await store.counts()
    _say(given, {"items": counts.items, "oldest_waiting_day": counts.oldest_waiting_day})
    return PROBLEMS if counts.items.get("parked") else DONE


async def _retention(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, keyring, clock):
        retention = Retention(store, store, keyring, clock, draft_hours=settings.draft_hours)
        if given.sweep:
            await retention.sweep()
        counts = await store.counts()
    _say(given, asdict(counts))
    return DONE


def _say(given: argparse.Namespace, values: Mapping[str, object]) -> None:
    if given.json:
        print_json(values)
        return
    for name, value in values.items():
        sys.stdout.write(f"{name}: {value}\n")
