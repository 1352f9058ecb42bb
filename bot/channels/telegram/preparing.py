"""Telling Telegram, before anything is read, how this bot wants its updates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.channels.telegram.calls import pause
from bot.channels.telegram.desk import Desk
from bot.channels.telegram.ended import BAD_TOKEN, BAD_WEBHOOK, Ended
from bot.channels.telegram.updates import ALLOWED
from bot.ports import Sleep


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
