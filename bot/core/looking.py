"""Looking something up in the middle of anything, and going on as if nothing had been asked.

The words looked up are in no session: only the passages found are, and only while they are shown.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core import danger
from bot.core.answers import clean
from bot.core.catalogue import Catalogue
from bot.core.found import OFFERED, area_of, is_young
from bot.core.session import MARK, Overlay, Session
from bot.core.tongue import other_tongue
from bot.core.turn import Find
from bot.core.turning import LASTING, Stand, Turn, again, cover, move

LONGEST: Final = 200  # characters that are looked up
STORY: Final = 60  # characters: longer words that ask nothing are somebody's story
QUESTION: Final = 100  # characters: and so are all that are longer than this
# A code not noted yet, and the question whether somebody is in danger, are never covered.
_STAYS: Final = frozenset({Overlay.CODE, Overlay.DANGER})
_ASKS: Final = re.compile(
    r"(?:wh(?:at|o|en|ere|y|ich)|how|can|could|do|does|did|is|are|should|must|may|will)\b.*|.*\?\s*",
    re.IGNORECASE | re.DOTALL,
)
# How somebody begins who tells of another person: that is no question about the guidance.
_TELLS: Final = re.compile(
    r"(?:(?:s?he|they|there)(?:['’]?(?:s|re|d|ll))?|(?:a|the|some) (?:girl|boy|child|man|lad|kid)"
    r"|some(?:one|body))\b.*",
    re.IGNORECASE | re.DOTALL,
)
# A question that stands within words which begin otherwise: "my friend is hurt what do i do".
_ASKS_WITHIN: Final = re.compile(
    r"\b(?:wh(?:at|o|en|ere|ich)|how|can|could|should|must|do|will) "
    r"(?:do |does |can |could |should |must |will |shall |to )?(?:i|we|you)\b",
    re.IGNORECASE,
)
# A question typed in the middle of a form. "When dad is drunk he hits" begins a story.
_ASKS_HERE: Final = re.compile(
    r"(?:(?:wh(?:at|o|en|ere|y|ich)|how)(?:['’]?s| (?:(?:long|many|much|often|old|soon) )?"
    r"(?:is|are|do|does|can|could|should|must|will|would))"
    r"|can|could|do|does|is|are|should|must) .*|\S+\s.*\?",
    re.IGNORECASE | re.DOTALL,
)
_UNSEEN: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff]")
_ANSWERS: Final = frozenset({"yes", "no", "unsure"})
_SAID: Final = _ANSWERS | {"hello", "skip", "none", "done", "carry_on"}


def query_in(text: str) -> str:
    """The words to look up in a message that begins with a question mark; empty in any other."""
    words = clean(text)
    query = words.lstrip(f"{MARK} \n") if words.startswith(MARK) else ""
    return query if any(map(str.isalnum, query)) else ""


def to_look_up(query: str) -> str:
    """As much of a question as is looked up, without characters that nobody sees."""
    return _UNSEEN.sub("", query).strip()[:LONGEST]


def only_mark(text: str) -> bool:
    """Whether a question mark came without words: somebody is puzzled, or wants to look up."""
    return clean(text).startswith(MARK) and not query_in(text)


def asks_something(catalogue: Catalogue, text: str) -> bool:
    """Whether words typed outside a conversation may be a question about the guidance: neither
    too long for one, nor a greeting, nor an attempt at the answer ("yes she is"), nor a sign of
    danger, after which the first question must be seen.
    """
    words, asked = catalogue.words, clean(text)
    longest = QUESTION if _ASKS.fullmatch(asked) else STORY
    if not any(map(str.isalpha, asked)) or len(asked) > longest:
        return False
    if _TELLS.fullmatch(asked) and not _ASKS.fullmatch(asked):
        return False
    begin = [words.meaning(" ".join(asked.split()[:n])) for n in (1, 2)]
    worry = catalogue.danger is not None and danger.find(asked, catalogue.danger)
    return not worry and words.meaning(asked) not in _SAID and _ANSWERS.isdisjoint(begin)


def asks_here(catalogue: Catalogue, text: str) -> bool:
    """Whether words that are no answer to a question of a form are plainly one themselves, and
    tell of no danger.
    """
    words = clean(text)
    asks = len(words) <= QUESTION and _ASKS_HERE.fullmatch(words) is not None
    return asks and not (catalogue.danger is not None and danger.find(words, catalogue.danger))


def tells(catalogue: Catalogue, text: str) -> bool:
    """Whether words tell what happens to somebody, and ask nothing."""
    words = clean(text)
    if _ASKS.fullmatch(words) or _ASKS_WITHIN.search(words):
        return False
    worry = catalogue.danger is not None and danger.find(words, catalogue.danger)
    return bool(worry) or _TELLS.fullmatch(words) is not None


def look_up(stand: Stand) -> Turn:
    """The screen that wants a few words."""
    if stand.session.overlay in _STAYS:
        first = "save_first" if stand.session.overlay is Overlay.CODE else "reject_choice"
        return again(stand, first)
    return cover(stand, Overlay.LOOK)


def find(stand: Stand, query: str) -> Turn:
    """Look these words up; where they are plainly not English, say so instead."""
    turn = look_up(stand)
    if stand.session.overlay in _STAYS:
        return turn
    if other_tongue(query):
        return again(stand, "english_only")
    walk = stand.walk(stand.session)
    area = area_of(stand.catalogue, stand.session, walk)
    young = is_young(stand.catalogue, stand.session, walk)
    return replace(turn, effects=(Find(to_look_up(query), area, young),))


def left(session: Session) -> Session:
    """The session back where the person was, for what they typed to be read there."""
    under, turn = session.under, session.turn + 1
    return replace(session, overlay=under, under=Overlay.NONE, found=(), turn=turn)


def next_one(stand: Stand) -> Turn:
    """The next of what was found; other words are asked for where there is no other, and where
    all that it may be was named already.
    """
    best, *others = stand.session.found[:OFFERED] or ("",)
    named = stand.session.overlay is Overlay.PERHAPS
    return move(stand, found=(*others, best)) if others and not named else look_up(stand)


def show_passage(stand: Stand, id_: str) -> Turn:
    """This passage, with those found before it on offer."""
    session = stand.session
    before = tuple(one for one in session.found if one != id_)
    under = session.overlay if session.overlay in LASTING else session.under
    return move(stand, overlay=Overlay.FOUND, under=under, found=(id_, *before)[:OFFERED])
