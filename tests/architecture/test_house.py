"""The house rules that a machine can hold: sizes, purity, the way imports run, nothing of ours."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "bot").rglob("*.py"))
CORE = sorted((ROOT / "bot" / "core").glob("*.py"))
LONGEST_FILE = 250
LONGEST_FUNCTION = 40
IMPURE = {"now", "today", "utcnow", "uuid4", "open", "print", "random", "urandom", "token_hex"}
NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
# Words that say nothing; `handle_DATA` is the mail server library's own name for a hook.
BANNED = re.compile(r"(^|_)(manager|helper|helpers|utils|util|base|common|data|process)(_|$)")
MACHINE = re.compile(
    r"(?<![\w.])/(work|root|home/\w+|tmp/\w+)/|pypi\.org|files\.pythonhosted|registry\."
)
WORKING = re.compile(
    r"\b(issue #?\d+|chatgpt|claude|copilot|language model|\bLLM\b)", re.IGNORECASE
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_250_lines() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in FILES}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = {
        f"{_name(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in FILES
        for node in _functions(path)
        if (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_module_class_or_function_has_a_name_that_says_nothing() -> None:
    names = [(_name(path), path.stem) for path in FILES]
    for path in FILES:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        names += [(_name(path), node.name) for node in nodes if isinstance(node, NAMED)]
    snake = [(where, re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()) for where, name in names]
    assert [one for one in snake if BANNED.search(one[1]) and one[1] != "handle_data"] == []


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_the_core_is_pure(path: Path) -> None:
    """No clock, no randomness, no input or output: all that comes in is given."""
    tree = ast.parse(path.read_text("utf-8"))
    called = [
        f"line {node.lineno}: {name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (name := getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in IMPURE
    ]
    assert called == []


@pytest.mark.parametrize("path", CORE, ids=lambda path: path.stem)
def test_the_core_imports_the_standard_library_and_itself_alone(path: Path) -> None:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                found |= {alias.name for alias in names}
            case ast.ImportFrom(module=str(module)):
                found.add(module)
            case _:
                pass
    outside = {
        name
        for name in found
        if name.split(".")[0] not in sys.stdlib_module_names
        and not name.startswith(("bot.core", "bot.errors"))
    }
    assert outside == set()


def test_only_settings_are_read_from_the_environment() -> None:
    readers = [
        _name(path)
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute | ast.alias)
        and (getattr(node, "attr", "") or getattr(node, "name", "")) in {"environ", "getenv"}
    ]
    assert readers == ["bot/commands/__init__.py"]  # which hands it to bot/settings.py


def test_imports_run_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def _tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    found = [ROOT / name for name in names if name]
    return found or [*FILES, *(ROOT / "docs").rglob("*.md"), *(ROOT / "tests").rglob("*.py")]


def test_no_file_names_this_machine_a_registry_or_how_it_was_made() -> None:
    found: list[str] = []
    for path in _tracked():
        if path == Path(__file__) or not path.is_file():
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if MACHINE.search(line) or WORKING.search(line):
                found.append(f"{_name(path)}:{number}")
    assert found == []


def test_no_tracked_file_is_a_secret_or_a_database() -> None:
    names = [path.name for path in _tracked()]
    assert [n for n in names if n.endswith((".key", ".db", ".pem")) or n == ".env"] == []


def test_nothing_is_left_undone_in_the_code() -> None:
    words = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert [_name(p) for p in FILES if words.search(p.read_text("utf-8"))] == []
