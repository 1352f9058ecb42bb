"""A monthly report over the little content: every kind of question, and last month's file."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Call, Check, Decide, End, Manner, Outcome, Repeat, Tell
from bot.core.facts import Fact, FactType
from bot.core.mail import submission_json
from bot.core.text import Template
from bot.core.turn import Document
from tests.core.chat import Chat
from tests.core.little import ADDING, ROUTES, RULES, START, catalogue
from tests.core.writing import ask, choice, dialog, route, row, text, to

NAME, STORY, DAY = text("name"), text("story", FactType.LONG_TEXT), text("day", FactType.DATE)
AGE = Fact("age", FactType.WHOLE_NUMBER, minimum=0, maximum=17, unsure=True)
DONE = choice("done")
LOOKS, PLATE = text("looks"), text("plate")
PEOPLE = Fact("people", FactType.LIST, item="north/someone", at_most=2)
LAST: Final = Tell(
    id="last",
    text=Template("Send last month's."),
    button="Without",
    brings="desk",
    next=to("name"),
)
REPORT = dialog(
    "north/report",
    LAST,
    ask(NAME, "age", skip="Skip"),
    ask(AGE, "day"),
    ask(DAY, "done", skip="Skip"),
    replace(ask(DONE, "story", skip="Skip"), id="done"),
    ask(STORY, "people", skip="Skip"),
    Repeat(
        id="people",
        fact=PEOPLE,
        dialog="north/someone",
        first=Template("Anyone?"),
        another=Template("Anyone else?"),
        yes="Yes, one",
        no="No more",
        next=to("over"),
    ),
    End(id="over", outcome=Outcome.RETURN),
    facts=(NAME, AGE, DAY, DONE, STORY, PEOPLE),
    manner=Manner.NAMED,
)
SOMEONE = dialog(
    "north/someone",
    ask(LOOKS, "plate"),
    ask(PLATE, "over", skip="Skip"),
    End(id="over", outcome=Outcome.RETURN),
    facts=(LOOKS, PLATE),
)
ENTRY = dialog(
    "north/entry",
    Call(id="report", dialog="north/report", next=to("result")),
    Decide(id="result", rules="north/rules", next=to("review")),
    Check(id="review", text=Template("Look."), ok="Send it", next=to("sent")),
    End(id="sent", outcome=Outcome.SEND, text=Template("Thanks.")),
)
ALWAYS = replace(
    RULES.tables[0], rows=(row("ANY", "record", "danger_now is no", routes=("desk",)),)
)


def content() -> Catalogue:
    """The content, whose only report goes to the desk."""
    rules = replace(RULES, tables=(ALWAYS,))
    desk = route("desk", "case_report", "north/report", anonymous=False)
    found = catalogue(START, ENTRY, REPORT, SOMEONE, rules=(rules, ADDING))
    return replace(found, routes={**ROUTES, "desk": replace(desk, area="north")})


def at_last(role: str = "Professional") -> Chat:
    """Somebody who is asked for last month's file."""
    return Chat(content()).start().press("No", "North", role)


def file() -> dict[str, Any]:
    """Last month's `submission.json`, as the program made it."""
    chat = at_last().press("Without")
    chat.say("Sam", "14", "20/11/2026", "yes", "vodka", "yes", "tall", "AB1", "yes", "short")
    chat.say("skip").press("Send it")
    (sent,) = chat.sent
    found: dict[str, Any] = json.loads(submission_json(sent, "R-1"))
    return found


def bring(chat: Chat, body: object) -> Chat:
    """Send a file: bytes as they are, anything else as JSON."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return chat.take(Document(content))
