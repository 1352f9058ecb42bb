"""JSON in: one object a line, answered line by line (contracts.md, General)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import Any, Final, NoReturn

from bot.commands import UsageError, error, print_json
from bot.core.given import GivenFault
from bot.errors import BotError

LONGEST: Final = 1_000_000  # characters of one line

Asked = Mapping[str, Any]


def answer_lines(
    lines: Iterable[bytes], keys: tuple[str, ...], given: Asked, answer: Callable[[Asked], Any]
) -> None:
    """Answer each line in order, flushed before the next is read. `given` are the command line's
    options, taken where a line leaves the key out. A bad line gets an error; the rest go on.
    """
    for line in lines:
        if line.strip():
            print_json(_answered(line, keys, given, answer))


def _answered(
    line: bytes, keys: tuple[str, ...], given: Asked, answer: Callable[[Asked], Any]
) -> Any:  # noqa: ANN401 - JSON
    try:
        return answer({**given, **checked(read_object(line), keys)})
    except UsageError as wrong:
        return error(wrong.code, wrong.message, wrong.did_you_mean)
    except GivenFault as wrong:
        return error(wrong.code, wrong.message, wrong.did_you_mean, wrong.at)
    except BotError as wrong:
        return error(wrong.code, f"Could not be done now: {wrong.code}")


def read_object(raw: bytes) -> dict[str, Any]:
    """One JSON object, or a UsageError that repeats nothing of it."""
    try:
        text = raw.decode("utf-8")
        if len(text) > LONGEST:
            raise UsageError("too_long", f"At most {LONGEST:,} characters of JSON are read.")
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise UsageError("bad_json", "This is not JSON in UTF-8.") from None
    if not isinstance(found, dict):
        raise UsageError("bad_json", "A JSON object is needed.")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UsageError("duplicate_key", "A key is given twice in one object.")
    return found


def _no_number(_: str) -> NoReturn:
    raise ValueError


def checked(asked: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The object, if it holds no other keys than these."""
    for place, key in enumerate(asked, 1):
        if key not in keys:
            near = get_close_matches(key, keys)
            raise UsageError("unknown_key", f"Key number {place} is not known here.", near)
    return asked
