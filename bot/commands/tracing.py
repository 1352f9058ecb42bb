"""`trace`: where each statement of the source documents lives in the program."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.app import ROOT
from bot.commands import DONE, PROBLEMS, content_root, print_json
from bot.loading.trace import Statement, trace


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `trace`."""
    parser.add_argument("--root", type=Path, default=ROOT, help="where dialogs/ and rules/ lie")
    parser.add_argument("--json", action="store_true", help="one JSON list of statements")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Print every statement and where it lives; exit 1 if a home is gone."""
    statements, problems = trace(content_root(given.root))
    if given.json:
        print_json([_row(statement) for statement in statements])
    else:
        for one in statements:
            where = ", ".join(one.lives_at) or f"left out: {one.left_out_because}"
            sys.stdout.write(f"{one.section}: {one.statement} [{one.kind}] {where}\n")
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    return PROBLEMS if problems else DONE


def _row(statement: Statement) -> dict[str, object]:
    return {
        "document": statement.document,
        "section": statement.section,
        "statement": statement.statement,
        "kind": statement.kind,
        "lives_at": list(statement.lives_at),
        "left_out_because": statement.left_out_because or None,
    }
