"""A person with Telegram in their hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.botapi.server import BotApi
from tests.botapi.world import Chat, Message


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as the person sees it."""

    text: str
    buttons: tuple[str, ...]
    id: int
    protected: bool


class Person:
    """`say`, `press` and the others wait for the bot's answer; `post...` do not wait."""

    def __init__(self, api: BotApi, number: int = 5_000_001, name: str = "Some") -> None:
        self._api = api
        self._world = api.world
        self.chat = self._world.chats.setdefault(number, Chat(number, name=name))

    # ---- what they do ----

    async def start(self, payload: str = "") -> Seen:
        return await self.say(f"/start {payload}".strip())

    async def say(self, text: str) -> Seen:
        return await self._answered(self.chat.shown, self.post(text))

    async def press(self, label: str) -> Seen:
        return await self._answered(self.chat.shown, self.post_press(label))

    async def photo(self, caption: str = "") -> Seen:
        return await self._answered(self.chat.shown, self.post_media("photo", caption=caption))

    def post(self, text: str, **more: Any) -> int:
        """Send words without waiting; gives the update's number."""
        message = self.chat.add(Message(0, by_bot=False, text=text))
        return self._world.push({"message": {**message.public(self.chat), **more}})

    async def ask_inline(self, query: str) -> list[dict[str, Any]]:
        """Type the bot's name and these words in another chat; the results it offers."""
        id_ = self.post_inline(query)
        await self._world.until(lambda: id_ in self._world.inline_answers)
        results: list[dict[str, Any]] = self._world.inline_answers[id_]["results"]
        return results

    def post_inline(self, query: str) -> str:
        """The same without waiting; gives the query's id."""
        id_ = f"{self.chat.id}{self._world.next_update}"
        self._world.inline.add(id_)
        asked = {"id": id_, "from": self.chat.user, "query": query, "offset": ""}
        self._world.push({"inline_query": {**asked, "chat_type": "group"}})
        return id_

    def post_press(self, label: str, message: int = 0) -> int:
        """Press a button, on the newest message that has it unless one is named."""
        pressed, data = self._find(label, message)
        return self.post_callback(pressed, data)

    def post_callback(self, pressed: Message, data: str) -> int:
        query = f"{self.chat.id}-{self._world.next_update}"
        self._world.callbacks[query] = self.chat.id
        return self._world.push(
            {
                "callback_query": {
                    "id": query,
                    "from": self.chat.user,
                    "chat_instance": "1",
                    "data": data,
                    "message": pressed.public(self.chat),
                }
            }
        )

    def post_media(self, kind: str, content: Any = None, **more: Any) -> int:
        """Send a photo, voice, location ... without waiting."""
        message = self.chat.add(Message(0, by_bot=False, text="", kind=kind))
        body = message.public(self.chat)
        del body["text"]
        body[kind] = content if content is not None else [{"file_id": "f", "file_unique_id": "u"}]
        return self._world.push({"message": {**body, **more}})

    async def document(self, name: str, content: bytes, **more: Any) -> Seen:
        return await self._answered(self.chat.shown, self.post_document(name, content, **more))

    def post_document(self, name: str, content: bytes, **more: Any) -> int:
        """Send a file without waiting; `more` takes the place of what Telegram says of it."""
        file = f"file-{self._world.next_update}"
        self._world.files[file] = content
        told: dict[str, Any] = {"file_id": file, "file_unique_id": "u", "file_name": name}
        told |= {"mime_type": "application/json", "file_size": len(content), **more}
        return self.post_media("document", told)

    def block(self) -> int:
        """Stop the bot, as Telegram's own menu does."""
        self.chat.blocked = True
        return self.membership("kicked")

    def membership(self, status: str) -> int:
        return self._world.push(
            {
                "my_chat_member": {
                    "chat": self.chat.public,
                    "from": self.chat.user,
                    "date": 1_700_000_000,
                    "old_chat_member": {"status": "member", "user": {"id": 1}},
                    "new_chat_member": {"status": status, "user": {"id": 1}},
                }
            }
        )

    # ---- what they see ----

    @property
    def messages(self) -> list[Message]:
        """Everything in the chat, oldest first."""
        return [self.chat.messages[number] for number in sorted(self.chat.messages)]

    @property
    def chat_texts(self) -> list[str]:
        """Every text in the chat, oldest first."""
        return [message.text for message in self.messages]

    @property
    def bot_texts(self) -> list[str]:
        return [message.text for message in self.messages if message.by_bot]

    @property
    def files(self) -> list[Message]:
        """Every file of the bot's in the chat, oldest first."""
        return [message for message in self.messages if message.by_bot and message.file]

    @property
    def screen(self) -> Seen:
        """The bot's newest message that is no file."""
        last = [message for message in self.messages if message.by_bot and not message.file][-1]
        labels = tuple(key["text"] for row in last.keyboard for key in row)
        return Seen(last.text, labels, last.id, last.protected)

    async def sees(self, text: str) -> Seen:
        """Wait until some message of the bot holds this text."""
        await self._world.until(lambda: any(text in t for t in self.bot_texts))
        return self.screen

    # ----

    async def _answered(self, before: int, update: int) -> Seen:
        await self._world.until(
            lambda: self.chat.shown > before and update in self._world.confirmed
        )
        return self.screen

    def _find(self, label: str, number: int) -> tuple[Message, str]:
        for message in reversed(self.messages):
            if number in {0, message.id}:
                for row in message.keyboard:
                    for key in row:
                        if key["text"] == label:
                            return message, key["callback_data"]
        raise AssertionError(f"no button {label}")
