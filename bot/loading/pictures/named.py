"""A picture by the name that a dialog gives it: a dialog's id, or `AREA/pathway`."""

from __future__ import annotations

from bot.core.catalogue import Catalogue
from bot.loading.pictures.dialog_map import graph_of
from bot.loading.pictures.pathway import ASSESS, PATHWAY, pathways
from bot.loading.pictures.svg import svg


def drawing(name: str, catalogue: Catalogue) -> str | None:
    """The picture as SVG; None when there is none of this name."""
    if name in catalogue.dialogs:
        return svg(graph_of(catalogue.dialogs[name], catalogue))
    area, _, kind = name.partition("/")
    if kind == PATHWAY and f"{area}/{ASSESS}" in catalogue.rules:
        return next(iter(pathways(area, catalogue).values()), None)
    return None
