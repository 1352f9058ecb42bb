"""`run`: the Telegram bot.

When the keys, the database, the content or a folder cannot be opened, or anything else goes wrong,
it does not stay silent: it says so to the operator, answers 999 as ever, tells people that nothing
was saved, and keeps trying.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn

from bot import logs
from bot.app import House, house
from bot.commands import NOT_NOW, UsageError, where
from bot.commands.configured import configured
from bot.errors import BotError, SettingsError, StoreUnavailable
from bot.ports import PersonKey
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.channels.telegram.channel import TelegramChannel
    from bot.channels.telegram.needs import (
        Alarm,
        Inbox,
        PersonKeyOf,
        Quoting,
        RemoveLater,
        Turns,
    )
    from bot.ports import InboxEntry

TELEGRAM: Final = "Telegram"  # as people call the service that stores their chat
TRY_AGAIN_SECONDS: Final = 60.0


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """No options: everything is a setting."""


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    settings = configured(environment)
    if not settings.token.reveal():
        raise UsageError("no_token", "BOT_TOKEN is needed: the token that BotFather gave you.")
    logs.set_up(settings.log_level)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    while True:
        try:
            async with house(settings, channel=TELEGRAM) as built:
                gc.freeze()  # the content stays as it is: collecting passes over it
                channel = _channel(settings, *_parts(built), quoting=built.quoting)
                built.errands.attach(channel.chats)
                return _ended(*await _run(channel))
        except SettingsError:
            raise
        except Exception as broken:  # noqa: BLE001 - whatever is broken, 999 is answered
            _tell(broken)
            if (code := await _only_urgent(settings)) is not None:
                return code


def _parts(built: House) -> tuple[Turns, Inbox, PersonKeyOf, Alarm, RemoveLater]:
    key, later = built.keyring.person_key, built.errands.remove_later
    return built.service, built.store, key, built.alarm, later


def _channel(
    settings: Settings,
    turns: Turns,
    inbox: Inbox,
    person_key: PersonKeyOf,
    alarm: Alarm,
    later: RemoveLater | None = None,
    quoting: Quoting | None = None,
) -> TelegramChannel:
    from bot.channels.telegram.channel import TelegramChannel, TelegramSettings

    host, _, port = settings.webhook_listen.rpartition(":")
    telegram = TelegramSettings(
        token=settings.token.reveal(),
        api_url=settings.api_url,
        webhook_url=settings.webhook_url,
        webhook_host=host,
        webhook_port=int(port),
        webhook_secret=settings.webhook_secret.reveal(),
    )
    return TelegramChannel(
        telegram,
        turns,
        inbox,
        person_key=person_key,
        alarm=alarm,
        remove_later=later,
        quoting=quoting,
    )


async def _run(channel: TelegramChannel) -> tuple[int, str]:
    ended = await channel.run()
    return ended.code, ended.message


def _ended(code: int, message: str) -> int:
    if message:
        sys.stderr.write(message + "\n")
    return code


def _tell(broken: Exception) -> None:
    """What to mend, in our own words; of any other fault its kind and place, never its words."""
    match broken:
        case BotError():
            code, said = broken.code, str(broken)
        case OSError():
            code = "files"
            said = f"A file or a folder cannot be used, in {where(broken)}: look at BOT_DATA_DIR, "
            said += "BOT_KEY_DIR, their owner and the disk; python -m bot doctor."
        case _:
            code, said = "fault", f"A fault of the program, in {where(broken)}"
    logs.alarm(f"start_{code}")
    sys.stderr.write(f"{said}\nOnly 999 is answered until this is mended.\n")


@dataclass(frozen=True, slots=True)
class _Nothing:
    """A house with nothing in it: whatever is asked of it, nothing can be saved."""

    code: str = "store_unavailable"

    async def take(self, *_given: object, **_more: object) -> NoReturn:
        raise StoreUnavailable(self.code)

    async def takes_file(self, _person: object) -> bool:
        return False

    async def take_in(self, _entries: Sequence[object]) -> NoReturn:
        raise StoreUnavailable(self.code)

    async def waiting_inputs(self) -> list[InboxEntry]:
        return []


async def _only_urgent(settings: Settings) -> int | None:
    """Answer 999, and nothing else honestly, for a while; None: try to open the house again."""
    nothing = _Nothing()
    channel = _channel(settings, nothing, nothing, _nobody, logs.alarm)
    async with _ending(channel, TRY_AGAIN_SECONDS) as in_time:
        code, message = await _run(channel)
    if in_time.is_set():
        return None
    return _ended(code or NOT_NOW, message)


def _nobody(_chat_id: int) -> PersonKey:
    """Without keys there is no person key; every input fails before one is needed."""
    return PersonKey("nobody")


@asynccontextmanager
async def _ending(channel: TelegramChannel, seconds: float) -> AsyncIterator[asyncio.Event]:
    """Stop the channel after so long; the event says that it was this, not a signal."""
    over = asyncio.Event()

    def stop() -> None:
        over.set()
        channel.stop()

    timer = asyncio.get_running_loop().call_later(seconds, stop)
    try:
        yield over
    finally:
        timer.cancel()
