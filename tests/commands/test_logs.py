"""The log holds codes and counts. What a library logs is not printed, whatever its level."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from bot import logs

WRITTEN = "kayleigh of 12 marker street"
TOKEN = "1000:" + "T" * 35


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    names = (*logs.LOUD, "bot")
    loggers = [logging.getLogger(name) for name in names]
    before = [(one.handlers[:], one.propagate, one.disabled, one.level) for one in loggers]
    raises = logging.raiseExceptions
    yield
    logging.raiseExceptions = raises
    for one, (handlers, propagate, disabled, level) in zip(loggers, before, strict=True):
        one.handlers[:], one.propagate, one.disabled = handlers, propagate, disabled
        one.setLevel(level)


@pytest.mark.parametrize("name", [*logs.LOUD, "telegram.ext.Updater", "aiohttp.access"])
def test_a_library_s_record_with_a_token_or_a_text_prints_nothing(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.set_up("DEBUG")
    logging.getLogger(name).critical("POST /bot%s/sendMessage %s", TOKEN, WRITTEN)
    assert capsys.readouterr() == ("", "")


def test_a_record_of_ours_prints_its_code_and_never_its_arguments(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logs.set_up("INFO")
    try:
        raise ValueError(WRITTEN)  # noqa: TRY301 - the traceback is what is tried here
    except ValueError:
        ours = logging.getLogger("bot.adapters.alarm")
        ours.exception("mailbox_closed", WRITTEN)  # a mistake somebody may make
    told = capsys.readouterr()
    assert told.out == ""
    assert "ERROR mailbox_closed" in told.err
    assert WRITTEN not in told.err
    assert "Traceback" not in told.err


def test_a_note_counts_in_whole_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    logs.note("swept", keys=1, sessions=2)
    line = capsys.readouterr().err
    assert line.endswith(" INFO swept keys=1 sessions=2\n")
    with pytest.raises(ValueError, match="invalid literal"):
        logs.note("swept", keys=WRITTEN)  # type: ignore[arg-type]


def test_no_line_tells_a_time_finer_than_the_hour(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("INFO")
    logs.alarm("second_bot")
    moment, level, rest = capsys.readouterr().err.split(" ", 2)
    assert len(moment) == len("2026-11-21T14")
    assert (level, rest.split(" ")[0]) == ("ERROR", "second_bot")


def test_below_its_level_nothing_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("ERROR")
    logs.note("swept", keys=1)
    assert capsys.readouterr().err == ""
