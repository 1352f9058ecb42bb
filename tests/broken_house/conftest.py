from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Final

import pytest

from bot.adapters import codes
from bot.adapters.sqlite.opening import open_store
from bot.adapters.system import SystemClock
from bot.app import house
from bot.loading.load import load_catalogue
from bot.settings import Settings, Smtp
from tests.broken_house.faults import Running
from tests.broken_house.ways import WAYS, Way
from tests.fakes.codes import CHEAP
from tests.fakes.far_mailbox import FarMailbox

ONCE: Final = cache(load_catalogue)  # the content is read once for all houses


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.app.load_catalogue", ONCE)


@pytest.fixture
async def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Running]:
    """The real house, quick to see that a database is locked."""
    monkeypatch.setitem(open_store.__wrapped__.__kwdefaults__, "busy_ms", 20)  # type: ignore[attr-defined]
    monkeypatch.setattr(codes, "SlowCodes", partial(codes.SlowCodes, cost=CHEAP))
    (tmp_path / "certificates").mkdir()
    async with FarMailbox(tmp_path / "certificates") as mailbox:
        smtp = Smtp(host="127.0.0.1", port=mailbox.port, ca_file=str(mailbox.ca_file))
        settings = Settings(data_dir=tmp_path / "data", key_dir=tmp_path / "keys", smtp=smtp)
        async with house(settings) as built:
            one = Running(built, tmp_path, mailbox)
            real = SystemClock.now

            def now(clock: SystemClock) -> datetime:
                return real(clock) + one.ahead

            monkeypatch.setattr(SystemClock, "now", now)
            yield one


@pytest.fixture(params=WAYS)
async def way(running: Running, request: pytest.FixtureRequest) -> AsyncIterator[Way]:
    async with WAYS[request.param](running) as one:
        yield one
