"""`canary`: a test along every route, through the real path, to the far end."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Final

from bot import logs
from bot.app import House, content_of, house
from bot.commands import DONE, NOT_NOW, PROBLEMS, UsageError, failed, print_json
from bot.commands.configured import configured
from bot.commands.doctor_canary import passed
from bot.core.catalogue import Catalogue
from bot.core.routing import Route
from bot.ports import NewItem
from bot.service.canary import FarEnd, Flight, Flock, Outcome, mail_routes
from bot.settings import Settings

SECONDS: Final = 60
_MOST: Final = 3600
_WORDS: Final = {
    Outcome.OPENED: "arrived and opened",
    Outcome.HANDED_OVER: "handed over; nobody here can look into that mailbox",
    Outcome.NOT_AGREED: "not sent: nobody there has agreed to test mails",
    Outcome.FAILED: "FAILED",
}


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `canary`."""
    del name
    parser.add_argument("--area", default="", help="the routes of this area alone")
    parser.add_argument("--route", default="", metavar="ID", help="this route alone")
    parser.add_argument(
        "--wait", type=int, default=SECONDS, metavar="SECONDS", help="for each route; default 60"
    )
    parser.add_argument("--json", action="store_true", help="one JSON value")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Exit 1 when a test did not come through, 3 when not one could be sent."""
    from bot.adapters.system import SystemClock

    del name
    if not 1 <= given.wait <= _MOST:
        raise UsageError("wrong_wait", f"--wait is from 1 to {_MOST} seconds.")
    settings = configured(environment)
    logs.set_up("CRITICAL" if given.json else settings.log_level)
    _routes(content_of(settings), given)  # wrong use makes no folder
    flights = asyncio.run(_fly(settings, given))
    if not any(flight.outcome is not Outcome.NOT_AGREED for flight in flights):
        message = (
            "Nothing was sent: no mailbox has agreed to test mails (canary in BOT_MAILBOXES)."
        )
        return failed(given.json, "nobody_agreed", message, NOT_NOW)
    _say(flights, as_json=given.json)
    if any(one.outcome is Outcome.FAILED for one in flights):
        return PROBLEMS
    if not given.area and not given.route:
        passed(settings, SystemClock().now())
    return DONE


async def _fly(settings: Settings, given: argparse.Namespace) -> list[Flight]:
    async with house(settings) as built:
        catalogue = built.editions.find("")
        flock = Flock(built.store, built.store, built.intake, built.clock, asyncio.sleep)
        routes = _routes(catalogue, given)
        delivering = asyncio.create_task(_deliver(built))
        try:
            return await flock.fly(catalogue, routes, _far_end(built, catalogue), given.wait)
        finally:
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)


def _routes(catalogue: Catalogue, given: argparse.Namespace) -> list[Route]:
    if given.area and given.area not in catalogue.areas:
        raise UsageError("unknown_area", "There is no such area.", sorted(catalogue.areas))
    routes = mail_routes(catalogue, given.area, given.route)
    if not routes:
        known = [route.id for route in mail_routes(catalogue, given.area)]
        raise UsageError("unknown_route", "There is no such mail route.", known)
    return routes


async def _deliver(built: House) -> None:
    """Deliver at once what is due, here; a bot that runs beside this may be quicker."""
    while True:
        await built.courier.deliver_due()
        await asyncio.sleep(1.0)


def _far_end(built: House, catalogue: Catalogue) -> FarEnd:
    """The embedded mailbox sees all; else each mailbox that names a Maildir sees its own."""
    from bot.adapters.far_end import in_arrivals, in_maildir, wrong_with

    boxes = catalogue.mailboxes

    def find(item: NewItem) -> str | None:
        box = boxes[item.mailbox]
        if built.mailbox is not None:
            arrived = (mail.message for mail in built.mailbox.arrived)
            mail = in_arrivals(arrived, item.message_id)
        else:
            mail = in_maildir(box.canary.maildir if box.canary else "", item.message_id)
        return None if mail is None else wrong_with(mail, item.reference, box)

    everywhere = built.mailbox is not None
    return FarEnd(
        find,
        sees=[
            box.id for box in boxes.values() if everywhere or (box.canary and box.canary.maildir)
        ],
    )


def _say(flights: list[Flight], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(flight) for flight in flights])
        return
    for flight in flights:
        why = f": {flight.why}" if flight.why else ""
        sys.stdout.write(f"{flight.route} to {flight.mailbox}: {_WORDS[flight.outcome]}{why}\n")
