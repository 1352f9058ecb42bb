from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.kill.lives import ForkServer
from tests.kill.scene import Scene, scene_in


@pytest.fixture(scope="session")
def forks() -> Iterator[ForkServer]:
    one = ForkServer()
    yield one
    one.close()


@pytest.fixture
async def scene(forks: ForkServer, tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_in(tmp_path, forks) as one:
        yield one
