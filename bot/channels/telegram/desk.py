"""Where arrivals are received: 999 at once, the rest in order, nothing acknowledged too early.

An arrival is *safe* once its turn is committed, its sealed input is in the inbox, or its person
has been told that nothing could be saved. Only then may its update be confirmed to Telegram.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.channels.telegram import sealed_input
from bot.channels.telegram.inline import InlineAnswers
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.needs import Alarm, Inbox, PersonKeyOf
from bot.channels.telegram.pages import EDIT_NOT_READ
from bot.channels.telegram.turns import Job, Turner
from bot.channels.telegram.updates import (
    Arrival,
    Crowd,
    Edited,
    Inline,
    NotForUs,
    Parsed,
    Unparsable,
)
from bot.channels.telegram.urgent import Urgent
from bot.core.emergency import is_urgent
from bot.core.turn import Say
from bot.errors import StoreError
from bot.ports import PersonKey

_TOLD: Final = 1_000  # edited messages of which it is remembered that their writer was told


class Desk:
    """Receives arrivals from polling and from the webhook alike."""

    def __init__(
        self,
        turner: Turner,
        urgent: Urgent,
        inline: InlineAnswers,
        inbox: Inbox,
        lanes: Lanes,
        person_key: PersonKeyOf,
        alarm: Alarm,
    ) -> None:
        self._turner = turner
        self._urgent = urgent
        self._inline = inline
        self._inbox = inbox
        self._lanes = lanes
        self._person_key = person_key
        self._alarm = alarm
        self._resumed = False
        self._told: deque[tuple[PersonKey, int]] = deque(maxlen=_TOLD)
        self._jobs: dict[int, Job] = {}  # not yet safe, by update
        self.seen: Counter[str] = Counter()  # what came, in counts

    @property
    def unsafe(self) -> Sequence[int]:
        """The updates that must not be confirmed yet."""
        for update in [update for update, job in self._jobs.items() if job.safe.done()]:
            del self._jobs[update]
        return list(self._jobs)

    async def resume(self) -> bool:
        """Take what a crash left unanswered, before anything new is read. False when the store
        cannot be read now: 999 is answered all the same, and this is to be tried again.
        """
        if self._resumed:
            return True
        try:
            entries = await self._inbox.waiting_inputs()
        except StoreError:
            self._alarm("inbox_unavailable")
            return False
        self._resumed = True
        for entry in entries:
            try:
                arrival = sealed_input.load(entry.update, entry.body)
            except (ValueError, TypeError):  # of another version of the program
                self._alarm("inbox_unreadable")
                self._turner.empty_later(entry.person, (entry.id,))
                continue
            self._queue(Job(arrival, entry.person, (entry.id,)))
        return True

    async def receive(self, batch: Sequence[Parsed]) -> list[Job]:
        """Hand in what was read; gives the jobs to wait for. Updates being worked on already
        come back as the job they are.
        """
        jobs: list[Job] = []
        waiting: list[Job] = []
        unsafe = set(self.unsafe)
        for parsed in batch:
            if parsed.update in unsafe:
                jobs.append(self._jobs[parsed.update])
            elif (arrival := self._ours(parsed)) is not None:
                job = self._job(arrival)
                jobs.append(job)
                if isinstance(arrival.given, Say) and is_urgent(arrival.given.text):
                    job.urgent = True
                    self._urgent.answer(job)
                else:
                    waiting.append(job)
        await self._hand_in(waiting)
        return jobs

    def let_urgent_go(self) -> None:
        """Confirm 999 messages that Telegram makes wait; they go on being tried. For when they
        alone would keep everything behind them from being read.
        """
        for job in list(self._jobs.values()):
            if job.urgent:
                job.now_safe()

    def _ours(self, parsed: Parsed) -> Arrival | None:
        match parsed:
            case Arrival():
                self.seen["input"] += 1
                return parsed
            case Edited():
                self.seen["edited"] += 1
                return self._edited(parsed)
            case Inline():
                self.seen["inline"] += 1
                self._inline.answer(parsed)
            case Crowd():
                self.seen["crowd"] += 1
                self._urgent.leave(parsed)
            case Unparsable():
                self.seen["unparsable"] += 1
                self._alarm("update_unparsable")
            case NotForUs():
                self.seen["not_for_us"] += 1
        return None

    def _edited(self, edited: Edited) -> Arrival | None:
        """999 is 999. Of anything else its writer is told, once, that a change is not read."""
        if is_urgent(edited.text):
            return Arrival(edited.update, edited.chat, Say(edited.text), edited.message)
        person = self._person_key(edited.chat)
        if (person, edited.message) not in self._told:
            self._told.append((person, edited.message))
            self._lanes.add(person, partial(self._turner.say, edited.chat, person, EDIT_NOT_READ))
        return None

    def _job(self, arrival: Arrival) -> Job:
        job = Job(arrival, self._person_key(arrival.chat))
        self._jobs[arrival.update] = job
        return job

    async def _hand_in(self, jobs: list[Job]) -> None:
        """Directly while everybody can be served at once; otherwise through the inbox."""
        people = {job.person for job in jobs}
        at_once = len(people) == len(jobs) <= self._lanes.free
        if not at_once or not all(self._lanes.idle(person) for person in people):
            await self._take_in(jobs)
        for job in jobs:
            self._queue(job)

    async def _take_in(self, jobs: list[Job]) -> None:
        """Into the inbox, behind what the same people have on its way: were a later update of a
        person safe before an earlier one, a crash would make the earlier look like a repeat.
        """
        ahead = self._ahead(jobs)
        entries = [
            (job.person, job.arrival.update, sealed_input.dump(job.arrival))
            for job in (*ahead, *jobs)
        ]
        try:
            ids = await self._inbox.take_in(entries)
        except StoreError:
            self._alarm("inbox_unavailable")
            return  # each stays unsafe until its own turn is committed or its person told
        for job, entry in zip(ahead, ids, strict=False):
            self._turner.empty_later(job.person, (entry,))
            job.now_safe()
        for job, entry in zip(jobs, ids[len(ahead) :], strict=True):
            job.inbox = (entry,)
            job.now_safe()

    def _ahead(self, jobs: list[Job]) -> list[Job]:
        people = {job.person for job in jobs}
        mine = {job.arrival.update for job in jobs}
        return [
            job
            for update, job in self._jobs.items()
            if job.person in people
            and update not in mine
            and not job.urgent
            and not job.safe.done()
        ]

    def _queue(self, job: Job) -> None:
        self._lanes.add(job.person, partial(self._turner.turn, job))
