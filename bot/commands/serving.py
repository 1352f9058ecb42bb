"""`run`: the Telegram bot."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping

from bot import logs
from bot.app import house
from bot.commands import UsageError, env_file
from bot.settings import Settings, from_environment


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """No options: everything is a setting."""


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Serve until SIGTERM or SIGINT."""
    settings = from_environment(environment, env_file())
    if not settings.token.reveal():
        raise UsageError("no_token", "BOT_TOKEN is needed: the token that BotFather gave you.")
    logs.set_up(settings.log_level)
    return asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> int:
    from bot.channels.telegram.channel import TelegramChannel, TelegramSettings

    host, _, port = settings.webhook_listen.rpartition(":")
    async with house(settings) as built:
        channel = TelegramChannel(
            TelegramSettings(
                token=settings.token.reveal(),
                api_url=settings.api_url,
                webhook_url=settings.webhook_url,
                webhook_host=host,
                webhook_port=int(port),
                webhook_secret=settings.webhook_secret.reveal(),
            ),
            built.service,
            built.store,
            person_key=built.keyring.person_key,
            alarm=built.alarm,
        )
        ended = await channel.run()
    if ended.message:
        sys.stderr.write(ended.message + "\n")
    return ended.code
