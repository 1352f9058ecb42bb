"""What the look-up commands share: one question of an area, answered once or line by line."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Any, Final

from bot.commands import DONE, UsageError, print_json
from bot.commands.lines import Asked, answer_lines
from bot.core.catalogue import Catalogue

_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """--area, --json and -."""
    parser.add_argument("--area", help="the area's id, such as wirral")
    parser.add_argument("--json", action="store_true", help="one JSON value on one line")
    parser.add_argument(
        "lines", nargs="?", choices=["-"], help="read JSON Lines from standard input"
    )


def answered(
    given: argparse.Namespace, keys: tuple[str, ...], asked: Asked, answer: Callable[[Asked], Any]
) -> int:
    """Answer once, or every line of standard input; gives the exit code."""
    if given.lines:
        answer_lines(sys.stdin.buffer, keys, asked, answer)
        return DONE
    found = answer(asked)
    if given.json:
        print_json(found)
    else:
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    return DONE


def area_of(catalogue: Catalogue, asked: Asked) -> str:
    """The area that is asked about; a UsageError when it is none."""
    area = asked.get("area")
    if not isinstance(area, str):
        raise UsageError("no_area", "An area is needed.", sorted(catalogue.areas))
    if area not in catalogue.areas:
        near = get_close_matches(area, catalogue.areas) or sorted(catalogue.areas)
        raise UsageError("unknown_area", "There is no such area.", near)
    return area


def day_of(asked: Asked) -> date:
    """The day `on`, by default today in London; a UsageError when it is none."""
    from bot.adapters.system import SystemClock

    text = asked.get("on")
    if text is None:
        return SystemClock().now().date()
    try:
        if isinstance(text, str) and _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UsageError("wrong_date", "`on` must be a calendar day, YYYY-MM-DD.")
