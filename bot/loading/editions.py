"""Every edition of the content that a conversation may still be pinned to.

A session stays on the edition it began with, so a change of wording or order cannot re-route a
person half way; the safety texts, words and what is closed today always come from the newest.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bot.core.catalogue import Catalogue
from bot.core.routing import Mode, Unfit, always_fit, closed_routes
from bot.errors import ContentError
from bot.loading.load import load_from
from bot.ports import Clock

NEWEST = ("screens", "labels", "words", "mailboxes", "areas", "giveaways", "guidance")


def _unheard(_code: str) -> None:
    """Nobody is told."""


class KeptEditions:
    """Editions by content hash: the newest in memory, older ones in a folder of bundles. A folder
    that cannot be used is an alarm and no more.
    """

    def __init__(
        self,
        newest: Catalogue,
        files: Mapping[str, bytes],
        folder: Path,
        clock: Clock,
        unfit: Unfit = always_fit,
        alarm: Callable[[str], None] = _unheard,
    ) -> None:
        self.newest = newest
        self._folder = folder
        self._clock = clock
        self._unfit = unfit
        self._older = lru_cache(maxsize=8)(self._load)
        self._today: tuple[str, Mapping[str, tuple[str, ...]]] = ("", {})
        try:
            self._keep(files)
        except OSError:  # its conversations then go on with the newest, which 999 never waits for
            alarm("edition_not_kept")

    def find(self, edition: str) -> Catalogue:
        """That edition as it stands today; the newest when it is unknown or no longer kept."""
        known = self.newest
        if edition and edition != known.edition:
            known = self._older(edition) or known
        closed = self._closed()
        return known if known.closed == closed else replace(known, closed=closed)

    @property
    def today(self) -> str:
        """The day on which it was last looked which routes are closed, YYYY-MM-DD."""
        return self._today[0]

    def _closed(self) -> Mapping[str, tuple[str, ...]]:
        today = self._clock.now().date()
        if self._today[0] != today.isoformat():
            newest = self.newest
            mode = Mode.TRAINING if newest.training else Mode.LIVE
            shut = closed_routes(newest.routes, newest.mailboxes, mode, today, self._unfit)
            self._today = (today.isoformat(), shut)
            self.newest = replace(newest, closed=shut)
        return self._today[1]

    def _keep(self, files: Mapping[str, bytes]) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{self.newest.edition}.json"
        if not path.exists():
            texts = {name: base64.b64encode(raw).decode() for name, raw in files.items()}
            part = path.with_suffix(".part")
            try:
                part.write_text(json.dumps(texts), encoding="ascii")
                part.replace(path)
            finally:
                with suppress(OSError):
                    part.unlink(missing_ok=True)  # half written on a full disk

    def _load(self, edition: str) -> Catalogue | None:
        """An older edition, or None when its bundle is gone or no longer loads."""
        path = self._folder / f"{edition}.json"
        try:
            texts = json.loads(path.read_text(encoding="ascii"))
            files = {name: base64.b64decode(text) for name, text in texts.items()}
            old = load_from(files, training=self.newest.training)
        except (OSError, ValueError, ContentError):
            return None
        current = {name: getattr(self.newest, name) for name in NEWEST}
        here = self.newest
        return replace(old, draft_hours=here.draft_hours, channel=here.channel, **current)
