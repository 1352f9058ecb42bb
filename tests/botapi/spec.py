"""Requests checked against Telegram's machine-readable description (methods.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from tests.botapi.world import Uploaded

_SPEC: Final = json.loads(Path(__file__).with_name("methods.json").read_text("utf-8"))
METHODS: Final[dict[str, Any]] = _SPEC["methods"]
_TYPES: Final[dict[str, Any]] = _SPEC["types"]


def coerce(method: str, params: dict[str, Any]) -> dict[str, Any]:
    """Parameters of a form, or of a client that sends every value as text, as what they mean."""
    wanted = METHODS[method]["params"]
    return {
        name: json.loads(value)
        if isinstance(value, str)
        and "String" not in wanted.get(name, {"types": ["String"]})["types"]
        else value
        for name, value in params.items()
    }


def wrong(method: str, params: dict[str, Any]) -> str:
    """What the server would say is wrong with this request; empty when nothing is."""
    wanted = METHODS[method]["params"]
    for name in params:
        if name not in wanted:
            return f"parameter {name} is not known"
    for name, rule in wanted.items():
        if name not in params:
            if rule.get("required"):
                return f"parameter {name} is missing"
        elif fault := _value(name, params[name], rule):
            return fault
    return ""


def _value(name: str, value: Any, rule: dict[str, Any]) -> str:
    if not any(_is(value, kind) for kind in rule["types"]):
        return f"parameter {name} is not {' or '.join(rule['types'])}"
    if "limit" in rule:
        least, most, unit = rule["limit"]
        if not least <= _size(value, unit) <= most:
            return f"parameter {name} is not between {least} and {most} {unit}"
    return ""


def _size(value: Any, unit: str) -> int:
    match unit:
        case "value":
            return int(value)
        case "chars":
            return len(value.encode("utf-16-le")) // 2
        case "bytes":
            return len(value.encode())
        case _:
            return len(value)


def _is(value: Any, kind: str) -> bool:
    if kind.startswith("Array of "):
        return isinstance(value, list) and all(_is(one, kind[9:]) for one in value)
    match kind:
        case "Integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "Boolean" | "True":
            return isinstance(value, bool)
        case "String":
            return isinstance(value, str)
        case "InputFile":
            return isinstance(value, Uploaded)
        case _:
            return isinstance(value, dict) and not _object_fault(value, kind)


def _object_fault(value: dict[str, Any], kind: str) -> str:
    if kind not in _TYPES:
        return f"{kind} is not described here"
    if "subtypes" in _TYPES[kind]:
        faults = [_object_fault(value, one) for one in _TYPES[kind]["subtypes"]]
        return "" if "" in faults else faults[0]
    fields = _TYPES[kind]["fields"]
    for name, rule in fields.items():
        if rule.get("required") and name not in value:
            return f"{kind} without {name}"
    for name, one in value.items():
        if name not in fields:
            return f"{kind} with {name}"
        if fault := _value(name, one, fields[name]):
            return fault
    return ""
