"""The conversations that are measured, as lists of ("say" or "press", words). Each stops before
the report is sent: sending costs a slow hash on purpose, and is no usual turn.
"""

from __future__ import annotations

from typing import Final

from bot.app import ROOT
from bot.channels.transcript import load_transcript

Lines = list[tuple[str, str]]

_SHIPPED: Final = load_transcript(ROOT / "demo" / "off_licence.yaml")
_START: Final[Lines] = [("say", "/start")]


def off_licence() -> Lines:
    """The shipped conversation, as it was recorded: words and buttons."""
    turns = _SHIPPED.turns
    end = next(number for number, turn in enumerate(turns) if turn.press == "Send it")
    return _START + [("press", t.press) if t.press else ("say", t.say) for t in turns[:end]]


def typed() -> Lines:
    """The same with every button's label typed: each turn is answered by one call."""
    return [("say", words) for _, words in off_licence()]


def pressed() -> Lines:
    """The same way with buttons alone: each turn but the first is answered by two calls."""
    to_the_questions = ("No", "Wirral", "I want to pass on information", "Carry on")
    questions = ("Carry on", "No", "No", *["Leave it out"] * 3, "No", "No", *["Leave it out"] * 5)
    return _START + [("press", label) for label in (*to_the_questions, *questions)]


def long(people: int = 4, vehicles: int = 4) -> Lines:
    """The same with several people and vehicles described in full: a long walk."""
    before = pressed()[:11]  # up to "Can you describe anybody?"
    person = [("press", "Yes"), *[("say", "Tall, dark coat, about thirty")] * 5]
    vehicle = [("press", "Yes"), *[("say", "White van, part plate AB12")] * 4]
    described = [*person * people, ("press", "No"), *vehicle * vehicles, ("press", "No")]
    return before + described + [("press", "Leave it out")] * 5
