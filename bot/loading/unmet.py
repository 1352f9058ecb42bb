"""What the settings name and the content does not have: areas, and mailboxes of BOT_MAILBOXES.

What cannot be told now (content that is broken or cannot be read) is told when it is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from bot.errors import Problem
from bot.loading.faults import Faults, in_order, near
from bot.loading.files import read_files
from bot.loading.load import bundle
from bot.loading.mailboxes import mailboxes_in, overridden

_HOLDS_MAILBOXES: Final = re.compile(rb"^mailboxes:", re.MULTILINE)


def unknown_areas(root: Path, wanted: Iterable[str]) -> tuple[Problem, ...]:
    """One problem for each area wanted that has no pack below `root`; what was written is not
    repeated. None when there is no pack at all.
    """
    known = sorted(path.parent.name for path in root.glob("rules/*/area.yaml"))
    there = f"there are {', '.join(known)}."
    return tuple(
        Problem("settings", 0, "BOT_AREAS", f"Area {n} is not one: {there}", near(area, known))
        for n, area in enumerate(wanted, 1)
        if known and area not in known
    )


def unfit_overrides(root: Path, areas: tuple[str, ...] | None, file: Path) -> tuple[Problem, ...]:
    """Every fault of the file that BOT_MAILBOXES names, laid over the packs of these areas."""
    sound, faults = Faults([]), Faults([])
    try:
        sources = bundle(root, areas)
    except OSError:
        return ()
    holding = {path: raw for path, raw in sources.items() if _HOLDS_MAILBOXES.search(raw)}
    packed = mailboxes_in(read_files(holding, sound))
    if sound.problems:
        return ()
    overridden(packed, file, faults)
    return in_order(faults.problems)
