from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.faults.house import House, house_in
from tests.kill.lives import ForkServer


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    one = ForkServer()
    yield one
    one.close()


@pytest.fixture
async def house(forks: ForkServer, tmp_path: Path) -> AsyncIterator[House]:
    """A house of its own, alive."""
    async with house_in(tmp_path, forks) as one:
        await one.start()
        yield one
