"""The picture of a dialog as a Mermaid flowchart, each edge labelled with its conditions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from bot.core.catalogue import Catalogue
from bot.core.dialog import (
    Ask,
    Assign,
    Call,
    Check,
    Decide,
    Dialog,
    Edge,
    End,
    Repeat,
    Step,
    Tell,
    Tick,
)

_WIDTH: Final = 60


def mermaid(dialog: Dialog, catalogue: Catalogue) -> str:
    """The dialog as Mermaid text: a node for each step, an edge for each way on. Called dialogs
    are one node each, by their title.
    """
    lines = [f"%% {dialog.id}, edition {catalogue.edition[:8]}", "flowchart TD"]
    lines += [f"  {_node(step, catalogue)}" for step in dialog.steps.values()]
    for step in dialog.steps.values():
        lines += [f"  {line}" for line in _edges(step)]
    return "\n".join(lines) + "\n"


def _node(step: Step, catalogue: Catalogue) -> str:
    """A shape for each kind: questions are hexagons, calls boxed twice, ends round."""
    text = _quoted(f"{step.id}: {_says(step, catalogue)}")
    match step:
        case Ask() | Tick() | Repeat():
            shape = f"{{{{{text}}}}}"
        case Call():
            shape = f"[[{text}]]"
        case Decide():
            shape = f"{{{text}}}"
        case End():
            shape = f"([{text}])"
        case Tell() | Check() | Assign():
            shape = f"[{text}]"
        case _:
            assert_never(step)
    return f"{_name(step.id)}{shape}"


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
            return ", ".join(f"{fact.id} is {value}" for fact, value in step.values)
        case End():
            return f"{step.outcome} {_first_line(step.text.source)}".strip()
        case _:
            assert_never(step)


def _title(dialog: str, catalogue: Catalogue) -> str:
    known = catalogue.dialogs.get(dialog)
    return f"{known.title} ({dialog})" if known else dialog


def _edges(step: Step) -> Iterator[str]:
    for edge in step.next:
        label = _label(edge, alone=len(step.next) == 1)
        way = f'-- "{label}" -->' if label else "-->"
        yield f"{_name(step.id)} {way} {_name(edge.go)}"


def _label(edge: Edge, *, alone: bool) -> str:
    if edge.when:
        return _escaped(" and ".join(condition.source for condition in edge.when))
    return "" if alone else "else"


def _name(step: str) -> str:
    """Mermaid reserves words such as `end`, so each id gets a letter in front."""
    return f"s_{step}"


def _first_line(text: str) -> str:
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def _quoted(text: str) -> str:
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    """Mermaid reads entities written with # for &, and takes < and > for HTML."""
    for sign, entity in (("#", "#35;"), ('"', "#quot;"), ("<", "#lt;"), (">", "#gt;")):
        text = text.replace(sign, entity)
    return text
