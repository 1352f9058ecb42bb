"""`check`: every static check of the content."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.app import ROOT
from bot.commands import DONE, PROBLEMS, print_json
from bot.errors import ContentError, Problem


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("--root", type=Path, default=ROOT, help="where dialogs/ and rules/ lie")
    parser.add_argument("--json", action="store_true", help="one JSON list of problems")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Print `file:line: CODE message` for every problem; exit 1 if there is one."""
    problems = found(given.root)
    if given.json:
        print_json(
            [
                {
                    "file": p.file,
                    "line": p.line,
                    "code": p.code,
                    "message": p.message,
                    "did_you_mean": list(p.did_you_mean),
                }
                for p in problems
            ]
        )
    else:
        for problem in problems:
            sys.stdout.write(f"{problem}\n")
        count = len(problems)
        sys.stdout.write(f"{count} problem{'' if count == 1 else 's'} found.\n")
    return PROBLEMS if problems else DONE


def found(root: Path) -> tuple[Problem, ...]:
    """Every problem of the content below `root`."""
    from bot.loading.check import check_content

    try:
        return check_content(root)
    except ContentError as wrong:
        return wrong.problems
