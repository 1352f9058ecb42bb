"""The rest of a pack, linked: areas, routes, words, screens, labels, phrases."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

from bot.core.catalogue import Area, Giveaway, Words, normal
from bot.core.routing import Due, How, Route
from bot.core.text import Template
from bot.loading.codes import Code
from bot.loading.content import Phrases
from bot.loading.faults import Faults
from bot.loading.files import COMMON, File, Files, holding, once
from bot.loading.links import link_of
from bot.loading.names import Names
from bot.loading.source import Written
from bot.loading.written_packs import (
    AcronymsFile,
    AreaFile,
    BlameFile,
    GiveawaysFile,
    RoutesFile,
    ScreensFile,
    WordsFile,
    WrittenArea,
    WrittenDue,
    WrittenPlaces,
    WrittenRoute,
)

T = TypeVar("T")
# Control and format characters, unassigned ones, halves of pairs, line and paragraph separators.
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


def _area(id_: str, area: WrittenArea) -> Area:
    door = str(area.front_door or "")
    return Area(id_, str(area.name), door, tuple(map(str, area.hand_over)), _places(area.places))


def _places(written: WrittenPlaces | None) -> dict[str, bool]:
    if written is None:
        return {}
    perhaps = {str(name): False for name in written.perhaps}
    return {str(name): True for name in written.here} | perhaps


def areas_in(files: Files, faults: Faults) -> dict[str, Area]:
    """The areas in the order their packs ask for."""
    found: list[tuple[int, Area]] = []
    for file, held in holding(files, AreaFile):
        area = held.area
        if area.id != file.area:
            message = f"This file lies in `{file.area}` and calls its area `{area.id}`."
            faults.add(area.id.place, Code.WRONG_PLACE, message)
        found.append((area.order, _area(file.area, area)))
    _areas_exist(files, {area.id for _, area in found}, faults)
    return {area.id: area for _, area in sorted(found, key=lambda pair: (pair[0], pair[1].id))}


def _front_doors_exist(files: Files, names: Names, faults: Faults) -> None:
    for _, held in holding(files, AreaFile):
        if door := held.area.front_door:
            names.visible(door, "route", names.routes, Code.UNKNOWN_ROUTE, faults)


def _areas_exist(files: Files, areas: set[str], faults: Faults) -> None:
    broken = {file.area for file in files if file.content is None}
    first: dict[str, File] = {}
    for file in files:
        first.setdefault(file.area, file)
    for area, file in first.items():
        if area not in areas | broken | {COMMON}:
            message = f"`{area}` needs rules/{area}/area.yaml, which says its name and order."
            faults.add(file.start, Code.UNKNOWN_AREA, message)


def routes_in(files: Files, names: Names, faults: Faults) -> dict[str, Route]:
    """Every route by id; an area whose front door is none of them is recorded."""
    _front_doors_exist(files, names, faults)
    found: dict[str, Route] = {}
    for file, held in holding(files, RoutesFile):
        for id_, written in held.routes.items():
            if written is not None and str(id_) not in found:
                found[str(id_)] = _route(file, id_, written, names, faults)
    return found


def _route(file: File, id_: Written, written: WrittenRoute, names: Names, faults: Faults) -> Route:
    for box in written.mailboxes:
        names.visible(box, "mailbox", names.mailboxes, Code.UNKNOWN_MAILBOX, faults)
    for dialog in written.takes:
        names.visible(dialog, "dialog", names.dialogs, Code.UNKNOWN_DIALOG, faults)
    how = How(str(written.how))
    needed = {"kind": written.kind, "mailboxes": written.mailboxes, "subject": written.subject}
    for name, value in needed.items():
        if how is How.MAIL and not value:
            faults.add(id_.place, Code.MISSING_KEY, f"The mail route `{id_}` needs `{name}`.")
    for letter in written.subject or "":
        if unicodedata.category(letter) in _UNSEEN:
            message = f"The subject of `{id_}` holds a line break or an invisible character."
            faults.add(
                written.subject.place if written.subject else id_.place, Code.ONE_LINE, message
            )
            break
    return Route(
        id=str(id_),
        area=file.area,
        name=written.name,
        how=how,
        clause=written.clause,
        kind=str(written.kind or ""),
        mailboxes=tuple(map(str, written.mailboxes)),
        subject=written.subject or "",
        forms=tuple(map(str, written.forms)),
        takes=tuple(map(str, written.takes)),
        anonymous=written.anonymous,
        due=_due(written.due) if written.due else None,
        after=written.after or "",
        phones=written.phones or "",
        note=written.note or "",
        link=link_of(written, names, faults),
    )


def _due(written: WrittenDue) -> Due:
    return Due(written.text, written.within_hours, written.by or "")


def words_in(files: Files, faults: Faults) -> Words:
    """What can be typed anywhere."""
    found = once(
        ((m, words) for _, held in holding(files, WordsFile) for m, words in held.words.items()),
        "meaning",
        faults,
    )
    return Words(
        {
            meaning: tuple(dict.fromkeys(_as_compared(word) for word in words))
            for meaning, (_, words) in found.items()
            if words is not None
        }
    )


def _as_compared(word: Written) -> Written:
    return Written(normal(word) or word, word.place)


def screens_in(files: Files, faults: Faults) -> dict[str, Template]:
    """The program's own texts."""
    found = once(_texts(files, "screens"), "screen", faults)
    return {id_: Template(text) for id_, (_, text) in found.items() if text is not None}


def labels_in(files: Files, faults: Faults) -> dict[str, str]:
    """The program's own button labels."""
    found = once(_texts(files, "labels"), "label", faults)
    return {id_: text for id_, (_, text) in found.items() if text is not None}


def _texts(files: Files, which: str) -> Iterator[tuple[Written, Written | None]]:
    for _, held in holding(files, ScreensFile):
        texts: Mapping[Written, Written | None] = getattr(held, which) or {}
        yield from texts.items()


def giveaways_in(files: Files) -> tuple[Giveaway, ...]:
    """What may give a writer away."""
    return tuple(
        Giveaway(str(id_), tuple(map(str, written.phrases)), written.why)
        for _, held in holding(files, GiveawaysFile)
        for id_, written in held.giveaways.items()
        if written is not None
    )


def acronyms_in(files: Files, faults: Faults) -> dict[str, str]:
    """Acronyms, and what each stands for."""
    found = once(
        (
            (a, words)
            for _, held in holding(files, AcronymsFile)
            for a, words in held.acronyms.items()
        ),
        "acronym",
        faults,
    )
    return {acronym: words for acronym, (_, words) in found.items() if words is not None}


def blame_in(files: Files) -> tuple[Phrases, ...]:
    """Words that blame a child."""
    return tuple(
        Phrases(str(id_), tuple(map(str, written.phrases)), written.why, written.instead or "")
        for _, held in holding(files, BlameFile)
        for id_, written in held.blame.items()
        if written is not None
    )
