"""The way from a worry to those who act, drawn from an area's rules: one picture for each table
that opens routes. Narrow and in large letters, so that it can be read on a phone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.core.catalogue import Catalogue
from bot.core.emergency import HEADER
from bot.core.rules import Row, Table
from bot.loading.pictures.svg import LINE, document, folded, text_lines

ACTION: Final = "action"
ASSESS: Final = "assess"  # the rulebook of an area that the pathway is drawn from
PATHWAY: Final = "pathway"
_TITLES: Final = {True: "from a worry to those who act", False: "what else follows"}
# What to do with a route, by the outcome of its row; outcomes of other tables add to these.
_DOES: Final = {
    "emergency": "Call 999 first. Then at once:",
    "refer": "Refer to:",
    "discuss": "Talk to:",
    "intelligence": "Pass on to:",
}
_ALONE: Final = {"emergency": "Call 999 first.", "record": "Write it down and keep it on file."}
_FOOT: Final = "Drawn from this chat's rules. Your judgement may always raise what they say."
_WIDE: Final = 620.0
_SIZE: Final = 16.0
_LETTERS: Final = 74
_PAD: Final = 7.0
_DOWN: Final = 20.0  # an arrow from the reasons to where they lead
_BETWEEN: Final = 12.0


@dataclass(frozen=True, slots=True)
class Band:
    """Reasons that lead to the same place, and that place."""

    reasons: tuple[str, ...]
    leads_to: tuple[str, ...]


def pathways(area: str, catalogue: Catalogue) -> dict[str, str]:
    """The SVG of each picture by its name: `AREA_pathway`, and `AREA_pathway_TABLE` for tables
    after the first.
    """
    book = catalogue.rules[f"{area}/{ASSESS}"]
    found: dict[str, str] = {}
    for table in book.tables:
        bands = tuple(_bands(table, catalogue))
        if bands:
            first = table.id == ACTION
            name = f"{area}_pathway" if first else f"{area}_pathway_{table.id}"
            title = f"{catalogue.areas[area].name}: {_TITLES[first]}"
            found[name] = _drawn(title, bands, catalogue.acronyms)
    return found


def _bands(table: Table, catalogue: Catalogue) -> Iterator[Band]:
    """Rows that lead to the same place stand together, the strongest outcome first."""
    together: dict[tuple[str, tuple[str, ...]], list[Row]] = {}
    for row in table.rows:
        if row.routes or row.then in _ALONE:
            together.setdefault((row.then, row.routes), []).append(row)
    strength = {outcome: place for place, outcome in enumerate(table.scale)}
    told: dict[str, tuple[str, ...]] = {}
    for (then, routes), rows in sorted(
        together.items(), key=lambda one: (-strength[one[0][0]], len(one[0][1]))
    ):
        reasons = tuple(f"• {row.text}" for row in rows)
        above = told.get(then, ())
        if above and routes[: len(above)] == above:  # said already: only what comes on top
            leads_to = ("As above, and also:", *_routes(routes[len(above) :], catalogue))
        else:
            does = _DOES.get(then, "Tell as well:") if routes else _ALONE[then]
            leads_to = (does, *_routes(routes, catalogue))
        told[then] = routes
        yield Band(reasons, leads_to)


def _routes(routes: tuple[str, ...], catalogue: Catalogue) -> Iterator[str]:
    """Each route by its name, and by when."""
    for route in (catalogue.routes[name] for name in routes):
        yield f"• {route.name}" + (f". {route.due.text}" if route.due else "")


def _drawn(title: str, bands: tuple[Band, ...], acronyms: Mapping[str, str]) -> str:
    parts = [
        text_lines((HEADER,), (0.0, _SIZE), _SIZE + 2, bold=True, fill="#a50e0e"),
        text_lines((title,), (0.0, _SIZE * 3), _SIZE + 4, bold=True),
    ]
    top = _SIZE * 4.2
    for band in bands:
        box, top = _box(band.reasons, top, fill="#ffffff", bold=False)
        parts += [box, _arrow(top)]
        box, top = _box(band.leads_to, top + _DOWN, fill="#e6f4ea", bold=True)
        parts.append(box)
        top += _BETWEEN
    said = "\n".join(line for band in bands for line in (*band.reasons, *band.leads_to))
    used = (f"{short}: {long}." for short, long in acronyms.items() if short in said)
    below = folded(" ".join((_FOOT, *used)), _LETTERS + 8)
    parts.append(text_lines(below, (0.0, top + _SIZE), _SIZE - 2))
    return document(title, _WIDE, top + _SIZE * (1 + len(below) * LINE), parts)


def _box(said: tuple[str, ...], top: float, *, fill: str, bold: bool) -> tuple[str, float]:
    """A box with these lines, and where it ends."""
    lines = [line for one in said for line in folded(one, _LETTERS - (8 if bold else 0))]
    height = len(lines) * _SIZE * LINE + 2 * _PAD
    frame = (
        f'<rect x="0" y="{top:.1f}" width="{_WIDE:g}" height="{height:.1f}" rx="8" '
        f'fill="{fill}" stroke="#3c4043"/>'
    )
    words = text_lines(lines, (_PAD, top + _PAD + _SIZE), _SIZE, bold=bold)
    return frame + words, top + height


def _arrow(top: float) -> str:
    x, tip = _WIDE / 2, top + _DOWN
    head = f"M{x - 7:g} {tip - 11:.1f}L{x:g} {tip:.1f}L{x + 7:g} {tip - 11:.1f}Z"
    line = f"M{x:g} {top:.1f}V{tip - 10:.1f}"
    return f'<path d="{line}" stroke="#3c4043" stroke-width="2"/><path d="{head}" fill="#3c4043"/>'
