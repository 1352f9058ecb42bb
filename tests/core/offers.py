"""The little content with a note that offers files, once it is known where a report goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.deadlines import Monthly
from bot.core.dialog import Decide, Tell
from bot.core.gifts import Dates, Documents, Offer, Picture
from bot.core.text import Template
from tests.core.chat import Chat
from tests.core.little import ENTRY, catalogue
from tests.core.writing import dialog, to

PAPERS, DATES, WAY = Documents(), Dates(("panel", "report")), Picture("north/entry")
PANEL: Final = Monthly(id="panel", area="north", what="Panel", clause="4", nth=1, weekday=3)
REPORT: Final = Monthly(id="report", area="north", what="Report", clause="5", nth=3, weekday=3)


def told(*offers: Offer) -> Tell:
    """A note with these offers, before the review."""
    return Tell(id="note", text=Template("Note."), button="Go on", gives=offers, next=to("review"))


def with_note(*offers: Offer, closed: tuple[str, ...] = ()) -> Catalogue:
    """The content."""
    steps = (
        replace(step, next=to("note")) if isinstance(step, Decide) else step
        for step in ENTRY.steps.values()
    )
    content = catalogue(dialog("north/entry", *steps, told(*offers)), closed=closed)
    return replace(content, deadlines={"panel": PANEL, "report": REPORT})


def at_note(content: Catalogue, role: str = "Professional", child: str = "Yes") -> Chat:
    """Somebody who stands at the note."""
    chat = Chat(content).start().press("No", "North", role, child)
    if child == "Yes":
        chat.say("Sam", "14")
    chat.say("vodka", "skip", "none", "No more", "AB1", "yes")
    assert "Note." in chat.text
    return chat
