"""What the server knows: chats, messages, updates that wait, requests that came."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

_LOOK_SECONDS: Final = 0.01  # what changes inside the bot is looked for so often


class Refused(Exception):  # noqa: N818 - named for what is true
    """An error answer."""

    def __init__(
        self, status: int, description: str, parameters: dict[str, Any] | None = None
    ) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters or {}


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file as it came in a form."""

    name: str
    media_type: str
    content: bytes


@dataclass(slots=True)
class Message:
    id: int
    by_bot: bool
    text: str
    keyboard: list[list[dict[str, str]]] = field(default_factory=list)
    protected: bool = False
    silent: bool = False
    edits: int = 0
    kind: str = "text"
    file: Uploaded | None = None  # then `text` is its caption

    def public(self, chat: Chat) -> dict[str, Any]:
        """As the Bot API gives it."""
        sender = {"id": 1, "is_bot": True, "first_name": "Bot"} if self.by_bot else chat.user
        body: dict[str, Any] = {
            "message_id": self.id,
            "date": 1_700_000_000,
            "chat": chat.public,
            "from": sender,
            "caption" if self.file else "text": self.text,
        }
        if self.file:
            body[self.kind] = _given_back(self.kind, self.file)
        if self.protected:
            body["has_protected_content"] = True
        if self.keyboard:
            body["reply_markup"] = {"inline_keyboard": self.keyboard}
        return body


def _given_back(kind: str, file: Uploaded) -> Any:
    """How the Bot API names a file it took: never its bytes."""
    one = {"file_id": "f", "file_unique_id": "u", "file_size": len(file.content)}
    if kind == "photo":
        return [{**one, "width": 90, "height": 90}]
    return {**one, "file_name": file.name, "mime_type": file.media_type}


@dataclass(slots=True)
class Chat:
    id: int
    kind: str = "private"
    name: str = "Some"
    blocked: bool = False
    gone: bool = False
    left: bool = False
    undeletable: set[int] = field(default_factory=set)
    last: int = 100
    shown: int = 0  # messages sent or edited by the bot
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def public(self) -> dict[str, Any]:
        names = {"first_name": self.name, "username": f"user_{self.name}"}
        return {"id": self.id, "type": self.kind, **names}

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": "en"}

    def add(self, message: Message) -> Message:
        """Give a message its number and keep it."""
        self.last += 1
        message.id = self.last
        self.messages[message.id] = message
        return message


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    params: dict[str, Any]


@dataclass(slots=True)
class Fault:
    """What to do to requests of `method` (of `chat`, if one is named), `times` times.

    `how`: refuse, drop (cut the connection), garbage (200, not JSON), hold (until `held` is set),
    swallow (do it, then cut the connection).
    """

    method: str
    how: str = "refuse"
    status: int = 500
    description: str = "Internal Server Error"
    parameters: dict[str, Any] = field(default_factory=dict)
    times: int = 1
    chat: int = 0
    held: asyncio.Event = field(default_factory=asyncio.Event)


class World:
    """All state of one server. `changed` lets tests wait without sleeping."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.requests: deque[Request] = deque(maxlen=200_000)
        self.waiting: deque[tuple[int, bytes | dict[str, Any]]] = deque()
        self.confirmed: deque[int] = deque(maxlen=200_000)
        self.callbacks: dict[str, int] = {}
        self.files: dict[str, bytes] = {}  # what people sent, by file id
        self.answered: set[str] = set()
        self.inline: set[str] = set()
        self.inline_answers: dict[str, dict[str, Any]] = {}
        self.faults: list[Fault] = []
        self.webhook: dict[str, Any] = {}
        self.commands: list[dict[str, str]] = []
        self.next_update = 1_000
        self.arrived = asyncio.Event()
        self.on_shown: Callable[[int], None] = lambda chat: None
        self._watchers: list[tuple[Callable[[], bool], asyncio.Future[None]]] = []

    def chat(self, number: int) -> Chat:
        """The chat the bot writes to."""
        chat = self.chats.get(number)
        if chat is None or chat.gone:
            raise Refused(400, "Bad Request: chat not found")
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return chat

    def push(self, body: dict[str, Any]) -> int:
        """An update for the bot; gives its number."""
        number = self.next_update
        self.next_update += 1
        self.push_raw(number, {"update_id": number, **body})
        return number

    def push_raw(self, number: int, body: bytes | dict[str, Any]) -> None:
        """An update exactly as given: for what no real server should send."""
        self.waiting.append((number, body))
        self.arrived.set()

    def confirm(self, below: int) -> None:
        """The bot has asked for updates from `below` on."""
        while self.waiting and self.waiting[0][0] < below:
            self.confirmed.append(self.waiting.popleft()[0])
        if not self.waiting:
            self.arrived.clear()

    def shown(self, chat: Chat) -> None:
        """The bot changed what a person sees."""
        chat.shown += 1
        self.on_shown(chat.id)

    def fault(self, method: str, params: dict[str, Any]) -> Fault | None:
        """The fault this request meets, used up by one."""
        for fault in self.faults:
            if fault.method == method and fault.chat in {0, params.get("chat_id")}:
                fault.times -= 1
                if fault.times <= 0:
                    self.faults.remove(fault)
                return fault
        return None

    def changed(self) -> None:
        """Wake whoever waits for what is now true."""
        if self._watchers:
            done = [(test, future) for test, future in self._watchers if test()]
            for one in done:
                self._watchers.remove(one)
                if not one[1].done():
                    one[1].set_result(None)

    async def until(self, test: Callable[[], bool], seconds: float = 60.0) -> None:
        """Return once `test` is true; AssertionError when it stays false."""
        if test():
            return
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self._watchers.append((test, future))
        end = loop.time() + seconds
        while not future.done() and not test():
            if loop.time() > end:
                raise AssertionError("it did not come about")
            await asyncio.wait({future}, timeout=_LOOK_SECONDS)
