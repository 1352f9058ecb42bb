"""`outbox` and `retention`: the operator's side, in codes and counts only."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict

from bot.app import database, stored
from bot.commands import DONE, NOT_NOW, PROBLEMS, UsageError, failed, print_json
from bot.commands.configured import configured
from bot.core.turning import minutes
from bot.ports import Outbox
from bot.service.retention import Retention
from bot.settings import Settings


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `outbox` and `retention`."""
    parser.add_argument("--json", action="store_true", help="one JSON value")
    if name == "outbox":
        actions = ["list", "retry", "bounced"]
        parser.add_argument("action", nargs="?", choices=actions, default="list")
        parser.add_argument("reference", nargs="?", default="", help="of the mail to send again")
        parser.add_argument("--mailbox", metavar="ID", default="", help="bounced: from which one")
    else:
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
    work = _outbox if name == "outbox" else _retention
    return asyncio.run(work(settings, given))


async def _outbox(settings: Settings, given: argparse.Namespace) -> int:
    async with stored(settings) as (store, _keyring, clock):
        match given.action:
            case "retry":
                again = await store.retry_parked(given.reference, minutes(clock.now()))
                _say(given, {"retried": again})
                return DONE if again else PROBLEMS
            case "bounced":
                return await _bounced(store, given)
        counts = await store.counts()
    _say(given, {"items": counts.items, "oldest_waiting_day": counts.oldest_waiting_day})
    return PROBLEMS if counts.items.get("problem") else DONE


async def _bounced(outbox: Outbox, given: argparse.Namespace) -> int:
    """Send a mail again that its mailbox accepted and sent back; only what came back, where it
    went to several mailboxes.
    """
    kept = await outbox.handed_over(given.reference)
    named = {item: box for item, box in kept.items() if given.mailbox in {"", box}}
    if len(named) > 1:
        message = "It went to several mailboxes. Name the one it came back from with --mailbox."
        raise UsageError("which_mailbox", message, sorted(named.values()))
    again = [await outbox.came_back(item) for item in named]
    _say(given, {"sent_again": sum(again)})
    if not any(again) and not given.json:
        sys.stdout.write("No copy of it is kept: ring the team and say what is missing.\n")
    return DONE if any(again) else PROBLEMS


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
