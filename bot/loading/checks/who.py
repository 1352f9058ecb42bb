"""On an anonymous way nobody is asked who they are. How to be called back may be asked, as a fact
of its own that people can leave out.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.dialog import Ask, Manner
from bot.loading.checks.flow import Flow
from bot.loading.checks.texts_of import place_of
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place

REACH: Final = frozenset({"contact", "callback"})  # the facts that say how to reach somebody
_WHO: Final = re.compile(
    r"\b(?:who are you|what are you called|your (?:own )?(?:"
    r"(?:(?:full|first|last|family|real) )?name"
    r"|(?:(?:home|work|email|postal) )?address"
    r"|(?:(?:home|work|mobile) )?(?:tele)?phone"
    r"|mobile|(?:(?:phone|mobile) )?number|email|postcode|date of birth))\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]?")
_LEAVE_OUT: Final = re.compile(
    r"\b(?:leave|do not|don['’]t|need not|without)\b.*[^?]$", re.IGNORECASE
)


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every question of the dialogs whose manner is anonymous."""
    del flow
    for dialog in content.catalogue.dialogs.values():
        if dialog.manner is not Manner.ANONYMOUS:
            continue
        for step in dialog.steps.values():
            if not isinstance(step, Ask) or (step.fact.id in REACH and step.skip):
                continue
            text = step.text.source
            if asked := _asked(text):
                message = (
                    f"`{dialog.id}` is anonymous and asks for “{asked}”. Do not ask it, or ask "
                    "for `contact` or `callback`, with `skip`."
                )
                faults.add(place_of(text, Place(dialog.file, step.line)), Code.ASKS_WHO, message)


def _asked(text: str) -> str:
    """What of the person a text asks for; nothing where it says to leave it out."""
    for sentence in _SENTENCE.findall(" ".join(text.split())):
        if (asked := _WHO.search(sentence)) and not _LEAVE_OUT.search(sentence):
            return str(asked[0])
    return ""
