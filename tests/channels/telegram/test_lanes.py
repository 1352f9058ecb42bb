from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from bot.channels.telegram.lanes import Lanes
from bot.ports import PersonKey


def person(name: object) -> PersonKey:
    return PersonKey(str(name))


async def idle(lanes: Lanes, *people: PersonKey) -> None:
    while not all(lanes.idle(one) for one in people):
        await asyncio.sleep(0)


async def test_one_persons_work_runs_in_order() -> None:
    lanes, done = Lanes(4, asyncio.sleep), list[int]()

    def work(number: int) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await asyncio.sleep(0)
            done.append(number)

        return run

    for number in range(20):
        lanes.add(person("ann"), work(number))
    await idle(lanes, person("ann"))
    assert done == list(range(20))


async def test_no_more_people_than_places_are_served_at_once() -> None:
    lanes, now, most = Lanes(3, asyncio.sleep), 0, 0

    async def work() -> None:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0)
        now -= 1

    for number in range(30):
        lanes.add(person(number), work)
    await idle(lanes, *(person(number) for number in range(30)))
    assert most == 3
    assert lanes.free == 3


async def test_a_flood_from_one_person_lets_others_in_between() -> None:
    lanes, order = Lanes(1, asyncio.sleep), list[str]()

    def work(name: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            order.append(name)

        return run

    for _ in range(50):
        lanes.add(person("flood"), work("flood"))
    lanes.add(person("ann"), work("ann"))
    await idle(lanes, person("flood"), person("ann"))
    assert order.index("ann") == 1


async def test_work_that_waits_gives_its_place_to_others() -> None:
    told = asyncio.Event()

    async def sleep(_: float) -> None:
        await told.wait()

    lanes, served = Lanes(1, sleep), asyncio.Event()

    async def waiting() -> None:
        await lanes.wait(30)

    async def other() -> None:
        served.set()

    lanes.add(person("slow"), waiting)
    lanes.add(person("ann"), other)
    await asyncio.wait_for(served.wait(), 60)
    assert not lanes.idle(person("slow"))
    told.set()
    await idle(lanes, person("slow"))


async def test_work_that_takes_long_gives_its_place_away_too() -> None:
    lanes, hold, served = Lanes(1, asyncio.sleep, patience=0.0), asyncio.Event(), asyncio.Event()

    async def long() -> None:
        await hold.wait()

    async def other() -> None:
        served.set()

    lanes.add(person("slow"), long)
    lanes.add(person("ann"), other)
    await asyncio.wait_for(served.wait(), 60)
    hold.set()
    await idle(lanes, person("slow"))


async def test_closing_finishes_what_runs_and_starts_nothing_more() -> None:
    lanes, done = Lanes(1, asyncio.sleep), list[str]()

    async def first() -> None:
        await asyncio.sleep(0)
        done.append("first")

    async def second() -> None:
        done.append("second")

    lanes.add(person("ann"), first)
    lanes.add(person("ben"), second)
    await lanes.close(5)
    assert done == ["first"]


async def test_closing_cancels_what_does_not_finish() -> None:
    lanes, cancelled = Lanes(1, asyncio.sleep), asyncio.Event()

    async def never() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise

    lanes.add(person("ann"), never)
    await asyncio.sleep(0)
    await lanes.close(0)
    assert cancelled.is_set()
