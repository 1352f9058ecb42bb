"""JSON Schemas for editors, made from the same declarations that the loader reads by.

`python -m bot.loading.schema` writes them to docs/; a test fails when they are stale.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.loading.files import RULES
from bot.loading.kinds import Schema
from bot.loading.shape import Shape
from bot.loading.written_dialogs import WrittenDialog

DOCS: Final = Path(__file__).parents[2] / "docs"
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def dialog_schema() -> Schema:
    """What a file of dialogs/<area>/ with `dialog:` at its top may hold."""
    return {"$schema": _DIALECT, "title": "A dialog", **Shape(WrittenDialog).schema()}


def rules_schema() -> Schema:
    """What a file of rules/<area>/ may hold: a rulebook, or one of a pack's other files."""
    kinds = [Shape(kind).schema() for kind in RULES.values()]
    return {"$schema": _DIALECT, "title": "A file of rules/", "oneOf": kinds}


def schemas() -> Mapping[str, str]:
    """Each schema's text by the name of its file."""
    found = {"dialog.schema.json": dialog_schema(), "rules.schema.json": rules_schema()}
    return {
        name: json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in found.items()
    }


if __name__ == "__main__":
    for file_name, text in schemas().items():
        (DOCS / file_name).write_text(text, "utf-8")
