"""The bench runs from end to end and prints every figure it promises. How large they are is not
tested: that depends on the machine.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

FIGURES = (
    "engine step, shipped conversation",
    "engine steps a second, shipped conversation",
    "engine step, long conversation",
    "finding over 70 rows",
    "typed turns per CPU second",
    "button turns per CPU second",
    "echoes per CPU second",
    "typed turn as a share of python-telegram-bot's echo",
    "button turn as a share of python-telegram-bot's echo",
    "latency p50, 1 person",
    "latency p99, 1 person",
    "latency p50, 2 people",
    "latency p99, 2 people",
    "a submission printed and sealed, CPU",
    "submissions printed and sealed per CPU second",
    "the sealed mail, with its paper",
    "from Send to the mailbox, p50",
    "from Send to the mailbox, p99",
    "start-up to first reply, empty installation",
    "start-up to first reply, CPU",
    "memory for 50 sessions parked",
    "memory for 500 sessions parked",
    "999 p50, while all wait",
    "999 p99, while all wait",
    "999 p99, while they are worked through",
)


@pytest.fixture(scope="module")
def printed() -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "bench", "--quick"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def test_every_named_figure_is_printed_with_its_measure(printed: str) -> None:
    lines = printed.splitlines()
    missing = [
        name
        for name in FIGURES
        if not any(name in line and any(c.isdigit() for c in line[66:85]) for line in lines)
    ]
    assert missing == []


def test_both_echo_bots_are_named_with_their_versions(printed: str) -> None:
    from importlib.metadata import version

    assert f"python-telegram-bot {version('python-telegram-bot')}: echo of words" in printed
    assert f"aiohttp {version('aiohttp')}, bare: echo of words" in printed


def test_each_aim_is_said_to_be_met_or_missed(printed: str) -> None:
    aimed = [line for line in printed.splitlines() if "at most" in line]
    assert len(aimed) >= 9
    assert all("met" in line or "missed by" in line for line in aimed)
