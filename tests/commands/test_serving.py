"""`run` when the house falls in for a reason that nobody foresaw: 999 all the same."""

from __future__ import annotations

from typing import NoReturn

import pytest

from bot.commands import NOT_NOW, WRONG_USE
from bot.errors import BotError, Problem, SettingsError
from tests.botapi.server import TOKEN
from tests.commands.conftest import Run

WRITTEN = "kayleigh of 12 marker street"


def broken_by(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the house fail so; gives the list of what was served instead."""
    served: list[str] = []

    def house(_settings: object, channel: str) -> NoReturn:
        raise fault

    async def only_urgent(_settings: object) -> int:
        served.append("999")
        return NOT_NOW

    monkeypatch.setattr("bot.commands.serving.house", house)
    monkeypatch.setattr("bot.commands.serving._only_urgent", only_urgent)
    monkeypatch.setattr("bot.commands.serving.logs.set_up", lambda _level: None)
    return served


@pytest.mark.parametrize(
    "fault",
    [
        KeyError(WRITTEN),
        OSError(28, WRITTEN),
        PermissionError(13, WRITTEN, f"/{WRITTEN}/bot.db"),
        BotError("database_full"),
    ],
)
def test_whatever_breaks_the_start_999_is_answered_and_nothing_is_repeated(
    fault: Exception, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = broken_by(fault, monkeypatch)
    told = run("run", BOT_TOKEN=TOKEN)
    assert served == ["999"]
    assert told.code == NOT_NOW
    assert "Only 999 is answered until this is mended." in told.err
    assert type(fault).__name__ in told.err or "database_full" in told.err
    assert WRITTEN not in told.err + told.out


def test_wrong_settings_end_it_so_that_they_are_mended_first(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem("settings", 0, "BOT_MAILBOXES", "wirral_cadt: its state is retired.")
    served = broken_by(SettingsError("not_fit_for_live", (problem,)), monkeypatch)
    told = run("run", BOT_TOKEN=TOKEN)
    assert (told.code, served) == (WRONG_USE, [])
    assert told.err == "BOT_MAILBOXES: wirral_cadt: its state is retired.\n"
