"""Guidance to quote in any chat: passages alone, whole, with 999 above and their source below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.found import passage_text, title_of
from bot.core.looking import to_look_up
from bot.ports import Guidance

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Quote:
    """One passage: its id, its title, and the whole message."""

    id: str
    title: str
    text: str


class Quoting:
    """Looks words up in every area and the common passages. Knows nobody and keeps nothing."""

    def __init__(self, guidance: Guidance, catalogue: Catalogue) -> None:
        self._guidance = guidance
        self._catalogue = catalogue

    async def quotes(self, words: str) -> tuple[Quote, ...]:
        """At most five passages that answer these words, best first; none without words."""
        asked = to_look_up(words)
        if not asked:
            return ()
        catalogue = self._catalogue
        found = await self._guidance.look_up(asked)
        return tuple(
            Quote(one.id, title_of(catalogue, one), f"{HEADER}\n\n{passage_text(catalogue, one)}")
            for one in [answer.passage for answer in found.told[:MOST]]
        )
