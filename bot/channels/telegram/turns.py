"""One arrival's turn: commit, then show. When nothing can be saved the person is told so."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Final

from bot.channels.telegram.calls import FOR_EVER, Calls, GaveUp, PersonGone
from bot.channels.telegram.chat_record import ChatRecord, Learnt
from bot.channels.telegram.needs import Alarm, Answer, RemoveLater, Turns
from bot.channels.telegram.pages import NOT_SAVED, Page
from bot.channels.telegram.updates import Arrival
from bot.channels.telegram.view import Shown, View
from bot.core.brought import MOST
from bot.core.errand import KEEP_FILES
from bot.core.turn import Document, Gone, Press, Reply
from bot.errors import StoreError
from bot.ports import PersonKey, Sleep

_TRIES: Final = 3  # at an input already in the inbox, before its person is told
_DROPPED: Final = 1_000  # people of whom told-but-stored inbox entries are remembered


def _future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


@dataclass(slots=True, eq=False)
class Job:
    """An arrival on its way. `safe` is done once its update may be confirmed, `over` once its
    person has seen the reply (or cannot).
    """

    arrival: Arrival
    person: PersonKey
    inbox: tuple[int, ...] = ()
    urgent: bool = False
    safe: asyncio.Future[None] = field(default_factory=_future)
    over: asyncio.Future[None] = field(default_factory=_future)

    def now_safe(self) -> None:
        """Its update may be confirmed."""
        if not self.safe.done():
            self.safe.set_result(None)

    def now_over(self) -> None:
        """Nothing more will be shown for it."""
        self.now_safe()
        if not self.over.done():
            self.over.set_result(None)


class _Merge:
    """The channel's part of a commit: the stored record with what is known since."""

    def __init__(self, job: Job, learnt: Learnt) -> None:
        self._arrival = job.arrival
        self._learnt = learnt.of(job.person)
        self._codes = learnt.codes_of(job.person)
        self.record = ChatRecord(job.arrival.chat)

    def __call__(self, old: bytes) -> bytes:
        arrival, learnt = self._arrival, self._learnt
        record = replace(ChatRecord.load(old), chat=arrival.chat)
        record = record.knowing(learnt.messages, learnt.newest)
        if self._codes is not None:
            record = record.showing(self._codes)
        typed = 0 if isinstance(arrival.given, Press) else arrival.message
        self.record = record.knowing([arrival.message], typed)
        return self.record.dump()


