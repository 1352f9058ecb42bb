"""`map`: the picture of a dialog, and the pathway of an area from its rules."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path

from bot.app import ROOT
from bot.commands import DONE, UsageError, print_json
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
    parser.add_argument("--json", action="store_true", help="one JSON list of the files written")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Write the pictures and print each file's path."""
    catalogue = load_catalogue(ROOT)
    area = given.pathway
    drawn = _maps(catalogue, given.dialog) if area is None else _pathway(catalogue, area)
    written = [_write(given.out / name, content) for name, content in drawn]
    if given.json:
        print_json(written)
    else:
        sys.stdout.writelines(f"{file}\n" for file in written)
    return DONE


def _maps(catalogue: Catalogue, wanted: str | None) -> Iterator[tuple[str, bytes]]:
    """The name and the content of each file of one dialog, or of all."""
    if wanted and wanted not in catalogue.dialogs:
        near = get_close_matches(wanted, catalogue.dialogs)
        raise UsageError("unknown_dialog", "There is no such dialog.", near)
    for id_ in [wanted] if wanted else catalogue.dialogs:
        dialog = catalogue.dialogs[id_]
        yield f"{id_}.svg", svg(graph_of(dialog, catalogue)).encode()
        yield f"{id_}.mmd", mermaid(dialog, catalogue).encode()


def _pathway(catalogue: Catalogue, area: str) -> Iterator[tuple[str, bytes]]:
    from bot.adapters.raster import png

    areas = catalogue.areas
    if area not in areas:
        near = get_close_matches(area, areas)
        raise UsageError("unknown_area", "There is no such area.", near)
    for name, drawn in pathways(area, catalogue).items():
        yield f"{name}.svg", drawn.encode()
        yield f"{name}.png", png(drawn)


def _write(path: Path, content: bytes) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError:
        raise UsageError("not_written", "Nothing can be written to the folder --out.") from None
    return str(path)
