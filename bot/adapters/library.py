"""The guidance as the chat asks it: one index, made when somebody first looks something up, on a
thread of its own, so that neither the start nor anybody's 999 waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from bot.adapters.search import Search
from bot.core.catalogue import Catalogue
from bot.core.guidance import Found, Questions


class Library:
    """`ports.Guidance` over one edition. `questions` reads what people ask, once and not before
    it is needed. `alarm` gets a code when nothing can be looked up.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        questions: Callable[[], Questions],
        alarm: Callable[[str], None],
    ) -> None:
        self._catalogue = catalogue
        self._questions = questions
        self._alarm = alarm
        self._search: Search | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="library")

    def close(self) -> None:
        """End the thread; a look-up on its way is finished first."""
        self._thread.shutdown()

    async def look_up(self, query: str, area: str = "") -> Found:
        """What is found; nothing, and an alarm, when looking up itself fails."""
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._thread, self._find, query, area)
        except Exception:  # noqa: BLE001 - whatever it is, a person is offered instead
            self._alarm("guidance_unavailable")
            return Found()

    def _find(self, query: str, area: str) -> Found:
        if self._search is None:
            self._search = Search(self._catalogue.guidance.values(), self._questions())
        return self._search.look_up(query, area)
