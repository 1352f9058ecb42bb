"""`demo` and `chat`: the conversation at a prompt."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot import logs
from bot.app import ROOT, House, house
from bot.channels.kept_files import kept_in
from bot.channels.talk import Talk
from bot.channels.terminal import converse, play
from bot.channels.transcript import Transcript, dump_transcript, load_transcript
from bot.commands import DONE, PROBLEMS, UsageError
from bot.commands.configured import configured
from bot.core.turn import ItemState
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.adapters.mailbox import Arrived

RECORDED: Final = ROOT / "demo" / "off_licence.yaml"
ARRIVAL_SECONDS: Final = 20.0
LOOK_SECONDS: Final = 0.05
DEMO_PERSON: Final = 1
INTRO: Final = """\
The whole job on embedded parts: a temporary store, fresh keys, and a secure mailbox on this
machine. Type a button's number or its label, or words. Type 999, help, back, answers, pause,
delete or exit at any time. Ctrl-D ends the talk and shows the mail that arrived.
"""


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `demo` and `chat`."""
    parser.add_argument("--play", metavar="FILE", type=Path, help="play a recorded conversation")
    parser.add_argument(
        "--files", metavar="DIR", type=Path, help="where files go that the chat hands over"
    )
    if name == "chat":
        parser.add_argument("--area", help="begin in this area")
        parser.add_argument("--record", metavar="FILE", type=Path, help="write a transcript")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Talk; see the command's help."""
    transcript = load_transcript(given.play) if given.play else None
    if name == "demo":
        if transcript is None and not sys.stdin.isatty():
            transcript = load_transcript(RECORDED)
        logs.set_up("ERROR")
        with tempfile.TemporaryDirectory(prefix="bot-demo-") as folder:
            return asyncio.run(_demo(Path(folder), transcript, given.files))
    settings = configured(environment)
    logs.set_up(settings.log_level)
    return asyncio.run(_chat(settings, given, transcript))


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def _line() -> str | None:
    """The next line of standard input, or None at its end; the courier works meanwhile."""
    if sys.stdin.isatty():
        sys.stdout.write("\n> ")
        sys.stdout.flush()
    line = await asyncio.to_thread(sys.stdin.readline)
    return line.rstrip("\n") if line else None


async def _demo(folder: Path, transcript: Transcript | None, files: Path | None) -> int:
    settings = replace(Settings(), data_dir=folder / "data", key_dir=folder / "keys")
    keep = partial(kept_in, files or folder / "files")
    async with house(settings) as built:
        talk = Talk(built.service, built.keyring.person_key(DEMO_PERSON))
        wrong: list[str] = []
        if transcript is None:
            _write(INTRO)
            await converse(talk, _line, _write, keep)
        else:
            _write(f"A recorded conversation: {transcript.title}\n")
            wrong = (await play(talk, transcript, _write, keep=keep)).wrong
        arrived = await _arrivals(built)
        for mail in arrived:
            _write(opened(mail))
    for line in wrong:
        sys.stderr.write(f"{line}\n")
    if not arrived:
        sys.stderr.write("No mail arrived: nothing was sent.\n")
    return DONE if arrived and not wrong else PROBLEMS


async def _arrivals(built: House) -> list[Arrived]:
    """The mail that arrived, once every item that was saved has."""
    assert built.mailbox is not None  # noqa: S101 - the demo always has the embedded one
    items = (await built.store.counts()).items
    sent = items.get(ItemState.SAVED, 0) + items.get(ItemState.HANDED_OVER, 0)
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(ARRIVAL_SECONDS):
            while len(built.mailbox.arrived) < sent:
                await built.mailbox.next_arrival()
    return built.mailbox.arrived


def opened(mail: Arrived) -> str:
    """A mail as its reader sees it: the envelope, To, Subject, text and the names of its parts."""
    message = mail.message
    text = message.get_body(("plain",))
    parts = [part.get_filename() or "" for part in message.iter_attachments()]
    lines = [
        "",
        "=" * 60,
        "Arrived in the secure mailbox, opened:",
        f"Envelope: {', '.join(mail.recipients)}",
        f"To: {message['To']}",
        f"Subject: {message['Subject']}",
        "",
        text.get_content() if isinstance(text, EmailMessage) else "",
        f"Attached: {', '.join(parts)}",
        "=" * 60,
    ]
    return "\n".join(lines)


async def _chat(
    settings: Settings, given: argparse.Namespace, transcript: Transcript | None
) -> int:
    async with house(settings) as built:
        if given.area and given.area not in built.editions.newest.areas:
            known = sorted(built.editions.newest.areas)
            raise UsageError("unknown_area", "There is no such area.", known)
        talk = Talk(built.service, built.keyring.person_key(DEMO_PERSON), given.area or "")
        keep = partial(kept_in, given.files or settings.data_dir / "files")
        if transcript is not None:
            wrong = (await play(talk, transcript, _write, keep=keep)).wrong
            for line in wrong:
                sys.stderr.write(f"{line}\n")
            return PROBLEMS if wrong else DONE
        turns = await converse(talk, _line, _write, keep)
        if given.record:
            title = given.record.stem.replace("_", " ")
            given.record.write_text(dump_transcript(title, turns), encoding="utf-8")
    return DONE
