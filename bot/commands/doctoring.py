"""`doctor`: is this installation fit to run, and to go live. It changes nothing."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Mapping
from dataclasses import asdict

from bot.commands import DONE, PROBLEMS, print_json
from bot.commands.certificates import certificate_warnings
from bot.commands.configured import configured
from bot.commands.doctor_canary import canaries
from bot.commands.doctor_here import disk_and_clock, keys_and_database, webhook
from bot.commands.doctor_there import mail_server, mailboxes, token
from bot.commands.looked import Looked, State
from bot.errors import ContentError
from bot.settings import Settings


def arguments(name: str, parser: argparse.ArgumentParser) -> None:
    """The options of `doctor`."""
    parser.add_argument("--json", action="store_true", help="one JSON value")


def run(name: str, given: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """One line a check: its state, what was looked at, what was found and what to do. Exit 1 when
    a problem was found, 2 when the settings cannot be read.
    """
    settings = configured(environment)
    found = asyncio.run(_look(settings))
    fit = all(one.state is not State.PROBLEM for one in found)
    if given.json:
        print_json({"mode": settings.mode.value, "fit": fit, "checks": [asdict(f) for f in found]})
    else:
        sys.stdout.writelines(f"{one}\n" for one in found)
        sys.stdout.write(f"{'Fit' if fit else 'Not fit'} to run in {settings.mode} mode.\n")
    return DONE if fit else PROBLEMS


async def _look(settings: Settings) -> list[Looked]:
    """Every check, in the order in which an operator would mend things."""
    found = [Looked(State.OK, "settings", "every value can be read")]
    found += _content(settings)
    found += await keys_and_database(settings)
    found += disk_and_clock(settings)
    found += webhook(settings)
    found += await token(settings)
    found += await mail_server(settings)
    found += mailboxes(settings)
    found += certificate_warnings(settings)
    found += canaries(settings)
    return found


def _content(settings: Settings) -> list[Looked]:
    from bot.app import ROOT
    from bot.loading.check import check_content

    try:
        problems = check_content(ROOT, settings.mailboxes)
    except ContentError as wrong:
        problems = wrong.problems
    if not problems:
        return [Looked(State.OK, "content", "dialogs, rules, routes and mailboxes hold together")]
    return [Looked(State.PROBLEM, "content", str(problem)) for problem in problems]
