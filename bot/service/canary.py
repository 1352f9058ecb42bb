"""The canary: a test that goes the whole way of a report, to the far end of every route.

It is composed, printed, sealed, stored and delivered as a report is, and says in its subject and
in every line that no child is concerned. In live mode it goes only to mailboxes whose people have
agreed to test mails. No limit of the conversation counts it, nor do the operator's figures. Once
it was looked for, whatever became of it, nothing of it stays here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.finding import Finding
from bot.core.mail_text import CANARY
from bot.core.routing import How, Mailbox, Route
from bot.core.submission import AnswerLine, Submission
from bot.core.turn import ItemState
from bot.errors import BotError
from bot.ports import Clock, Commit, NewItem, Outbox, PersonKey, SessionStore, Sleep
from bot.service.intake import Intake

NOBODY: Final = PersonKey("canary")  # no chat has this key: real ones are keyed hashes
LOOK_SECONDS: Final = 0.2


class Outcome(StrEnum):
    """How far a canary came. `opened` was found at the far end, opened and is what was sent."""

    OPENED = "opened"
    HANDED_OVER = "handed_over"  # accepted; nobody here can look into that mailbox
    NOT_AGREED = "not_agreed"  # nothing was sent: its people have not agreed to test mails
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Flight:
    """What became of one canary. `why` is a safe code or our own words, empty if all is well."""

    route: str
    mailbox: str
    outcome: Outcome
    why: str = ""


class FarEnd:
    """Where canaries are looked for. `find` gives why the mail is not what was sent, "" when it
    is, and None when it has not come yet or nobody here can look into that mailbox.
    """

    def __init__(self, find: Callable[[NewItem], str | None], *, sees: Iterable[str]) -> None:
        self.find = find
        self.sees = frozenset(sees)  # the mailboxes it can look into


class Flock:
    """Sends canaries and watches for them."""

    def __init__(
        self, store: SessionStore, outbox: Outbox, intake: Intake, clock: Clock, sleep: Sleep
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._intake = intake
        self._clock = clock
        self._sleep = sleep

    async def fly(
        self, catalogue: Catalogue, routes: Iterable[Route], far: FarEnd, seconds: float
    ) -> list[Flight]:
        """One canary for each mailbox of these routes; waits so many seconds for each route."""
        flights: list[Flight] = []
        for route in routes:
            flights += await self._along(catalogue, route, far, seconds)
        return flights

    async def _along(
        self, catalogue: Catalogue, route: Route, far: FarEnd, seconds: float
    ) -> list[Flight]:
        if route.id in catalogue.closed:
            why = "; ".join(catalogue.closed[route.id])
            return [Flight(route.id, box, Outcome.FAILED, why) for box in route.mailboxes]
        silent = [b for b in route.mailboxes if not _agreed(catalogue, catalogue.mailboxes[b])]
        flights = [Flight(route.id, box, Outcome.NOT_AGREED) for box in silent]
        loud = tuple(box for box in route.mailboxes if box not in silent)
        if not loud:
            return flights
        try:
            items = await self._release(catalogue, replace(route, mailboxes=loud))
        except BotError as fault:
            return flights + [Flight(route.id, b, Outcome.FAILED, fault.code) for b in loud]
        return flights + await self._watch(items, far, seconds)

    async def _release(self, catalogue: Catalogue, route: Route) -> tuple[NewItem, ...]:
        """The items of one route, committed."""
        tested = replace(route, kind=CANARY, forms=(), due=None, note="")
        alone = {id_: replace(box, second="") for id_, box in catalogue.mailboxes.items()}
        routes = {**catalogue.routes, route.id: tested}
        prepared = replace(catalogue, routes=routes, mailboxes=alone)  # only who agreed gets it
        day = self._clock.now().date().isoformat()
        made = await self._intake.prepare(prepared, [_submission(route, day)], {}, 0)
        await self._store.commit(Commit(NOBODY, 0, None, items=made.items))
        return made.items

    async def _watch(
        self, items: tuple[NewItem, ...], far: FarEnd, seconds: float
    ) -> list[Flight]:
        left = max(1, round(seconds / LOOK_SECONDS))
        known: Mapping[str, Flight] = {}
        while left and len(known) < len(items):
            await self._sleep(LOOK_SECONDS)
            left -= 1
            states = await self._outbox.states([item.id for item in items])
            looked = {item.id: _looked(item, states.get(item.id), far) for item in items}
            known = {id_: flight for id_, flight in looked.items() if flight}
        missing = [item for item in items if item.id not in known]
        with suppress(BotError):  # the sweep of another day does it
            await self._outbox.forget_canaries([item.id for item in items])
        late = {item.id: _flight(item, Outcome.FAILED, "not_in_time") for item in missing}
        return [known.get(item.id) or late[item.id] for item in items]


def _agreed(catalogue: Catalogue, mailbox: Mailbox) -> bool:
    return catalogue.training or mailbox.canary is not None


def _submission(route: Route, day: str) -> Submission:
    line = AnswerLine("canary", "What is this?", "A test, made by a program.")
    finding = Finding(rules="", results={})
    return Submission(route.id, CANARY, route.area, day, False, {}, {}, (line,), finding)  # noqa: FBT003


def _looked(item: NewItem, state: ItemState | None, far: FarEnd) -> Flight | None:
    """What is known of one canary, or None while it is still on its way."""
    if state is ItemState.PROBLEM:
        return _flight(item, Outcome.FAILED, "refused")
    if state is not ItemState.HANDED_OVER:
        return None
    if item.mailbox not in far.sees:
        return _flight(item, Outcome.HANDED_OVER)
    wrong = far.find(item)
    if wrong is None:
        return None
    return _flight(item, Outcome.FAILED if wrong else Outcome.OPENED, wrong)


def _flight(item: NewItem, outcome: Outcome, why: str = "") -> Flight:
    return Flight(item.route, item.mailbox, outcome, why)


def mail_routes(catalogue: Catalogue, area: str = "", route: str = "") -> list[Route]:
    """The mail routes, of one area or by one id if given."""
    return [
        one
        for one in catalogue.routes.values()
        if one.how is How.MAIL and area in {"", one.area} and route in {"", one.id}
    ]
