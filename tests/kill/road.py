"""A whole report on Telegram, turn by turn, and what a person has seen of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tests.botapi.person import Person
from tests.botapi.server import BotApi

WHAT: Final = "The corner shop sells vodka to children in school uniform"
WHERE: Final = "The off-licence on the parade in Birkenhead"
CODE: Final = re.compile(r"\b[0-9A-Z]{6}-[0-9A-Z]{6}-[0-9A-Z]{6}\b")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing the person does, and a text that the answer to it shows."""

    sees: str
    press: str = ""
    say: str = ""


BEGIN: Final = Act("Is a child in danger right now?", say="/start")
ROAD: Final = (
    BEGIN,
    Act("Where does the child live?", press="No"),
    Act("Which of these fits you best?", press="Wirral"),
    Act("Who reads it?", press="I want to pass on information"),
    Act("You do not need proof.", press="Carry on"),
    Act("Do you work with children?", press="Carry on"),
    Act("Could what you know point to one", press="No"),
    Act("What have you seen", press="No"),
    Act("Where does it happen?", say=WHAT),
    Act("When does it happen", say=WHERE),
    Act("tell us about any of the adults", say="skip"),
    Act("Is there a car", press="No"),
    Act("names online", press="No"),
    Act("phone numbers they use", say="skip"),
    Act("How do you know?", say="skip"),
    Act("Is it still going on?", press="I saw or heard it myself"),
    Act("police act on", press="Yes"),
    Act("Please check what you have written", press="No"),
    Act("This is your code", press="Send it"),
    Act("Your report is saved.", press="I have saved it"),
)
MOMENTS: Final = {
    "begin": ROAD.index(BEGIN),
    "words": 8,
    "press": 11,
    "send": 18,
    "saved": 19,
}


class Reporter:
    """A person who remembers every code they were ever shown."""

    def __init__(self, api: BotApi, number: int = 5_000_001) -> None:
        self.person = Person(api, number)
        self.codes: set[str] = set()
        api.world.on_shown = lambda _: self.look()
        self._api = api

    def look(self) -> None:
        for text in self.person.bot_texts:
            self.codes.update(CODE.findall(text))

    async def act(self, act: Act) -> None:
        """Do it, and see the answer."""
        if act.press:
            await self.person.press(act.press)
        else:
            await self.person.say(act.say)
        await self.sees(act.sees)

    async def walk(self, acts: Sequence[Act]) -> None:
        for act in acts:
            await self.act(act)

    def begin(self, act: Act) -> int:
        """Do it and wait for nothing; gives the update."""
        return self.person.post_press(act.press) if act.press else self.person.post(act.say)

    async def sees(self, text: str) -> None:
        """Wait until the newest message of the bot shows this."""
        person = self.person
        try:
            await self._api.world.until(
                lambda: bool(person.bot_texts) and text in person.bot_texts[-1]
            )
        except AssertionError:
            raise AssertionError(f"not “{text}” but {person.chat_texts[-3:]}") from None
