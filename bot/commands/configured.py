"""The settings of a command, read together with the content that they name."""

from __future__ import annotations

from collections.abc import Mapping

from bot.app import unmet
from bot.commands import env_file
from bot.settings import Settings, from_environment


def configured(environment: Mapping[str, str]) -> Settings:
    """Settings from the environment over .env. Raises SettingsError with every problem, also of
    areas and mailboxes that are not in the content.
    """
    return from_environment(environment, env_file(), unmet)
