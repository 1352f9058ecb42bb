"""Telling Telegram, before anything is read, how this bot wants its updates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.calls import pause
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.ended import BAD_TOKEN, BAD_WEBHOOK, Ended
from bot.channels.telegram.needs import Alarm
from bot.channels.telegram.request import AiohttpRequest
from bot.channels.telegram.updates import ALLOWED
from bot.ports import Sleep

# Words a person can type anywhere. Neutral: the list is seen over a shoulder.
COMMANDS: Final = {
    "999": "In danger now",
    "start": "Start or carry on",
    "help": "How this works",
    "back": "Go back one question",
    "answers": "See or change your answers",
    "pause": "Stop for now, carry on later",
    "delete": "Delete your answers",
    "exit": "Leave at once and clear this chat",
    "receipt": "Use a code you were given",
}


async def prepare_polling(bot: Bot, sleep: Sleep) -> Ended | None:
    """Take away a webhook left from before. What waits for the bot is never dropped."""
    return await _until_done(lambda: bot.delete_webhook(drop_pending_updates=False), sleep)


async def prepare_webhook(bot: Bot, url: str, secret: str, sleep: Sleep) -> Ended | None:
    """Set the webhook, for the kinds of update that are read and no others."""
    return await _until_done(
        lambda: bot.set_webhook(
            url, secret_token=secret, allowed_updates=ALLOWED, drop_pending_updates=False
        ),
        sleep,
    )


async def set_commands(request: AiohttpRequest, alarm: Alarm) -> None:
    """Give Telegram the list behind its menu button, tried once: the words work without it."""
    commands = [{"command": word, "description": said} for word, said in COMMANDS.items()]
    try:
        await request.call("setMyCommands", {"commands": commands})
    except TelegramError:
        alarm("commands_not_set")


async def resume(desk: Desk, sleep: Sleep) -> None:
    """Take the inputs a crash left, as soon as the store can be read."""
    failed = 0
    while not await desk.resume():
        failed += 1
        await sleep(pause(failed))


async def _until_done(call: Callable[[], Awaitable[object]], sleep: Sleep) -> Ended | None:
    failed = 0
    while True:
        try:
            await call()
        except InvalidToken:
            return BAD_TOKEN
        except BadRequest:
            return BAD_WEBHOOK
        except TelegramError:
            failed += 1
            await sleep(pause(failed))
        else:
            return None
