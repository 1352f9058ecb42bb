"""The search is not blind: a leak put into each place on purpose is found, in that place."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.botapi.server import BotApi
from tests.kill.road import ROAD, WHAT, Reporter
from tests.privacy.installation import installed
from tests.privacy.leaks import LEAKS
from tests.privacy.life import REPORTER
from tests.privacy.people import NAMES, NamedChat
from tests.privacy.search import found, spellings, spellings_of_number

WANTED: Final = {
    "words": list(spellings(WHAT)),
    "name": list(spellings(NAMES["username"])),
    "person": list(spellings_of_number(REPORTER)),
}
PLACES: Final = {  # leak -> what is then found, and where
    "log": "words in said/errors",
    "library_log": "words in said/errors",
    "stdout": "words in said/output",
    "temp_file": "words in tmp/",
    "exception": "words in said/errors",
    "alarm": "words in said/errors",
    "database": "words in data/bot.db",
    "wal": "words in data/bot.db-wal",
    "key_folder": "person in keys/people",
    "mail_header": "words in headers of mail 0",
    "mail_body": "name in CSE Intelligence, mail 0",
}


def test_every_leak_has_a_place() -> None:
    assert {*LEAKS, "wal"} == set(PLACES)


async def report(api: BotApi) -> None:
    reporter = Reporter(api)
    reporter.person.chat = api.world.chats[REPORTER] = NamedChat(REPORTER)
    await reporter.walk(ROAD)


@pytest.mark.parametrize("leak", PLACES)
async def test_a_leak_is_found(tmp_path: Path, leak: str) -> None:
    async with installed(tmp_path) as house:
        await house.start("database" if leak == "wal" else leak)
        await report(house.api)
        await house.mails(1)
        running = house.everything()
        await house.stop()
        hits = found(running if leak == "wal" else house.everything(), WANTED)
    assert any(hit.startswith(PLACES[leak]) for hit in hits)


async def test_without_a_leak_the_words_are_in_their_mail_alone(tmp_path: Path) -> None:
    async with installed(tmp_path) as house:
        await house.start()
        await report(house.api)
        await house.mails(1)
        await house.stop()
        assert found(house.everything(), WANTED) == {"words in CSE Intelligence, mail 0"}
