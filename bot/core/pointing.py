"""Words that may point to one child, where the person said that what they know points to none:
then it is a referral (Wirral, Intelligence and Information Gathering). It asks once more at the
review; it never changes or blocks what a person wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.dialog import Ask, Check, Manner
from bot.core.facts import NO, WRITTEN, YES
from bot.core.saying import prefix_of, reviewable
from bot.core.session import Answer, Said, Session
from bot.core.shown import Option
from bot.core.told import kept
from bot.core.walk import Visit, Walk

_CHILD: Final = "child_identifiable"  # the fact: could it point to one child
_TOO: Final = "has_information"  # and what to do with what was told of places and people

_AGE: Final = r"""(?:[1-9]|1[0-7]|four|five|six|seven|eight|nine|ten|eleven|twelve
    |(?:thir|four|fif|six|seven)teen)"""
_ONE: Final = r"(?:girl|boy|lad|lass|child|kid|baby|teen|teenager|pupil|schoolgirl|schoolboy)"
_SCHOOL: Final = r"(?!(?:the|their|her|his|a|our|same)\b)(?:\w+\s){1,3}?(?:school|college|academy)"
_MANY: Final = r"(?!\s(?:girl|boy|lad|kid|pupil|student|teenager|child)(?:s|ren)\b)"
_NEXT: Final = r"(?=\s*(?:$|[.,;!?)]|(?:and|but|from|or|so)\b))"
_POINTERS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        # "aged 14", "14 year old", "14yo"; not "aged 14 to 16" or "14 year olds", who are many
        rf"\bage[ds]?\s(?:(?:about|around|only|just)\s)?{_AGE}\b(?!\s?(?:-|–|to|or|and)\s?\d)",
        rf"(?<![-–\d.:/])\b{_AGE}[\s-]?(?:(?:years?|yrs?)[\s-]?old|yo|y/o)\b{_MANY}",
        rf"\b\w+(?:['’]s|\sis|\swas)\s(?:(?:only|just|about)\s)?{_AGE}{_NEXT}",
        rf"\b{_ONE}\s(?:is\s|was\s)?(?:called|named)\s\w+",
        rf"\b(?:her|the\s{_ONE}(?:['’]s)?)\sname(?:\sis|['’]s|\swas)\s\w+",
        r"(?<!last\s)(?<!this\s)(?<!each\s)\b(?:year|yr)\s?(?:[7-9]|1[0-3])\b",
        rf"\b(?:go(?:es)?\sto|went\sto|attends|(?:pupil|student)\s(?:at|of))\s{_SCHOOL}\b",
    )
)


def one_child(walk: Walk) -> str:
    """The words at this review that may point to one child, for its note; empty where there are
    none, and where the person did not say that it points to none.
    """
    here = walk.here.step
    if not (isinstance(here, Check) and here.giveaway) or walk.facts.get(_CHILD) != NO:
        return ""
    found = dict.fromkeys(hit for visit in _told(walk) for hit in _hits(visit))
    return ", ".join(f"“{hit}”" for hit in found)


def child_options(catalogue: Catalogue, walk: Walk) -> list[Option]:
    """A button that brings it to children's services too, where the words may point to a child."""
    label = catalogue.labels["child_too"]
    return [Option("child_too", label)] if one_child(walk) else []


def child_too(session: Session, walk: Walk) -> Session:
    """The session as if it had been said to point to a child, and to more. What was told is kept
    for the police, and offered at the first question for words about the child.
    """
    words = "\n".join(str(visit.answer.value) for visit in _told(walk) if visit.answer)
    points = (visit.place for visit in walk.visits if _asks(visit.step, _CHILD))
    steps = walk.here.dialog.steps.values()
    also = (prefix_of(walk.here) + step.id for step in steps if _asks(step, _TOO))
    said = dict.fromkeys((*points, *also), Answer(Said.VALUE, YES))
    return replace(kept(session, words) or session, answers={**session.answers, **said})


def _asks(step: object, fact: str) -> bool:
    return isinstance(step, Ask) and step.fact.id == fact


def _told(walk: Walk) -> Iterator[Visit]:
    """The answers of this review in which such words stand."""
    for visit in reviewable(walk.visits, prefix_of(walk.here)):
        typed = isinstance(visit.step, Ask) and visit.step.fact.type in WRITTEN
        if typed and visit.dialog.manner is Manner.ANONYMOUS and _hits(visit):
            yield visit


def _hits(visit: Visit) -> list[str]:
    text = str(visit.answer.value) if visit.answer else ""
    return [found.group().strip() for one in _POINTERS for found in one.finditer(text)]