class Turner:
    """Takes jobs, one person's in order (lanes.py sees to that)."""

    def __init__(
        self,
        turns: Turns,
        calls: Calls,
        learnt: Learnt,
        wait: Sleep,
        alarm: Alarm,
        remove_later: RemoveLater | None = None,
    ) -> None:
        self._turns = turns
        self._calls = calls
        self._view = View(calls)
        self._learnt = learnt
        self._wait = wait
        self._alarm = alarm
        self._remove_later = remove_later
        self._dropped: OrderedDict[PersonKey, tuple[int, ...]] = OrderedDict()
        self.store_works = True

    def empty_later(self, person: PersonKey, inbox: tuple[int, ...]) -> None:
        """Inbox entries that must not be taken any more: the person's next turn empties them."""
        self._dropped[person] = (*self._dropped.pop(person, ()), *inbox)
        if len(self._dropped) > _DROPPED:
            self._dropped.popitem(last=False)

    async def turn(self, job: Job) -> None:
        """Commit the job's turn and show its reply. Never raises."""
        try:
            await self._turn(job)
        except PersonGone:
            await self._forget(job)
        except GaveUp:
            self._alarm("reply_not_shown")
        except Exception:  # noqa: BLE001 - one reply's fault must not stop the others
            self._alarm("reply_failed")
        job.now_over()

    async def say(self, chat: int, person: PersonKey, page: Page) -> None:
        """Say something beside the conversation, without a turn. Never raises."""
        try:
            message = await self._calls.send(chat, page)
            self._learnt.learn(person, [message], message)
        except PersonGone:
            return  # nobody there; the next update says so by itself
        except GaveUp:
            self._alarm("reply_not_shown")
        except Exception:  # noqa: BLE001 - one notice's fault must not stop the others
            self._alarm("reply_failed")

    async def _turn(self, job: Job) -> None:
        await self._fetch(job)
        merge = _Merge(job, self._learnt)
        answer = await self._take(job, merge)
        if answer is None:
            await self._tell(job)
            return
        job.now_safe()
        self._learnt.merged(job.person, merge.record)
        if isinstance(job.arrival.given, Gone):
            self._learnt.forget(job.person)
            return
        shown = Shown(codes=merge.record.codes)
        try:
            await self._view.show(job.arrival, answer.reply, merge.record, shown)
        finally:
            self._learn(job.person, answer.reply, merge.record, shown)
            await self._tidy_later(job.person, merge.record, shown)

    async def _tidy_later(self, person: PersonKey, record: ChatRecord, shown: Shown) -> None:
        """Documents leave the chat after a day, whatever becomes of the conversation; what was to
        leave it now and could not, as soon as it can.
        """
        if self._remove_later is None:
            return
        for messages, stay in ((tuple(shown.fleeting), KEEP_FILES), (shown.left, 0)):
            if not messages:
                continue
            try:
                await self._remove_later(person, record.dump(), messages, stay)
            except StoreError:
                self._alarm("document_not_removed")

    async def _fetch(self, job: Job) -> None:
        """A file that is asked for takes the place of "a file came"; any other is left where it
        is. What does not fit or cannot be had is an empty one, and is answered as such.
        """
        file = job.arrival.file
        if file is None:
            return
        try:
            wanted = await self._turns.takes_file(job.person)
        except StoreError:
            return  # the turn itself says that nothing can be saved
        if wanted:
            content = await self._calls.fetch(file.id, MOST) if file.fits else b""
            job.arrival = replace(job.arrival, given=Document(content))

    def _learn(self, person: PersonKey, reply: Reply, record: ChatRecord, shown: Shown) -> None:
        if reply.clear:
            self._learnt.forget(person)  # the record is gone with the session
            return
        if shown.messages or shown.newest:
            self._learnt.learn(person, shown.messages, shown.newest)
        if shown.codes != record.codes:
            self._learnt.learn_codes(person, shown.codes)

    async def _take(self, job: Job, merge: _Merge) -> Answer | None:
        """The committed turn; None when the store would not have it."""
        inbox = (*job.inbox, *self._dropped.get(job.person, ()))
        for failed in range(1, _TRIES + 1):
            try:
                answer = await self._turns.take(
                    job.person,
                    job.arrival.given,
                    update=job.arrival.update,
                    inbox=inbox,
                    chat=merge,
                )
            except StoreError:
                self._store_failed()
                if not job.inbox or failed == _TRIES:
                    break
                await self._wait(float(failed))
            except Exception:  # noqa: BLE001 - nothing was saved, whatever broke
                self._alarm("turn_failed")
                break
            else:
                self.store_works = True
                self._dropped.pop(job.person, None)
                return answer
        return None

    def _store_failed(self) -> None:
        if self.store_works:
            self._alarm("store_unavailable")
        self.store_works = False

    async def _tell(self, job: Job) -> None:
        """Say that nothing was saved, however long it takes; only then is the job safe. An inbox
        entry it had is emptied by the person's next turn.
        """
        if job.inbox:
            self.empty_later(job.person, job.inbox)
        if isinstance(job.arrival.given, Gone):
            return
        answered = self._view.acknowledge(job.arrival)
        try:
            message = await self._calls.send(job.arrival.chat, NOT_SAVED, tries=FOR_EVER)
            # A new message from here on, so that the next screen does not come above this one.
            self._learnt.learn(job.person, [job.arrival.message, message], message)
        except (PersonGone, GaveUp):
            pass  # nobody to tell
        if answered is not None:
            await answered

    async def _forget(self, job: Job) -> None:
        """The person blocked the bot: nothing about them is kept."""
        self._learnt.forget(job.person)
        try:
            await self._turns.take(job.person, Gone())
        except StoreError:
            self._alarm("gone_not_forgotten")  # the session lapses by itself
