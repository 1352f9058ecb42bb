"""The places at which a process is killed: wrapped around the ports, in the tests alone.

Each name is `PORT.before` or `PORT.after`; `REGISTRY` lists them, and a test walks every one.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final

from bot.adapters.keyring import Keyring
from bot.adapters.smtp import SmtpMailer
from bot.adapters.sqlite import SqliteStore
from bot.adapters.sqlite.lane import Committer
from bot.channels.telegram.request import AiohttpRequest

STORE: Final = {  # port -> method of the store
    "commit": "commit",
    "take_in": "take_in",
    "resume": "waiting_inputs",
    "claim": "claim",
    "delivered": "delivered",
    "pass_on": "pass_on",
    "came_back": "came_back",
    "later": "later",
    "parked": "parked",
    "lapse": "lapse",
    "erase": "erase_delivered",
    "errand_kept": "keep_errands",
    "errand_due": "due_errands",
    "errand_done": "errand_done",
    "errand_later": "errand_later",
    "errands_forgotten": "forget_errands",
}
CALLS: Final = {  # method of the Bot API -> port
    "sendMessage": "reply",
    "editMessageText": "reply",
    "deleteMessages": "clear",
    "getUpdates": "confirm",
}
REGISTRY: Final = frozenset(
    f"{port}.{when}"
    for port in (*STORE, *CALLS.values(), "mail", "rotate", "file")
    for when in ("before", "after")
) | {"disk.after"}


class Points:
    """`armed` is where this process ends; `passed` hears of every point."""

    def __init__(self, armed: str, passed: Callable[[str], None]) -> None:
        self.armed = armed
        self._passed = passed

    def reach(self, name: str) -> None:
        assert name in REGISTRY
        if name == self.armed:
            os.kill(os.getpid(), signal.SIGKILL)
        self._passed(name)

    def wrap(self) -> None:
        """Put every point around its port. For a process of its own: nothing is put back."""
        for port, method in STORE.items():
            self._around(SqliteStore, method, lambda *_, port=port: port)
        self._around(SmtpMailer, "send", lambda *_: "mail")
        self._around(AiohttpRequest, "call", self._call)
        self._around(AiohttpRequest, "send_file", lambda *_: "file")
        self._sync(Keyring, "rotate", "rotate")
        self._on_the_disk()

    def _call(self, _: object, method: str, params: dict[str, Any], *__: object) -> str:
        """Reading without an offset confirms nothing; that it reads is told all the same."""
        if method == "getUpdates" and params["timeout"]:
            self._passed("reading")
        return "" if method == "getUpdates" and "offset" not in params else CALLS.get(method, "")

    def _around(self, owner: type, method: str, port_of: Callable[..., str]) -> None:
        real: Callable[..., Awaitable[Any]] = getattr(owner, method)

        @wraps(real)
        async def wrapped(*given: Any, **named: Any) -> Any:
            port = port_of(*given)
            if port:
                self.reach(f"{port}.before")
            result = await real(*given, **named)
            if port:
                self.reach(f"{port}.after")
            return result

        setattr(owner, method, wrapped)

    def _sync(self, owner: type, method: str, port: str) -> None:
        real: Callable[..., Any] = getattr(owner, method)

        @wraps(real)
        def wrapped(*given: Any, **named: Any) -> Any:
            self.reach(f"{port}.before")
            result = real(*given, **named)
            self.reach(f"{port}.after")
            return result

        setattr(owner, method, wrapped)

    def _on_the_disk(self) -> None:
        """The COMMIT has happened and nobody has heard of it: on the writer's own thread."""
        real = Committer.__call__

        def wrapped(committer: Committer, con: Any, batch: Any) -> Any:
            outcomes = real(committer, con, batch)
            if self.armed == "disk.after":
                self.reach("disk.after")
            return outcomes

        Committer.__call__ = wrapped  # type: ignore[method-assign,assignment]
