"""A graph as SVG: text stays text, so that it can be read aloud, searched and enlarged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Final
from xml.sax.saxutils import escape

from bot.loading.pictures.graph import Arrow, Box, Graph, Shape
from bot.loading.pictures.layers import Key, Layout, Size, Spot, laid_out

FONT: Final = "Noto Sans, DejaVu Sans, Helvetica, Arial, sans-serif"
LETTER: Final = 0.6  # of its size: about the width of a letter, on the safe side
LINE: Final = 1.35
_SIZE: Final = 11.0
_LETTERS: Final = 30
_LABEL_LETTERS: Final = 24
_PAD: Final = 8.0
_MARGIN: Final = 16.0
_FILLS: Final = {
    Shape.ASKS: "#e8f0fe",
    Shape.TELLS: "#ffffff",
    Shape.CALLS: "#f1f3f4",
    Shape.DECIDES: "#fff4d6",
    Shape.ENDS: "#e6f4ea",
}


def svg(graph: Graph) -> str:
    """The picture, laid out from the top down."""
    layout = layout_of(graph)
    above = _SIZE * LINE * 2
    parts = [text_lines((graph.title,), (0.0, _SIZE), _SIZE + 2, bold=True)]
    parts += [f'<g transform="translate(0 {above:g})">', *_drawn(graph, layout), "</g>"]
    return document(graph.title, layout.width, layout.height + above, parts)


def layout_of(graph: Graph) -> Layout:
    """Where every box and every label stands, by the size of its text."""
    boxes = {box.id: _size(box.text, _LETTERS, _PAD) for box in graph.boxes}
    labels: dict[Key, Size] = {}
    for arrow, label in _labels(graph.arrows).items():
        labels[arrow] = _size(label, _LABEL_LETTERS, 2.0)
    return laid_out(boxes, [(a.start, a.end) for a in graph.arrows], labels)


def document(title: str, width: float, height: float, parts: Sequence[str]) -> str:
    """A whole SVG file around these parts, with a margin and a title for those who hear it."""
    wide, tall = width + 2 * _MARGIN, height + 2 * _MARGIN
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide:.0f}" height="{tall:.0f}" '
        f'viewBox="{-_MARGIN:g} {-_MARGIN:g} {wide:.0f} {tall:.0f}" role="img" '
        f'font-family="{FONT}">'
    )
    ground = f'<rect x="{-_MARGIN:g}" y="{-_MARGIN:g}" width="100%" height="100%" fill="#fff"/>'
    return "\n".join((head, f"<title>{escape(title)}</title>", ground, *parts, "</svg>")) + "\n"


def folded(text: str, letters: int) -> list[str]:
    """The lines of a text, none longer than so many letters."""
    return wrap(text, letters, break_long_words=True) or [""]


def text_lines(
    lines: Sequence[str],
    at: tuple[float, float],
    size: float,
    *,
    bold: bool = False,
    middle: bool = False,
    fill: str = "#202124",
) -> str:
    """Lines of text; `at` is where the first one's ground line begins, or has its middle."""
    x, y = at
    look = f'font-size="{size:g}" fill="{fill}"' + (' font-weight="bold"' if bold else "")
    look += ' text-anchor="middle"' if middle else ""
    rows = (
        f'<tspan x="{x:.1f}" y="{y + number * size * LINE:.1f}">{escape(line)}</tspan>'
        for number, line in enumerate(lines)
    )
    return f"<text {look}>{''.join(rows)}</text>"


def _size(text: str, letters: int, pad: float) -> Size:
    lines = folded(text, letters)
    wide = max(map(len, lines)) * _SIZE * LETTER
    return wide + 2 * pad, len(lines) * _SIZE * LINE + 2 * pad


def _labels(arrows: Sequence[Arrow]) -> dict[tuple[str, str], str]:
    """What each pair of boxes is joined by; several arrows between two are told together."""
    said: dict[tuple[str, str], list[str]] = {}
    for arrow in arrows:
        if arrow.label:
            said.setdefault((arrow.start, arrow.end), []).append(arrow.label)
    return {pair: "; or ".join(labels) for pair, labels in said.items()}


def _drawn(graph: Graph, layout: Layout) -> Iterator[str]:
    boxes = {box.id for box in graph.boxes}
    for upper, lower in layout.lines:
        yield _line(layout.spots[upper], layout.spots[lower], arrives=lower in boxes)
    for key, spot in layout.spots.items():  # a line runs on through the places it passes
        if isinstance(key, tuple) and key[0] == "way" and spot.height:
            yield _stroke(f"M{spot.middle:.1f} {spot.top:.1f}V{spot.bottom:.1f}")
    for pair, label in _labels(graph.arrows).items():
        yield from _label(label, layout.spots, pair)
    for box in graph.boxes:
        yield from _box(box, layout.spots[box.id])


def _line(upper: Spot, lower: Spot, *, arrives: bool) -> str:
    end = lower.top - (5 if arrives else 0)
    bend = (upper.floor + end) / 2
    path = (
        f"M{upper.middle:.1f} {upper.bottom:.1f}V{upper.floor:.1f}C{upper.middle:.1f} {bend:.1f} "
        f"{lower.middle:.1f} {bend:.1f} {lower.middle:.1f} {end:.1f}"
    )
    if not arrives:
        return _stroke(path)
    x, y = lower.middle, lower.top
    tip = f"M{x - 4:.1f} {y - 7:.1f}L{x:.1f} {y:.1f}L{x + 4:.1f} {y - 7:.1f}Z"
    return _stroke(path) + f'<path d="{tip}" fill="#5f6368"/>'


def _stroke(path: str) -> str:
    return f'<path d="{path}" fill="none" stroke="#5f6368"/>'


def _label(label: str, spots: Mapping[Key, Spot], pair: tuple[str, str]) -> Iterator[str]:
    spot = spots.get(pair) or spots[pair[1], pair[0]]
    lines = folded(label, _LABEL_LETTERS)
    yield text_lines(
        lines, (spot.middle, spot.top + _SIZE + 2), _SIZE, middle=True, fill="#174ea6"
    )


def _box(box: Box, spot: Spot) -> Iterator[str]:
    left = spot.middle - spot.width / 2
    round_ = {Shape.ENDS: spot.height / 2, Shape.ASKS: 8.0}.get(box.shape, 0.0)
    dashed = ' stroke-dasharray="5 3"' if box.shape is Shape.CALLS else ""
    yield (
        f'<rect x="{left:.1f}" y="{spot.top:.1f}" width="{spot.width:.1f}" '
        f'height="{spot.height:.1f}" rx="{round_:g}" fill="{_FILLS[box.shape]}" '
        f'stroke="#3c4043"{dashed}/>'
    )
    yield text_lines(folded(box.text, _LETTERS), (left + _PAD, spot.top + _PAD + _SIZE), _SIZE)
