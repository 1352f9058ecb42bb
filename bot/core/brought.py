"""The shape of a `submission.json` that comes back from a person's device (docs/
submission.schema.json): nothing else is read any further.
"""

from __future__ import annotations

import json
from typing import Any, Final, NoReturn

from bot.core.facts import NO, UNSURE, YES

MOST: Final = 256 * 1024  # bytes of a file
_DIGITS: Final = 9  # of any number in it
_KEYS: Final = frozenset(
    ("reference", "kind", "area", "route", "editions", "facts", "indicators", "finding", "answers")
)
_FINDING: Final = frozenset(("results", "because", "not_asked", "emergency"))
_REASON: Final = frozenset(("row", "text", "clause"))
_NEAR: Final = "near_misses"
_MISS: Final = frozenset(("row", "text", "would_be", "clause"))
_LINE: Final = frozenset(("step", "question", "answer"))
_MARKS: Final = frozenset((YES, NO, UNSURE))


class Refused(Exception):  # noqa: N818 - named for what is true
    """The file is not what was asked for: the id of the screen that says so, nothing of it."""

    def __init__(self, screen: str = "carry_refused") -> None:
        super().__init__(screen)
        self.screen = screen


def read(content: bytes) -> dict[str, Any]:
    """The file, if its shape is exactly that of docs/submission.schema.json. Raises Refused."""
    expect(len(content) <= MOST)
    try:
        return _checked(
            json.loads(
                content.decode("utf-8"),
                object_pairs_hook=_object,
                parse_int=_whole,
                parse_float=_refuse,
                parse_constant=_refuse,
            )
        )
    except (ValueError, RecursionError):  # RecursionError: nested deeper than any report
        raise Refused from None


def _checked(body: object) -> dict[str, Any]:
    expect(isinstance(body, dict) and body.keys() == _KEYS)
    assert isinstance(body, dict)  # noqa: S101 - just looked at
    expect(all(isinstance(body[key], str) for key in ("reference", "kind", "area", "route")))
    expect(_texts(body["editions"]) and _record(body["facts"]))
    expect(_texts(body["indicators"]) and _MARKS.issuperset(body["indicators"].values()))
    _check_finding(body["finding"])
    expect(_lines(body["answers"], _LINE))
    return body


def _check_finding(finding: object) -> None:
    expect(isinstance(finding, dict) and finding.keys() - {_NEAR} == _FINDING)
    assert isinstance(finding, dict)  # noqa: S101 - just looked at
    expect(_lines(finding.get(_NEAR, []), _MISS))  # reports had none before
    expect(_texts(finding["results"]) and _lines(finding["because"], _REASON))
    waiting = finding["not_asked"]
    expect(isinstance(waiting, list) and all(isinstance(name, str) for name in waiting))
    expect(isinstance(finding["emergency"], bool))


def _texts(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _lines(value: object, keys: frozenset[str]) -> bool:
    return isinstance(value, list) and all(_texts(line) and line.keys() == keys for line in value)


def _record(value: object) -> bool:
    return isinstance(value, dict) and all(map(_value, value.values()))


def _value(value: object) -> bool:
    plain = isinstance(value, str) or type(value) is int
    return plain or (isinstance(value, list) and all(map(_record, value)))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    expect(len(found) == len(pairs))  # a key written twice says two things
    return found


def _whole(digits: str) -> int:
    expect(len(digits) <= _DIGITS)
    return int(digits)


def _refuse(_text: str) -> NoReturn:
    raise Refused


def expect(so: bool) -> None:  # noqa: FBT001 - reads as a sentence
    """Refuse the file where this is not so."""
    if not so:
        raise Refused
