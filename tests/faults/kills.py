"""SIGKILL at random moments while many people report and the mail server has bad minutes."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from bot.core.emergency import DIAL_999
from tests.botapi.person import Person
from tests.botapi.world import World
from tests.faults.house import FIRST, LOOK, House, Report
from tests.faults.promises import assert_nothing_plain, assert_one_message, opened
from tests.faults.server import PHASES
from tests.kill.road import ROAD, Act

STEPS: Final = 120  # of the program, from its first on, that a life may have; however slow it is
MOMENT: Final = 0.02  # seconds more, so that it dies between two steps, on whatever line
MINUTES: Final = 0.25  # that the clock is moved on after each kill, so that leases end
BACK: Final = "Welcome back. Would you like to carry on"  # when so many kills held an answer up
LEAVING: Final = 6  # one person of so many leaves half way
SILENCE: Final = 8.0  # seconds without an answer, after which a person writes again
END: Final = 180.0  # seconds until everything must have arrived
LEAVE: Final = Act("Goodbye.", say="exit")
URGENT: Final = FIRST - 1
ASKED: Final = 12  # receipts that are asked after at the end


@dataclass(slots=True)
class Figures:
    """What happened, in counts."""

    seed: int
    kills: int = 0
    turns: int = 0
    acknowledged: int = 0  # reports whose people were told that they are saved
    left: int = 0  # people who left half way
    arrived: int = 0  # mails, repeats among them
    repeated: int = 0  # of those, under a Message-ID that had come before
    urgent: int = 0  # times that 999 was asked for and answered
    silences: int = 0  # times that somebody had no answer for long, and wrote again
    where: Counter[str] = field(default_factory=Counter)  # the last step before each kill

    def lines(self) -> list[str]:
        """As they are printed."""
        names = ["seed", "kills", "turns", "acknowledged", "left", "arrived", "repeated"]
        names += ["urgent", "silences"]
        told = [f"{name}: {getattr(self, name)}" for name in names]
        steps = ", ".join(f"{step} {count}" for step, count in sorted(self.where.items()))
        return [*told, f"killed after: {steps}"]


class Crowd:
    """Many people, each of whom reports again and again until told to finish."""

    def __init__(self, house: House, figures: Figures, rng: random.Random) -> None:
        self._house = house
        self._figures = figures
        self._rng = rng
        self._looks: dict[int, Callable[[], None]] = {}
        self._told: dict[int, str] = {}  # the last screen of all, which somebody has seen
        self.over = asyncio.Event()
        self.sent: list[Report] = []
        self.gone: list[Report] = []

    async def person(self) -> None:
        """One report after another, each as somebody new."""
        while not self.over.is_set():
            report = self._newcomer()
            if self._rng.randrange(LEAVING):
                await self._walk(report, report.road)
                assert "not been handed over yet" in self._told.pop(report.number)
                self.sent.append(report)
                self._figures.acknowledged += 1
            else:
                place = self._rng.randrange(2, len(report.road) - 2)
                await self._walk(report, (*report.road[:place], LEAVE))
                self.gone.append(report)
                self._figures.left += 1

    async def asks_for_999(self) -> None:
        """Somebody who asks again and again, whatever is killed."""
        person = Person(self._house.api, URGENT)
        while not self.over.is_set():
            person.post("999")
            if await _news(self._house.api.world, person, 0):
                assert person.bot_texts[-1] == DIAL_999
                person.chat.messages.clear()
                self._figures.urgent += 1

    def _newcomer(self) -> Report:
        report = self._house.report()
        self._looks[report.number] = report.reporter.look
        self._house.api.world.on_shown = self._shown
        return report

    def _shown(self, chat: int) -> None:
        if chat not in self._looks:
            return
        self._looks[chat]()
        for text in self._house.reports[chat - FIRST].reporter.person.bot_texts:
            if ROAD[-1].sees in text:
                self._told[chat] = text

    async def _walk(self, report: Report, acts: tuple[Act, ...]) -> None:
        for act in acts:
            try:
                async with asyncio.timeout(END):
                    await self._act(report, act)
            except TimeoutError:
                seen = report.reporter.person.bot_texts[-2:]
                raise AssertionError(f"no {act.sees!r} after {act}, but {seen}") from None
            self._figures.turns += 1
        del self._looks[report.number]

    async def _act(self, report: Report, act: Act) -> None:
        """Do it until its answer is seen, as a person would: a press on a screen that was shown
        once more after a kill changes nothing, and is made again; after silence they write again.
        What they wrote in a silence may begin a new conversation under the last screen of all.
        """
        person, world, resumed = report.reporter.person, self._house.api.world, False
        update = report.reporter.begin(act)
        while act.sees not in (seen := (person.bot_texts or [""])[-1]):
            if act == ROAD[-1] and report.number in self._told:
                return
            pressable = bool(seen) and act.press in person.screen.buttons
            if BACK in seen:
                person.post_press("Carry on")
                resumed = True
            elif (resumed and not act.press) or (pressable and update in world.confirmed):
                update, resumed = report.reporter.begin(act), False
            if not await _news(world, person, update if pressable else 0):
                person.post(act.say if act is LEAVE else "/start")
                self._figures.silences += 1


async def _news(world: World, person: Person, update: int) -> bool:
    """Whether the bot shows something more soon, or confirms this update."""
    shown = person.chat.shown
    with suppress(AssertionError):
        await world.until(lambda: person.chat.shown > shown or update in world.confirmed, SILENCE)
        return True
    return False


async def kill_at_random(
    house: House, *, kills: int, people: int, seed: int, say: Callable[[str], None] = print
) -> Figures:
    """Kill so often, then hold the disk and the far mailbox to every promise; the figures."""
    figures, rng = Figures(seed), random.Random(seed)  # noqa: S311 - repeatable on purpose
    crowd = Crowd(house, figures, random.Random(seed + 1))  # noqa: S311
    say(f"seed {seed}")
    async with asyncio.TaskGroup() as group:
        for _ in range(people):
            group.create_task(crowd.person())
        group.create_task(crowd.asks_for_999())
        for number in range(kills):
            await _one_life(house, rng, figures, number)
            if number % 50 == 49:
                say(f"{number + 1} kills, {figures.acknowledged} reports acknowledged")
        house.server.breaks()
        await house.lives.start(ahead=_minutes(kills))
        crowd.over.set()
    await _all_arrive(house, crowd, kills)
    await _promises_hold(house, crowd, figures)
    return figures


async def _one_life(house: House, rng: random.Random, figures: Figures, number: int) -> None:
    if rng.randrange(4):
        house.server.breaks()
    else:
        how = rng.choice(["4xx", "reset", "stall", "dropped"])
        house.server.breaks(rng.choice(PHASES), how, dropped=how == "dropped")
    await house.lives.start(ahead=_minutes(number))
    steps = rng.randrange(STEPS)
    await house.lives.until(lambda: len(house.lives.passed) > steps)
    await asyncio.sleep(rng.uniform(0, MOMENT))
    figures.where[house.lives.passed[-1]] += 1
    await house.lives.kill()
    figures.kills += 1


def _minutes(kills: int) -> int:
    return int(kills * MINUTES)


async def _all_arrive(house: House, crowd: Crowd, kills: int) -> None:
    """Wait until the disk says that every mail has gone."""
    async with asyncio.timeout(END):
        ahead = _minutes(kills)
        while house.lives.rows("select 1 from outbox where state != 'handed_over' limit 1"):
            ahead += 10  # past every lease and every wait of a mail
            await house.lives.ahead(ahead)
            await asyncio.sleep(10 * LOOK)


async def _promises_hold(house: House, crowd: Crowd, figures: Figures) -> None:
    """Nothing acknowledged is lost; nothing has come under two Message-IDs; nothing is plain."""
    rows = house.lives.rows("select count(*) from outbox")
    assert rows == [(len(crowd.sent),)], "a report was saved twice, or not at all"
    for report in crowd.sent:
        assert_one_message(report.mails)
        assert len(report.reporter.codes) == 1
    ids = {str(mail.message["Message-ID"]) for mail in house.server.arrived}
    assert len(ids) == len(crowd.sent)
    figures.arrived = len(house.server.arrived)
    figures.repeated = figures.arrived - len(ids)
    for report in crowd.gone:
        assert report.mails == [], "somebody left and was reported all the same"
    kept = await opened(house.lives.database, house.keys, house.lives.folder.parent)
    assert len(kept) == len(crowd.sent)
    for report in crowd.sent[-ASKED:]:
        assert "Merseyside Police: handed over." in await report.told()
    for some in (crowd.sent[-ASKED:], crowd.gone[-ASKED:]):
        words = [mark for report in some for mark in report.marks]
        assert_nothing_plain(house.lives.folder, words, [report.number for report in some])
