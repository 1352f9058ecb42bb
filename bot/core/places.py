"""Names of places typed where the area is asked. A name that lies in one area alone chooses it,
and is said back; where it only may lie in one, that is asked. The name itself is never kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from bot.core.acting import take
from bot.core.catalogue import Area
from bot.core.dialog import Ask
from bot.core.options import asked
from bot.core.reading import one_slip
from bot.core.session import Answer, Said
from bot.core.turning import Stand, Turn, again, show
from bot.core.walk import Walk

AREA: Final = "area"  # the fact
_LONGEST: Final = 40  # characters: longer words are more than where somebody lives
_SURE: Final = 6  # letters: a shorter name with a slip in it may be any other
_APART: Final = re.compile(r"[^a-z0-9]+")
_POSTCODE: Final = re.compile(r"([a-z]{1,2}[0-9]{1,2}[a-z]?)(?:[0-9][a-z]{2})?")


@dataclass(frozen=True, slots=True)
class Meant:
    """A place as the content spells it, the areas it may lie in, and whether it surely does."""

    place: str
    areas: tuple[Area, ...]
    sure: bool


def said(stand: Stand, walk: Walk, text: str) -> Turn | None:
    """The turn that a place's name makes where the area is asked; None in any other case."""
    step = asked(stand.session, walk).step
    if not isinstance(step, Ask) or step.fact.id != AREA:
        return None
    meant = understood(stand.catalogue.areas.values(), text)
    if meant is None:
        return None
    where = " or in ".join(area.name for area in meant.areas)
    note = "place_taken" if meant.sure else "place_perhaps"
    text = stand.catalogue.screens[note].fill({"place": meant.place, "area": where})
    answer = Answer(Said.VALUE, meant.areas[0].id)
    turn = take(stand, walk, answer) if meant.sure else again(stand)
    return replace(turn, reply=show(stand.catalogue, turn.session or stand.session, text))


def understood(areas: Iterable[Area], text: str) -> Meant | None:
    """What the words name: a place, or the district of a postcode, as a whole; else the longest
    name among them, or one with a slip in it, and of these nothing is sure.
    """
    if len(text) > _LONGEST:
        return None
    typed = _plain(text)
    known = [(area, name, sure) for area in areas for name, sure in area.places.items()]
    if whole := [(area, name, sure) for area, name, sure in known if _plain(name) == typed]:
        return _meant(whole, sure=all(sure for _, _, sure in whole))
    among = [one for one in known if f" {_plain(one[1])} " in f" {typed} "]
    longest = max((len(name) for _, name, _ in among), default=0)
    if longest:
        return _meant([one for one in among if len(one[1]) == longest], sure=False)
    near = [one for one in known if len(typed) >= _SURE and one_slip(typed, _plain(one[1]))]
    return _meant(near, sure=False) if near else None


def _meant(found: list[tuple[Area, str, bool]], *, sure: bool) -> Meant:
    areas = tuple({area.id: area for area, _, _ in found}.values())
    return Meant(found[0][1], areas, sure and len(areas) == 1)


def _plain(text: str) -> str:
    """Small letters and digits, one space between words; of a postcode the district alone."""
    words = _APART.sub(" ", text.casefold()).strip().removeprefix("in ")
    district = _POSTCODE.fullmatch(words.replace(" ", ""))
    return district[1] if district else words
