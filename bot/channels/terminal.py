"""The same conversation at a prompt: for trying, for teaching, and for recording tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from bot.channels.talk import Talk
from bot.channels.transcript import Transcript, Turned
from bot.core.emergency import HEADER
from bot.core.turn import Reply, Screen

Read = Callable[[], Awaitable[str | None]]
Write = Callable[[str], None]
RULE = "-" * 60


def in_words(screen: Screen) -> str:
    """A screen as plain lines: its text, then its buttons, numbered where a number means one."""
    lines = [screen.text]
    if screen.buttons and screen.typed:
        lines.append("   ".join(f"[{button.label}]" for button in screen.buttons))
    else:
        lines += [f"  {n}. {button.label}" for n, button in enumerate(screen.buttons, 1)]
    return "\n".join(lines)


def seen(reply: Reply) -> str:
    """The first line of a reply that says something new, for a transcript."""
    for screen in reply.screens:
        for line in screen.text.split("\n"):
            if line.strip() and line.strip() != HEADER:
                return line.strip()
    return ""


async def converse(talk: Talk, read: Read, write: Write) -> list[Turned]:
    """Talk until the input ends; what was said comes back for recording."""
    turns: list[Turned] = []
    _show(write, await talk.start())
    while (line := await read()) is not None:
        button = talk.button(line)
        reply = await talk.line(line)
        said = Turned(press=button.label) if button else Turned(say=line)
        turns.append(Turned(said.say, said.press, seen(reply)))
        _show(write, reply)
    return turns


async def play(talk: Talk, transcript: Transcript, write: Write) -> list[str]:
    """Play a recorded conversation; what differed from the record comes back, a line each."""
    wrong: list[str] = []
    reply = await talk.start()
    _show(write, reply)
    for number, turned in enumerate(transcript.turns, 1):
        line = (turned.press or turned.say).replace("{code}", talk.code)
        write(f"\n> {line}")
        if turned.press and talk.button(turned.press) is None:
            wrong.append(f"turn {number}: there is no button “{turned.press}”")
            break
        reply = await talk.line(line)
        _show(write, reply)
        if turned.sees and turned.sees not in "\n".join(s.text for s in reply.screens):
            wrong.append(f"turn {number}: it should show “{turned.sees}”")
    return wrong


def _show(write: Write, reply: Reply) -> None:
    for text in _texts(reply.screens):
        write(f"{RULE}\n{text}")


def _texts(screens: Iterable[Screen]) -> list[str]:
    return [in_words(screen) for screen in screens]
