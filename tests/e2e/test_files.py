"""Documents and promises for later, from a press in Telegram to the chat: a real program."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.channels.transcript import Transcript, Turned, load_transcript
from tests.botapi.world import Message
from tests.e2e.installation import ROOT, Installation, installation, talk

pytestmark = pytest.mark.asyncio(loop_scope="module")

WALK = load_transcript(ROOT / "tests" / "transcripts" / "named_child_professional.yaml")
WANTS = (
    Turned(press="A copy for me: no", sees="Please check what you have written."),
    Turned(press="Tell me if it is late: no", sees="Please check what you have written."),
)


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Installation]:
    async with installation(tmp_path_factory.mktemp("bot")) as running:
        yield running


def wanting() -> Transcript:
    """The recorded referral, with both wishes made before it is sent."""
    send = next(n for n, turned in enumerate(WALK.turns) if turned.press == "Send it")
    return replace(WALK, turns=(*WALK.turns[:send], *WANTS, *WALK.turns[send:]))


def errands(folder: Path, counted: str = "select count(*) from errands") -> int:
    con = sqlite3.connect(folder / "data" / "bot.db")
    try:
        return int(con.execute(counted).fetchone()[0])
    finally:
        con.close()


def due_at_once(folder: Path) -> int:
    return errands(folder, "select count(*) from errands where due = 0")


def uploaded(message: Message) -> tuple[str, bytes]:
    assert message.file is not None
    return message.file.name, message.file.content


async def test_a_professional_gets_a_copy_of_what_was_sent_and_its_removal_is_noted(
    bot: Installation,
) -> None:
    worker = bot.person()
    await talk(worker, wanting())
    mail = await bot.mail()
    await bot.api.world.until(lambda: len(worker.files) == 2)
    (paper, pdf), (record, raw) = map(uploaded, worker.files)
    assert paper.startswith("information-")
    assert pdf.startswith(b"%PDF")
    assert record == "submission.json"
    said = json.loads(raw)
    assert said["reference"] == mail.message["X-Reference"]
    assert "Initials K.M., school file 204" in str(said["answers"])
    assert "The copy on your phone stays until you delete it." in worker.files[0].text
    assert "Telegram stores this chat." in "\n".join(worker.chat_texts)
    # both are silent, and may be kept: they were asked for
    assert [(m.silent, m.protected) for m in worker.files] == [(True, False)] * 2
    # a look at lateness, and one removal of both files
    await bot.api.world.until(lambda: errands(bot.folder) == 2)


async def test_leaving_takes_the_files_and_every_promise_with_it(bot: Installation) -> None:
    before = errands(bot.folder)
    worker = bot.person()
    await talk(worker, wanting())
    await bot.mail()
    await bot.api.world.until(lambda: errands(bot.folder) == before + 2)
    await worker.say("exit")
    await bot.api.world.until(lambda: worker.chat_texts == ["Goodbye."])
    assert worker.files == []
    # the look at lateness is forgotten; the removal is due at once, should the chat not be empty
    assert errands(bot.folder) <= before + 1
    assert due_at_once(bot.folder) == errands(bot.folder) - before


async def test_blocking_the_bot_forgets_every_promise(bot: Installation) -> None:
    before = errands(bot.folder)
    worker = bot.person()
    await talk(worker, wanting())
    await bot.mail()
    await bot.api.world.until(lambda: errands(bot.folder) == before + 2)
    worker.block()
    await bot.api.world.until(lambda: errands(bot.folder) == before)
