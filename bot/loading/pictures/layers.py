"""A layered layout: every box under all that lead to it, arrows passing between the boxes.

Arrows to the same box share their way. A label is laid out like a small box of its own, so that
it never covers anything.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Key: TypeAlias = Hashable  # a box's id, (start, end) of a label, or a place that arrows pass
Size: TypeAlias = tuple[float, float]

GAP_ACROSS: Final = 18.0
GAP_DOWN: Final = 16.0
_SWEEPS: Final = 12


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something stands: its middle across, its top, its size, and where its layer ends."""

    middle: float
    top: float
    width: float
    height: float
    floor: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """Every spot by its key, and the pairs of keys (upper, lower) that a line joins."""

    spots: Mapping[Key, Spot]
    lines: tuple[tuple[Key, Key], ...]
    width: float
    height: float


def laid_out(
    boxes: Mapping[str, Size], arrows: Sequence[tuple[str, str]], labels: Mapping[Key, Size]
) -> Layout:
    """The layout; `labels` has the size of each arrow's label, by (start, end). The first box is
    at the top.
    """
    down = _without_circles(boxes, arrows)
    drawing = _Drawing({key: 2 * rank for key, rank in _ranks(boxes, down).items()})
    for start, end in down:
        drawing.join(start, end, labelled=(start, end) in labels or (end, start) in labels)
    sizes: dict[Key, Size] = dict(labels)
    sizes.update(boxes)
    return drawing.placed(sizes)


def _without_circles(
    boxes: Iterable[str], arrows: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The arrows, once each, with those that lead back up turned round."""
    ways: dict[str, list[str]] = {box: [] for box in boxes}
    for start, end in arrows:
        if end not in ways[start] and end != start:
            ways[start].append(end)
    down: list[tuple[str, str]] = []
    done: set[str] = set()

    def walk(box: str, above: tuple[str, ...]) -> None:
        done.add(box)
        for end in ways[box]:
            back = end in above or end == box
            down.append((end, box) if back else (box, end))
            if end not in done:
                walk(end, (*above, box))

    for box in ways:
        if box not in done:
            walk(box, ())
    return list(dict.fromkeys(down))


def _ranks(boxes: Iterable[str], down: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way from the top to each box, in arrows."""
    ranks = dict.fromkeys(boxes, 0)
    for _ in ranks:
        for start, end in down:
            ranks[end] = max(ranks[end], ranks[start] + 1)
    return ranks


@dataclass(slots=True)
class _Drawing:
    layer: dict[Key, int]
    lines: dict[tuple[Key, Key], None] = field(default_factory=dict)

    def __init__(self, layer: Mapping[str, int]) -> None:
        self.layer = {}
        self.layer.update(layer)
        self.lines = {}

    def join(self, start: str, end: str, *, labelled: bool) -> None:
        """The way of one arrow: its label first, then the places that lead to its end."""
        at: Key = start
        for layer in range(self.layer[start] + 1, self.layer[end]):
            first = layer == self.layer[start] + 1
            key: Key = (start, end) if labelled and first else ("way", end, layer)
            self.layer[key] = layer
            self.lines[at, key] = None
            at = key
        self.lines[at, end] = None

    def placed(self, sizes: Mapping[Key, Size]) -> Layout:
        """Every layer in a good order, every spot near those it is joined to."""
        rows: list[list[Key]] = [[] for _ in range(max(self.layer.values()) + 1)]
        for key, layer in self.layer.items():
            rows[layer].append(key)
        size = {key: sizes.get(key) or sizes.get(_turned(key)) or (6.0, 0.0) for key in self.layer}
        across = self._across([row for row in rows if row], size)
        left = min(across[key] - size[key][0] / 2 for key in across)
        spots: dict[Key, Spot] = {}
        top = 0.0
        for row in rows:
            tall = max((size[key][1] for key in row), default=0.0)
            for key in row:
                width, height = size[key]
                passes = height == 0.0  # a line runs through the whole layer
                spots[key] = Spot(
                    across[key] - left, top, width, tall if passes else height, top + tall
                )
            top += tall + GAP_DOWN
        width = max(spot.middle + spot.width / 2 for spot in spots.values())
        return Layout(spots, tuple(self.lines), width, top - GAP_DOWN)

    def _across(self, rows: list[list[Key]], size: Mapping[Key, Size]) -> dict[Key, float]:
        above: dict[Key, list[Key]] = {key: [] for key in self.layer}
        below: dict[Key, list[Key]] = {key: [] for key in self.layer}
        for upper, lower in self.lines:
            above[lower].append(upper)
            below[upper].append(lower)
        across: dict[Key, float] = {}
        for row in rows:
            across |= _spread(row, dict.fromkeys(row, 0.0), size)
        for sweep in range(_SWEEPS):
            near = above if sweep % 2 == 0 else below
            for row in rows if sweep % 2 == 0 else reversed(rows):
                wish = {key: _mean([across[k] for k in near[key]], across[key]) for key in row}
                if sweep < _SWEEPS - 4:
                    row.sort(key=wish.__getitem__)
                across |= _spread(row, wish, size)
        return across


def _turned(key: Key) -> Key:
    return (key[1], key[0]) if isinstance(key, tuple) and len(key) == 2 else key  # noqa: PLR2004


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(
    row: Sequence[Key], wish: Mapping[Key, float], size: Mapping[Key, Size]
) -> dict[Key, float]:
    """The middles nearest to the wishes (by least squares) that keep the order and the gaps."""
    offset, offsets = 0.0, []
    for place, key in enumerate(row):
        if place:
            offset += (size[row[place - 1]][0] + size[key][0]) / 2 + GAP_ACROSS
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # neighbours that touch move as one: mean wish, how many
    for key, moved in zip(row, offsets, strict=True):
        mean, count = wish[key] - moved, 1
        while blocks and blocks[-1][0] > mean:
            other, several = blocks.pop()
            mean = (mean * count + other * several) / (count + several)
            count += several
        blocks.append((mean, count))
    starts = [mean for mean, count in blocks for _ in range(count)]
    return {key: start + moved for key, start, moved in zip(row, starts, offsets, strict=True)}
