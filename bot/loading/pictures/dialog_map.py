"""A dialog as a graph, and a graph as Mermaid text."""

from __future__ import annotations

from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    Ask,
    Assign,
    Call,
    Check,
    Decide,
    Dialog,
    End,
    Repeat,
    Step,
    Tell,
    Tick,
)
from bot.loading.pictures.graph import Arrow, Box, Graph, Shape
from bot.loading.pictures.words import Names, names_of

_WIDTH: Final = 60
_SHAPES: Final = {
    Shape.ASKS: ("{{", "}}"),
    Shape.TELLS: ("[", "]"),
    Shape.CALLS: ("[[", "]]"),
    Shape.DECIDES: ("{", "}"),
    Shape.ENDS: ("([", "])"),
}


def graph_of(dialog: Dialog, catalogue: Catalogue) -> Graph:
    """A box for each step, an arrow for each way on. Called dialogs are one box each, by title."""
    names = names_of(catalogue)
    boxes = (_box(step, catalogue) for step in dialog.steps.values())
    arrows = (arrow for step in dialog.steps.values() for arrow in _arrows(step, names))
    return Graph(f"{dialog.title} ({dialog.id})", tuple(boxes), tuple(arrows))


def mermaid(dialog: Dialog, catalogue: Catalogue) -> str:
    """The dialog as Mermaid text."""
    graph = graph_of(dialog, catalogue)
    lines = [f"%% {dialog.id}, edition {catalogue.edition[:8]}", "flowchart TD"]
    for box in graph.boxes:
        left, right = _SHAPES[box.shape]
        lines.append(f'  {_name(box.id)}{left}"{_escaped(box.text)}"{right}')
    for arrow in graph.arrows:
        way = f'-- "{_escaped(arrow.label)}" -->' if arrow.label else "-->"
        lines.append(f"  {_name(arrow.start)} {way} {_name(arrow.end)}")
    return "\n".join(lines) + "\n"


def _box(step: Step, catalogue: Catalogue) -> Box:
    return Box(step.id, f"{step.id}: {_says(step, catalogue)}", _shape(step))


def _shape(step: Step) -> Shape:
    match step:
        case Ask() | Tick() | Repeat():
            return Shape.ASKS
        case Call():
            return Shape.CALLS
        case Decide():
            return Shape.DECIDES
        case End():
            return Shape.ENDS
        case Tell() | Check() | Assign():
            return Shape.TELLS
        case _:
            assert_never(step)


def _says(step: Step, catalogue: Catalogue) -> str:
    match step:
        case Ask() | Tick() | Tell() | Check():
            return _first_line(step.text.source)
        case Repeat():
            return f"{_first_line(step.first.source)} (each: {_title(step.dialog, catalogue)})"
        case Call():
            return _title(step.dialog, catalogue)
        case Decide():
            return f"rules {step.rules}"
        case Assign():
            return ", ".join(
                [f"{fact.id} is {value}" for fact, value in step.values]
                + [f"{sign} is {said}" for sign, said in step.marks]
            )
        case End():
            return f"{step.outcome} {_first_line(step.text.source)}".strip()
        case _:
            assert_never(step)


def _title(dialog: str, catalogue: Catalogue) -> str:
    known = catalogue.dialogs.get(dialog)
    return f"{known.title} ({dialog})" if known else dialog


def _arrows(step: Step, names: Names) -> list[Arrow]:
    alone = len(step.next) == 1
    return [
        Arrow(step.id, edge.go, names.said(edge.when) or ("" if alone else "else"))
        for edge in step.next
    ]


def _name(step: str) -> str:
    """Mermaid reserves words such as `end`, so each id gets a letter in front."""
    return f"s_{step}"


def _first_line(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _escaped(text: str) -> str:
    """Mermaid reads entities written with # for &, and takes < and > for HTML."""
    for sign, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(sign, entity)
    return text
