"""`check`: every static check of the content, and of what this installation says about it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from bot.app import ROOT, unmet
from bot.commands import DONE, PROBLEMS, content_root, env_file, print_json
from bot.errors import ContentError, Problem
from bot.settings import Settings, area_ids, read_env_file


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `check`."""
    parser.add_argument("--root", type=Path, default=ROOT, help="where dialogs/ and rules/ lie")
    parser.add_argument("--json", action="store_true", help="one JSON list of problems")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Print `file:line: CODE message` for every problem; exit 1 if there is one."""
    problems = found(content_root(given.root), environment)
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


def found(root: Path, environment: Mapping[str, str]) -> tuple[Problem, ...]:
    """Every problem of the content below `root`, and of what BOT_AREAS and BOT_MAILBOXES say about
    it. Other settings are not looked at: `doctor` does that.
    """
    from bot.loading.check import check_content

    areas, file = _named(environment)
    try:
        if file is not None and not file.is_file():
            return (*_unreadable(file), *unmet(Settings(areas=areas), root), *check_content(root))
        if areas is None:
            return check_content(root, file)
        here = unmet(Settings(areas=areas, mailboxes=file), root)
        return (*here, *check_content(root))
    except ContentError as wrong:
        return wrong.problems


def _named(environment: Mapping[str, str]) -> tuple[tuple[str, ...] | None, Path | None]:
    """The areas and the mailboxes file of this installation, if it names any."""
    values = {**read_env_file(env_file()), **environment}
    areas, file = values.get("BOT_AREAS", ""), values.get("BOT_MAILBOXES", "")
    return area_ids(areas), Path(file) if file else None


def _unreadable(file: Path) -> tuple[Problem, ...]:
    message = f"There is no file {file.name} at this path. Mend the path, or leave it out."
    return (Problem("settings", 0, "BOT_MAILBOXES", message),)
