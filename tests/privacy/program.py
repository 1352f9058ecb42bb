"""`python -m tests.privacy.program [LEAK]`: the real program, listened to as closely as can be.

Every logger that is not cut off prints at DEBUG. Words that hold `FAULT` break the turn with an
exception that repeats them. With LEAK, one place leaks on purpose (leaks.py).
"""

from __future__ import annotations

import logging
import sys
from typing import Any, Final

from bot.commands import main
from bot.core.turn import Say
from bot.service import limits
from bot.service.turns import TurnService
from tests.privacy.leaks import LEAKS

FAULT: Final = "zqfaultqz"


def break_on_request() -> None:
    real = TurnService.take

    async def take(self: TurnService, person: Any, given: Any, **more: Any) -> Any:
        if isinstance(given, Say) and FAULT in given.text:
            raise RuntimeError(given.text)
        return await real(self, person, given, **more)

    TurnService.take = take  # type: ignore[method-assign]


if __name__ == "__main__":
    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
    limits.INPUTS = (4000, 60)  # type: ignore[misc]
    break_on_request()
    for leak in sys.argv[1:]:
        LEAKS[leak]()
    sys.exit(main(["run"]))
