"""Settings: every problem at once, a .env file as people write them, and no secret printed."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from bot.core.routing import Mode
from bot.errors import SettingsError
from bot.settings import NAMES, Secret, Settings, Smtp, from_environment, read_env_file

TOKEN = "1000:" + "T" * 35
LIVE = {
    "BOT_MODE": "live",
    "BOT_SMTP_HOST": "mail.council.example",
    "BOT_MAIL_FROM": "bot@council.example",
    "BOT_ALARM_MAIL": "duty@council.example",
}


def _problems(**values: str) -> dict[str, str]:
    with pytest.raises(SettingsError) as wrong:
        from_environment(values)
    return {problem.code: problem.message for problem in wrong.value.problems}


def test_without_any_setting_it_is_training() -> None:
    assert from_environment({}) == Settings()
    assert Settings().training
    assert Settings().smtp == Smtp()


def test_an_empty_value_is_the_same_as_none() -> None:
    assert from_environment(dict.fromkeys(NAMES, "")) == Settings()


def test_every_problem_is_told_at_once() -> None:
    found = _problems(
        BOT_TOKEN="marker",
        BOT_MODE="loud",
        BOT_SMTP_PORT="70000",
        BOT_SMTP_TLS="plain",
        BOT_DRAFT_HOURS="0",
        BOT_API_URL="http://example.org",
        BOT_WEBHOOK_URL="http://example.org/x",
        BOT_WEBHOOK_LISTEN="8080",
        BOT_DATABASE_URL="postgresql://marker@host/x",
        BOT_MAILBOXES="nowhere.yaml",
        BOT_LOG_LEVEL="TRACE",
        BOT_TOKN="marker",
    )
    assert found.keys() == {
        "BOT_TOKEN",
        "BOT_MODE",
        "BOT_SMTP_PORT",
        "BOT_SMTP_TLS",
        "BOT_DRAFT_HOURS",
        "BOT_API_URL",
        "BOT_WEBHOOK_URL",
        "BOT_WEBHOOK_SECRET",
        "BOT_WEBHOOK_LISTEN",
        "BOT_DATABASE_URL",
        "BOT_MAILBOXES",
        "BOT_LOG_LEVEL",
        "BOT_TOKN",
    }
    assert "marker" not in str(found)


def test_live_needs_a_mail_server_a_sender_and_somebody_to_tell() -> None:
    assert _problems(BOT_MODE="live").keys() == {
        "BOT_SMTP_HOST",
        "BOT_MAIL_FROM",
        "BOT_ALARM_MAIL",
    }
    assert from_environment(LIVE).mode is Mode.LIVE


def test_training_speaks_to_this_machine_only() -> None:
    assert _problems(BOT_SMTP_HOST="mail.council.example").keys() == {"BOT_SMTP_HOST"}
    assert from_environment({"BOT_SMTP_HOST": "127.0.0.1"}).smtp.host == "127.0.0.1"


def test_other_programs_variables_are_left_alone() -> None:
    assert from_environment({"PATH": "x", "ROBOT_TOKEN": "x"}) == Settings()


def test_a_secret_never_prints_itself() -> None:
    settings = from_environment({**LIVE, "BOT_TOKEN": TOKEN, "BOT_SMTP_PASSWORD": "marker pass"})
    assert settings.token.reveal() == TOKEN
    assert settings.smtp.password.reveal() == "marker pass"
    printed = f"{settings} {settings!r} {settings.token} {[settings.smtp.password]}"
    assert TOKEN not in printed
    assert "marker" not in printed
    assert "****" in printed


def test_every_secret_is_one() -> None:
    """A new setting that holds a token, password or secret must hide itself too."""
    hidden = ("token", "secret", "password")
    for kind in (Settings, Smtp):
        default = kind()
        named = [f.name for f in fields(kind) if any(word in f.name for word in hidden)]
        assert named
        assert all(isinstance(getattr(default, name), Secret) for name in named)


def test_an_env_file_is_read_as_people_write_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "# a comment\n"
        "\n"
        "BOT_MODE=training # said twice\n"
        "export BOT_AREAS = wirral , newham\n"
        "BOT_MAIL_FROM='bot@council.example'\n"
        "BOT_SMTP_PASSWORD=\"pass # word = 'x'\"\n"
        "BOT_USERNAME=@the_bot\n"
        "BOT_SMTP_USERNAME='\n"
        "no equals sign\n",
        encoding="utf-8",
    )
    assert read_env_file(file)["BOT_SMTP_PASSWORD"] == "pass # word = 'x'"
    settings = from_environment({}, file)
    assert settings.areas == ("wirral", "newham")
    assert settings.username == "the_bot"
    assert settings.mail_from == "bot@council.example"
    assert settings.smtp.username == "'"


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("BOT_DRAFT_HOURS=48\nBOT_SMTP_PORT=25\n", encoding="utf-8")
    settings = from_environment({"BOT_DRAFT_HOURS": "12"}, file)
    assert (settings.draft_hours, settings.smtp.port) == (12, 25)


def test_a_file_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_env_file(tmp_path / "none") == {}
