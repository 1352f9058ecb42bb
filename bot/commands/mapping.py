"""`map`: the picture of a dialog, and the pathway of an area from its rules."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path

from bot.app import ROOT
from bot.commands import DONE, UsageError
from bot.core.catalogue import Catalogue
from bot.loading.load import load_catalogue
from bot.loading.pictures.dialog_map import graph_of, mermaid
from bot.loading.pictures.pathway import pathways
from bot.loading.pictures.svg import svg


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `map`."""
    parser.add_argument("dialog", nargs="?", help="such as wirral/entry; default: all of them")
    parser.add_argument("--pathway", metavar="AREA", help="the pathway of this area instead")
    parser.add_argument("--out", type=Path, default=Path(), help="the folder; default: here")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Write the pictures and print each file's path."""
    catalogue = load_catalogue(ROOT)
    if given.pathway is not None:
        _pathway(catalogue, given.pathway, given.out)
        return DONE
    chosen = [given.dialog] if given.dialog else list(catalogue.dialogs)
    for id_ in chosen:
        dialog = catalogue.dialogs.get(id_)
        if dialog is None:
            near = get_close_matches(id_, catalogue.dialogs)
            raise UsageError("unknown_dialog", "There is no such dialog.", near)
        _write(given.out / f"{id_}.svg", svg(graph_of(dialog, catalogue)).encode())
        _write(given.out / f"{id_}.mmd", mermaid(dialog, catalogue).encode())
    return DONE


def _pathway(catalogue: Catalogue, area: str, folder: Path) -> None:
    from bot.adapters.raster import png

    areas = catalogue.areas
    if area not in areas:
        near = get_close_matches(area, areas)
        raise UsageError("unknown_area", "There is no such area.", near)
    for name, drawn in pathways(area, catalogue).items():
        _write(folder / f"{name}.svg", drawn.encode())
        _write(folder / f"{name}.png", png(drawn))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    sys.stdout.write(f"{path}\n")
