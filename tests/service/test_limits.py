"""Slowing down is a matter of how much came in what time, whatever the clock does."""

from __future__ import annotations

from bot.ports import PersonKey
from bot.service.limits import HOLD_MINUTES, INPUTS, REPORTS, Limits
from tests.fakes.clock import FixedClock

ANN, BEN = PersonKey("ann"), PersonKey("ben")


class Slept:
    """A sleep that only remembers, and the limits that use it."""

    def __init__(self) -> None:
        self.clock = FixedClock()
        self.seconds: list[float] = []
        self.limits = Limits(self.clock, self.sleep)

    async def sleep(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def test_a_flood_is_slowed_more_and_more_and_nobody_else_with_it() -> None:
    slept = Slept()
    for _ in range(INPUTS[0] + 3):
        await slept.limits.slow_inputs(ANN)
    await slept.limits.slow_inputs(BEN)
    assert slept.seconds == [0.25, 0.5, 0.75]


async def test_a_clock_put_back_slows_nobody() -> None:
    slept = Slept()
    await slept.limits.slow_inputs(ANN)
    assert slept.limits.hold_report(ANN) == 0
    slept.clock.pass_(days=-1)
    await slept.limits.slow_inputs(ANN)
    assert slept.limits.hold_report(ANN) == 0
    assert slept.seconds == []


def test_the_fourth_report_of_an_hour_waits_and_an_hour_later_none_does() -> None:
    slept = Slept()
    held = [slept.limits.hold_report(ANN) for _ in range(REPORTS[0] + 1)]
    assert held == [0, 0, 0, HOLD_MINUTES]
    slept.clock.pass_(hours=2)
    assert slept.limits.hold_report(ANN) == 0
