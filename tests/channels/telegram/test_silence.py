"""Nothing in here logs, prints or puts into an error what a person wrote, who they are, or the
token.
"""

from __future__ import annotations

import logging

import pytest
from telegram.error import NetworkError, TelegramError

from bot.channels.telegram.faults import UnreadableAnswer, Wait, fault
from bot.channels.telegram.quiet import be_quiet
from bot.channels.telegram.request import AiohttpRequest
from tests.botapi.person import Person
from tests.botapi.server import TOKEN, BotApi
from tests.channels.telegram.conftest import Run
from tests.channels.telegram.service import Service

MARKER = "Marker-of-a-person"


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(0)
    logging.getLogger("asyncio").setLevel(logging.WARNING)
    return caplog


async def test_no_log_line_holds_a_word_a_name_or_the_token(
    api: BotApi,
    service: Service,
    everything: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    run = Run(api, service, webhook=False)
    person = Person(api, 5_432_101, name=MARKER)
    await person.say(MARKER)
    await person.photo(caption=MARKER)
    api.world.push({"message": {"text": MARKER, "chat": MARKER}})
    api.fail("sendMessage", how="garbage")
    api.fail("sendMessage", status=400, description=MARKER)
    person.post(MARKER)
    await api.world.until(lambda: "reply_not_shown" in run.alarms)
    service.broken = 1
    await person.say(MARKER)
    api.fail("getUpdates", how="garbage")
    await person.say("999")
    await run.stop()
    printed = capfd.readouterr()
    written = everything.text + printed.out + printed.err + repr(run.alarms)
    for secret in (MARKER, TOKEN, str(person.chat.id)):
        assert secret not in written
    assert not api.calls("getFile")


def test_the_loggers_below_are_cut_even_at_critical(
    everything: pytest.LogCaptureFixture,
) -> None:
    logging.getLogger("telegram.Bot")
    be_quiet()
    for name in ("telegram", "telegram.Bot", "httpx", "httpcore", "aiohttp", "aiohttp.server"):
        logging.getLogger(name).critical(MARKER)
    logging.getLogger("telegram.made.later").critical(MARKER)
    assert MARKER not in everything.text


async def test_errors_of_the_transport_hold_no_url_and_no_token() -> None:
    request = AiohttpRequest("http://127.0.0.1:1", TOKEN, connections=1)
    with pytest.raises(NetworkError) as closed:
        await request.call("getMe", {})
    await request.initialize()
    with pytest.raises(NetworkError) as refused:
        await request.call("getMe", {"text": MARKER})
    await request.shutdown()
    for error in (closed.value, refused.value):
        assert str(error) in {"not_connected", "connection_failed"}
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None


@pytest.mark.parametrize("payload", [b"", b"nothing", b"[1]", b'{"ok":false}'])
@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 409, 429, 500, 502, 599])
def test_every_status_is_an_error_whatever_came_with_it(status: int, payload: bytes) -> None:
    assert isinstance(fault(status, payload), TelegramError)


@pytest.mark.parametrize(
    ("payload", "seconds"),
    [
        (b'{"parameters":{"retry_after":9}}', 9),
        (b'{"parameters":{"retry_after":-2}}', 1),
        (b'{"parameters":{"retry_after":"x"}}', 1),
        (b"{}", 1),
    ],
)
def test_a_429_says_how_long_to_wait(payload: bytes, seconds: float) -> None:
    error = fault(429, payload)
    assert isinstance(error, Wait)
    assert error.seconds == seconds
    assert error.retry_after.total_seconds() == seconds


async def test_an_unreadable_answer_names_the_first_update_in_it_and_nothing_else(
    api: BotApi,
) -> None:
    api.world.push_raw(41, b'{"update_id": 41, "message": {"text": "Marker"')
    request = AiohttpRequest(api.root, TOKEN, connections=1)
    await request.initialize()
    with pytest.raises(UnreadableAnswer) as error:
        await request.call("getUpdates", {})
    await request.shutdown()
    assert error.value.update_id == 41
    assert "Marker" not in repr(error.value) + str(error.value.__context__)
