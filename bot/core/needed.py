"""What cannot be left out: a reason, who was consulted, who has approved.

Wirral, Sex Offences and Case Studies; Newham, 3.4.
"""

from __future__ import annotations

from typing import Final

from bot.core.catalogue import normal
from bot.core.dialog import Ask
from bot.core.facts import WRITTEN, FactType

LEAST: Final = 2  # letters and digits
NOTHING: Final = frozenset({"n/a", "na", "n.a", "not applicable", "nil", "tbc", "not yet"})
NOBODY: Final = frozenset(
    {
        *("nobody", "no one", "noone", "no body", "nobody yet", "no one yet", "none yet"),
        *("nothing", "unknown", "me", "myself", "i", "i did", "just me", "only me", "self"),
        *("by myself", "on my own", "alone", "no manager", "no senior manager"),
    }
)


def leaves_out(step: Ask, words: str, sense: str) -> bool:
    """Whether this says nothing where something must be said: no "skip", "no", "n/a" or single
    letter, by words or by their global `sense`. A short text is asked for somebody else's name or
    for a number: that is not "nobody", nor "me". A long one may say so.
    """
    if step.fact.type not in WRITTEN or step.skip or step.unsure:
        return False
    said = normal(words).replace("-", " ")
    if said in NOTHING or (said in NOBODY and step.fact.type is FactType.SHORT_TEXT):
        return True
    return bool(sense) or sum(map(str.isalnum, words)) < LEAST
