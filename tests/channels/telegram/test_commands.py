"""The list behind Telegram's menu button."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.channels.telegram.preparing import COMMANDS
from bot.core.commands import WORDS
from bot.core.emergency import is_urgent
from bot.loading.load import load_catalogue
from tests.botapi.person import Person
from tests.botapi.server import BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service

ROOT = Path(__file__).parents[3]
TELLING = ("child", "abuse", "exploit", "police", "report", "sex", "social", "safeguard")


async def test_it_is_set_at_the_start(api: BotApi, run: Run, person: Person) -> None:
    await api.world.until(lambda: bool(api.world.commands))
    assert {one["command"]: one["description"] for one in api.world.commands} == COMMANDS
    assert next(iter(COMMANDS)) == "999"


@pytest.mark.parametrize("how", ["refuse", "drop", "garbage"])
async def test_without_it_the_bot_works_and_an_alarm_says_so(
    api: BotApi, service: Service, person: Person, how: str
) -> None:
    api.fail("setMyCommands", how=how)
    run = Run(api, service, webhook=False)
    await api.world.until(lambda: run.alarms == ["commands_not_set"])
    await person.say("hello")
    assert (await run.stop()).code == 0
    assert len(api.calls("setMyCommands")) == 1


async def test_a_list_that_telegram_does_not_answer_holds_up_nobody(
    api: BotApi, service: Service, person: Person
) -> None:
    api.fail("setMyCommands", how="hold")
    run = Run(api, service, webhook=False)
    await person.say("hello")
    assert (await run.stop()).code == 0
    assert run.alarms == []


def test_every_command_is_a_word_the_bot_knows() -> None:
    words = load_catalogue(ROOT).words
    meant = {word: words.meaning(f"/{word}") for word in COMMANDS if word != "999"}
    assert {word: sense for word, sense in meant.items() if sense not in WORDS} == {}


def test_the_emergency_command_is_urgent() -> None:
    assert is_urgent("/999")


def test_no_command_tells_what_the_chat_is_for() -> None:
    said = " ".join([*COMMANDS, *COMMANDS.values()]).lower()
    assert [word for word in TELLING if word in said] == []
    assert all(re.fullmatch(r"[a-z0-9_]{1,32}", word) for word in COMMANDS)
