"""Few words typed at the answer of a look-up, or at a code: which of its buttons they name, and
whether they were meant for the question beneath instead.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.answers import Moment, Rejected, clean, read_typed
from bot.core.catalogue import normal
from bot.core.dialog import Ask, End, Tick
from bot.core.facts import WRITTEN
from bot.core.looking import QUESTION, tells
from bot.core.options import asked
from bot.core.session import ANSWERED, Overlay
from bot.core.turning import Stand

_WORDS: Final = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "one",
    "two",
    "three",
    "four",
    "five",
)
_HALF: Final = len(_WORDS) // 2
_PLACE: Final = re.compile(
    r"(?:the |number |option |button |answer |n[or]\.? ?(?=\d))*"
    rf"(?:#?(\d{{1,3}})(?:st|nd|rd|th)?|({'|'.join(_WORDS)}))(?: (?:one|please))*"
)
_NEXT: Final = re.compile(
    r"(?:no |not that |see |show me |the )*(?:next|others?|another|more|something else|not that"
    r"|wrong)(?: (?:one|two|answer|passage|please))*"
)
# Nothing else may lead away from a code: "not saved it" does not.
_NOTED: Final = re.compile(
    r"(?:(?:yes|ok|okay),? )?(?:(?:i|ive) )?(?:have )?"
    r"(?:saved|noted|written|wrote|copied) (?:(?:it|that|this)(?: down)?|down)"
)


def noted_down(text: str) -> bool:
    """Whether few words say that a code was noted, such as "saved it" or "I wrote it down"."""
    return _NOTED.fullmatch(normal(text).replace("'", "").replace("’", "")) is not None


def place_in(text: str) -> int:
    """The place that few words name, such as "the second" or "number 2"; 0 where they name none.
    "2?" is a sign on a tick screen, and no place.
    """
    found = None if text.rstrip().endswith("?") else _PLACE.fullmatch(normal(text))
    if found is None:
        return 0
    return int(found[1]) if found[1] else _WORDS.index(found[2]) % _HALF + 1


def wants_next(text: str) -> bool:
    """Whether few words ask for the next of the passages that were found."""
    return _NEXT.fullmatch(normal(text)) is not None


def meant_beneath(stand: Stand, text: str) -> bool:
    """Whether words typed where some are looked up were meant for what lies beneath: they are too
    long for a question, or an answer that nobody would look up (a number, a day, signs), or they
    tell of somebody while an answer is on the screen.
    """
    session = stand.session
    if len(clean(text)) > QUESTION:
        return True
    walk = stand.walk(session)
    step = asked(session, walk).step
    if session.under is not Overlay.NONE or isinstance(step, End):
        return False
    if session.overlay in ANSWERED and tells(stand.catalogue, text):
        return True
    if not isinstance(step, Tick) and (not isinstance(step, Ask) or step.choices):
        return False
    if isinstance(step, Ask) and step.fact.type in WRITTEN:
        return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))
    at = Moment(stand.now.date(), session.marks)
    return not isinstance(read_typed(step, text, "", at), Rejected)
