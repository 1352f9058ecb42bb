"""What a picture shows: boxes, and arrows with what must hold to follow them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Shape(StrEnum):
    """What a box stands for, also told by its first word or its frame: never by colour alone."""

    ASKS = "asks"
    TELLS = "tells"
    CALLS = "calls"
    DECIDES = "decides"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Box:
    """One step: its id, what it says, and what kind of step it is."""

    id: str
    text: str
    shape: Shape


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one step to another; `label` is empty where the way is the only one."""

    start: str
    end: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Graph:
    """A picture before it is laid out; the first box is where it starts."""

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
