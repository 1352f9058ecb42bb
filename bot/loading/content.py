"""A loaded edition and what only the checks ask of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.catalogue import Catalogue
from bot.loading.files import Files
from bot.loading.rulebook import LinkedBook


@dataclass(frozen=True, slots=True)
class Phrases:
    """Words that blame a child: why, and what to say instead."""

    id: str
    phrases: tuple[str, ...]
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class Content:
    """A catalogue, and what the checks know beyond it."""

    catalogue: Catalogue
    books: Mapping[str, LinkedBook]
    files: Files
    blame: tuple[Phrases, ...]
