"""Passages of guidance, linked."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.guidance import COMMON, Passage
from bot.loading.codes import Code
from bot.loading.faults import Faults
from bot.loading.files import File, Files, holding, once
from bot.loading.source import Written
from bot.loading.written_words import GuidanceFile, WrittenPassage


def passages_in(files: Files, faults: Faults) -> dict[str, Passage]:
    """Every passage by id, in the order of the files."""
    for file, held in holding(files, GuidanceFile):
        if held.guidance != file.id.replace("/guidance_", "/"):
            message = f"This file is rules/{file.id}.yaml and calls itself `{held.guidance}`."
            faults.add(held.guidance.place, Code.WRONG_PLACE, message)
    found = once(
        (
            (id_, (file, held, written))
            for file, held in holding(files, GuidanceFile)
            for id_, written in held.passages.items()
        ),
        "passage",
        faults,
    )
    areas = {id_: held[1][0].area for id_, held in found.items()}
    for id_, (_, (_, _, written)) in found.items():
        for see in written.see if written else ():
            _exists(see, id_, areas, faults)
    return {
        id_: _passage(id_, file, held, written)
        for id_, (_, (file, held, written)) in found.items()
        if written is not None
    }


def _exists(see: Written, id_: str, areas: Mapping[str, str], faults: Faults) -> None:
    """A passage that another one names: one of those read in the same area."""
    if see == id_ or see not in areas:
        message = "It names itself." if see == id_ else f"There is no passage `{see}`."
        allowed = () if see == id_ else tuple(areas)
        faults.add(see.place, Code.UNKNOWN_PASSAGE, message, written=see, allowed=allowed)
    elif areas[see] not in {areas[id_], COMMON}:
        message = f"The passage `{see}` belongs to {areas[see]}; {areas[id_]} cannot use it."
        faults.add(see.place, Code.NOT_VISIBLE, message)


def _passage(id_: str, file: File, held: GuidanceFile, written: WrittenPassage) -> Passage:
    return Passage(
        id=id_,
        area=file.area,
        title=written.title,
        text=written.text,
        source=str(written.source or held.source),
        clause=str(written.clause),
        also=tuple(map(str, written.also)),
        see=tuple(map(str, written.see)),
        printed=str(written.printed or ""),
        young=written.young,
    )
