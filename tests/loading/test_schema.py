from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from bot.loading.schema import DOCS, dialog_schema, rules_schema, schemas

ROOT = Path(__file__).parents[2]
DIALOGS = sorted(p for p in ROOT.glob("dialogs/*/*.yaml") if "\ndialog: " in f"\n{p.read_text()}")
RULES = sorted(ROOT.glob("rules/*/*.yaml"))


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: whole numbers are numbers, and yes is a word."""


EditorLoader.yaml_implicit_resolvers = {}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"-?[0-9]+$"), None)


def as_an_editor_reads(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), EditorLoader)  # noqa: S506 - a SafeLoader


@pytest.mark.parametrize("name", list(schemas()))
def test_the_committed_schema_is_the_one_the_loader_declares(name: str) -> None:
    """If this fails: python -m bot.loading.schema"""
    assert (DOCS / name).read_text("utf-8") == schemas()[name]


def test_a_schema_is_itself_sound() -> None:
    for text in schemas().values():
        jsonschema.Draft202012Validator.check_schema(json.loads(text))


@pytest.mark.parametrize("path", DIALOGS, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_dialog_fits_the_schema(path: Path) -> None:
    jsonschema.validate(as_an_editor_reads(path), dialog_schema())


@pytest.mark.parametrize("path", RULES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_shipped_file_of_rules_fits_the_schema(path: Path) -> None:
    jsonschema.validate(as_an_editor_reads(path), rules_schema())


def test_a_misspelt_key_does_not_fit_the_schema() -> None:
    dialog = as_an_editor_reads(DIALOGS[0])
    dialog["tittle"] = dialog.pop("title")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(dialog, dialog_schema())
