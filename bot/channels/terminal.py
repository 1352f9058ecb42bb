"""The same conversation at a prompt: for trying, for teaching, and for recording tests."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.channels.talk import Talk
from bot.channels.transcript import Transcript, Turned
from bot.core.emergency import HEADER
from bot.core.turn import File, Reply, Screen

Read = Callable[[], Awaitable[str | None]]
Write = Callable[[str], None]
Wait = Callable[[int], Awaitable[None]]  # minutes
Keep = Callable[[File], Path]  # writes a file and says where
RULE = "-" * 60
SHORT = 72  # letters of a line worth quoting


def in_words(screen: Screen) -> str:
    """A screen as plain lines: its text, then its buttons, numbered where a number means one."""
    lines = [screen.text]
    if screen.buttons and screen.typed:
        lines.append("   ".join(f"[{button.label}]" for button in screen.buttons))
    else:
        lines += [f"  {n}. {button.label}" for n, button in enumerate(screen.buttons, 1)]
    return "\n".join(lines)


def seen(reply: Reply, before: Reply) -> str:
    """The first line of a reply that says something new, for a transcript; a short one if any."""
    old = {HEADER, *_lines(before)}
    new = [line for line in _lines(reply) if line not in old]
    return next((line for line in new if len(line) <= SHORT), new[0] if new else "")


def _lines(reply: Reply) -> list[str]:
    lines = (line.strip() for screen in reply.screens for line in screen.text.split("\n"))
    return [line for line in lines if line]


async def converse(talk: Talk, read: Read, write: Write, keep: Keep) -> list[Turned]:
    """Talk until the input ends; what was said comes back for recording."""
    turns: list[Turned] = []
    shown = await talk.start()
    _show(write, shown)
    while (line := await read()) is not None:
        button = talk.button(line)
        reply = await talk.line(line)
        new = seen(reply, shown)
        turns.append(Turned(press=button.label, sees=new) if button else Turned(line, sees=new))
        _show(write, reply)
        _hand_over(write, reply, keep)
        shown = reply
    return turns


@dataclass(frozen=True, slots=True)
class Played:
    """What differed from the record, a line each; and the turns as they went this time."""

    wrong: list[str]
    turns: list[Turned]


async def play(
    talk: Talk,
    transcript: Transcript,
    write: Write,
    wait: Wait | None = None,
    keep: Keep | None = None,
) -> Played:
    """Play a recorded conversation. `wait` lets minutes pass; a clock on the wall cannot, so there
    a record that waits is not played on.
    """
    played = Played([], [])
    shown = await talk.start()
    _show(write, shown)
    for number, turned in enumerate(transcript.turns, 1):
        write(f"\n> {_done(turned, talk.code)}")
        if turned.wait and wait is not None:
            await wait(turned.minutes)
            played.turns.append(turned)
            continue
        reply = await _turn(talk, turned)
        if isinstance(reply, str):
            played.wrong.append(f"turn {number}: {reply}")
            return played
        _show(write, reply)
        if keep is not None:
            _hand_over(write, reply, keep)
        faults = _faults(turned, reply, talk.code)
        played.wrong.extend(f"turn {number}: {fault}" for fault in faults)
        new = seen(reply, shown).replace(talk.code or "{code}", "{code}")
        stale = faults or not turned.sees
        played.turns.append(replace(turned, sees=new) if stale else turned)
        shown = reply
    return played


async def _turn(talk: Talk, turned: Turned) -> Reply | str:
    """What the turn shows, or why it cannot be played."""
    if turned.wait:
        return "only a test can wait"
    if turned.photo:
        return await talk.media()
    if turned.say:
        return await talk.line(turned.say.replace("{code}", talk.code))
    label, older = turned.press or turned.press_old, bool(turned.press_old)
    try:
        return await talk.press(label, older=older)
    except LookupError:
        return f"there is no button “{label}”"


def _faults(turned: Turned, reply: Reply, code: str) -> list[str]:
    text = "\n".join(screen.text for screen in reply.screens)
    sees, lacks = (line.replace("{code}", code) for line in (turned.sees, turned.lacks))
    faults = [f"it should show “{turned.sees}”"] if sees not in text else []
    return faults + ([f"it should not show “{turned.lacks}”"] if lacks and lacks in text else [])


def _done(turned: Turned, code: str) -> str:
    """A turn as somebody at a keyboard did it."""
    typed = turned.say.replace("{code}", code) or turned.press
    marked = turned.press_old and f"({turned.press_old}, on the screen before)"
    return typed or marked or (turned.wait and f"(waits {turned.wait})") or "(sends a photo)"


def _show(write: Write, reply: Reply) -> None:
    for screen in reply.screens:
        write(f"{RULE}\n{in_words(screen)}")


def _hand_over(write: Write, reply: Reply, keep: Keep) -> None:
    """Write each file where the person finds it, and say where."""
    for file in reply.files:
        path = keep(file)
        write("\n".join(part for part in (RULE, file.caption, f"File: {path}") if part))
