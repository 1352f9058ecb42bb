"""People who carry a marker in everything that could name them, and answer with markers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

from tests.botapi.person import Person, Seen
from tests.botapi.server import BotApi
from tests.botapi.world import Chat

NAMES: Final = {
    "first_name": "zqfirstqz",
    "last_name": "zqlastqz",
    "username": "zquserqz",
    "language_code": "zqlanguageqz",
}
SKIPS: Final = {"Leave it out", "I don't know", "Back", "Look something up"}
CHOOSE: Final = {  # a part of the question, and the button for it; else the first that is there
    "In danger now? Call 999.\n\nIs a child": "No",
    "Is a child in danger right now?": "No",
    "Where does the child live?": "Wirral",
    "fits you best": "I want to pass on information",
    "Do you work with children?": "No",
    "Is there anybody else?": "No",
    "Is there another vehicle?": "No",
}
PREFER: Final = ("Yes", "Carry on", "Send it", "I have saved it", "I saw or heard it myself")


class NamedChat(Chat):
    """A chat whose every field that Telegram fills about a person holds a marker."""

    @property
    def public(self) -> dict[str, Any]:
        return {"id": self.id, "type": self.kind, "bio": "zqbioqz", **NAMES}

    @property
    def user(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, **NAMES}


@dataclass(slots=True)
class Giver:
    """Somebody who walks the whole way; `typed` is every marker they wrote, by its question."""

    person: Person
    typed: dict[str, str] = field(default_factory=dict)
    choose: dict[str, str] = field(default_factory=dict)  # as CHOOSE, and before it

    async def walk_to(self, end: str, last: str = "") -> Seen:
        """Answer every question, each text with a marker of its own, until `end` is shown; or
        until the question `last` has been answered.
        """
        seen = self.person.screen
        for _ in range(90):
            if end in seen.text:
                return seen
            seen = await self._answer(seen)
            if last and any(last in marker for marker in self.typed):
                return seen
        raise AssertionError(end)

    async def _answer(self, seen: Seen) -> Seen:
        if "How old is the child" in seen.text:
            return await self.person.say("14")
        if not set(seen.buttons) - SKIPS:
            marker = f"zq{self.person.chat.id % 97}answer{len(self.typed)}qz"
            question = seen.text.split("\n\n")[-2 if seen.text.count("\n\n") > 2 else -1]
            self.typed[marker] = question
            return await self.person.say(f"Words with {marker} in them")
        return await self.person.press(self._choice(seen))

    def _choice(self, seen: Seen) -> str:
        for part, label in (*self.choose.items(), *CHOOSE.items()):
            if part in seen.text and label in seen.buttons:
                return label
        return next((label for label in PREFER if label in seen.buttons), seen.buttons[0])


def giver(api: BotApi, number: int) -> Giver:
    person = Person(api, number)
    person.chat = NamedChat(number)
    api.world.chats[number] = person.chat
    return Giver(person)
