"""Full turns through the Telegram channel, beside two echo bots on the same server: CPU of the
bot's process alone, and how long people wait.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from bench.children import Child, ask, child, cpu_seconds, our_bot, servers
from bench.conversations import Lines, pressed, typed
from bench.table import Figure, middle, percentile
from tests.botapi.server import TOKEN

PTB = f"python-telegram-bot {version('python-telegram-bot')}"
AIOHTTP = f"aiohttp {version('aiohttp')}"


@dataclass
class Played:
    """One bot in one kind of conversation: by round, CPU µs a turn, and what people waited, in
    milliseconds.
    """

    root: str
    bot: Child
    lines: Lines
    people: int
    cpu: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p99: list[float] = field(default_factory=list)

    async def round(self, first: int) -> None:
        """Let new people, with chats from `first` on, hold the conversation once."""
        before = cpu_seconds(self.bot)
        answer = await ask(
            self.root, self.bot, "play", lines=self.lines, people=self.people, first=first
        )
        waited = answer["took"]
        self.cpu.append(1e6 * (cpu_seconds(self.bot) - before) / len(waited))
        self.p50.append(1e3 * percentile(waited, 0.50))
        self.p99.append(1e3 * percentile(waited, 0.99))


async def measured(folder: Path, rounds: int, people: int) -> AsyncIterator[Figure]:
    """Every figure of turns and of waiting."""
    async with AsyncExitStack() as stack:
        ours, ptb, bare = await stack.enter_async_context(servers(3))
        bot = await stack.enter_async_context(our_bot(ours, folder))
        ptb_bot = await stack.enter_async_context(child("bench.echo_ptb", ptb, TOKEN))
        floor = await stack.enter_async_context(child("bench.echo_aiohttp", bare, TOKEN))
        few = max(2, people // 3)  # the slow one answers fewer people
        same = _echo_presses(pressed())
        plays = {
            "typed": Played(ours, bot, typed(), people),
            "button": Played(ours, bot, pressed(), people),
            "one": Played(ours, bot, typed(), 1),
            "ptb typed": Played(ptb, ptb_bot, typed(), few),
            "ptb button": Played(ptb, ptb_bot, same, few),
            "floor typed": Played(bare, floor, typed(), people),
            "floor button": Played(bare, floor, same, people),
        }
        for place, play in enumerate(plays.values()):  # to warm up
            await replace(play, people=1, cpu=[], p50=[], p99=[]).round(1_000 + place)
        for number in range(rounds):
            for place, play in enumerate(plays.values()):
                await play.round(100_000 * (number + 1) + 10_000 * place)
        for figure in _cost(plays, people):
            yield figure
        for figure in _waiting(plays, people):
            yield figure


def _echo_presses(lines: Lines) -> Lines:
    return [(kind, "Again" if kind == "press" else words) for kind, words in lines]


def _cost(plays: dict[str, Played], people: int) -> list[Figure]:
    cost = {name: middle(play.cpu) for name, play in plays.items()}
    echo, among = cost["ptb typed"], f"{people} people at once"
    return [
        Figure("typed turn, CPU of the bot", cost["typed"], "µs", None, among),
        Figure("typed turns per CPU second", 1e6 / cost["typed"], ""),
        Figure("button turn (two calls), CPU of the bot", cost["button"], "µs", None, among),
        Figure("button turns per CPU second", 1e6 / cost["button"], ""),
        Figure("typed turn, CPU of the bot, one person alone", cost["one"], "µs"),
        Figure(f"{PTB}: echo of words, CPU", echo, "µs"),
        Figure(f"{PTB}: echoes per CPU second", 1e6 / echo, ""),
        Figure(f"{PTB}: echo of a button (two calls), CPU", cost["ptb button"], "µs"),
        Figure(f"{AIOHTTP}, bare: echo of words, CPU", cost["floor typed"], "µs"),
        Figure(f"{AIOHTTP}, bare: echoes per CPU second", 1e6 / cost["floor typed"], ""),
        Figure(f"{AIOHTTP}, bare: echo of a button (two calls), CPU", cost["floor button"], "µs"),
        Figure(
            "typed turn as a share of python-telegram-bot's echo", cost["typed"] / echo, "", 0.2
        ),
        Figure(
            "button turn as a share of python-telegram-bot's echo",
            cost["button"] / echo,
            "",
            1 / 3,
        ),
    ]


def _waiting(plays: dict[str, Played], people: int) -> list[Figure]:
    rows = [("1 person", plays["one"]), (f"{people} people, none pausing", plays["typed"])]
    return [
        Figure(f"latency {share}, {who}", middle(getattr(play, share)), "ms")
        for who, play in rows
        for share in ("p50", "p99")
    ]
