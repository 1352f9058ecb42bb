"""How good the tests of the core are: change one thing in bot/core, and some test must fail.

    python tools/mutants.py [MODULE ...]      such as: python tools/mutants.py walk engine

Prints every change that no test noticed, then killed/total and the percentage; exit 1 under 90.
Why it is our own and how it works: docs/adr/0005-own-mutation-runner.md.
"""

from __future__ import annotations

import importlib
import os
import pickle
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import coverage
import pytest
from _pytest.runner import runtestprotocol

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]
from mutations import Place, mutated, places  # noqa: E402 - the path comes first

CORE = ROOT / "bot" / "core"
LEAST = 90
SLOW = 0.5  # seconds; slower tests (random walks) are left out, so that a run takes minutes
PATIENCE = 20.0  # seconds until a change that never ends counts as noticed


@dataclass(frozen=True)
class Mutant:
    """One change, and the tests that run the line it is on."""

    module: str
    place: Place
    tests: tuple[int, ...]


class Runner:
    """A pytest plugin: it collects as usual and then runs tests against each change."""

    def __init__(self, modules: list[str]) -> None:
        self.modules = modules
        self.alive: list[Mutant] = []
        self.total = 0

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Takes the place of running each test once."""
        lines = baseline(session.items)
        mutants = list(self._mutants(lines, session.items))
        self.total = len(mutants)
        self.alive = survivors(session.items, mutants)
        return True

    def _mutants(
        self, lines: dict[str, dict[int, list[int]]], items: list[pytest.Item]
    ) -> Iterator[Mutant]:
        for name in self.modules:
            path = CORE / f"{name}.py"
            ran = lines.get(str(path), {})
            whole = tuple(sorted({test for tests in ran.values() for test in tests}))
            for place in places(path.read_text()):
                at = tuple(dict.fromkeys(t for n in place.lines for t in ran.get(n, ())))
                named = () if place.function else naming(name, place.names, items)
                tests = at if place.function and at else (*named, *whole)
                yield Mutant(name, place, tests)


def naming(module: str, names: tuple[str, ...], items: list[pytest.Item]) -> Iterator[int]:
    """The tests of modules that import one of these constants: reading it runs no line of it."""
    held = [getattr(importlib.import_module(f"bot.core.{module}"), name) for name in names]
    for number, item in enumerate(items):
        there = vars(sys.modules[item.nodeid.partition(".py")[0].replace("/", ".")]).values()
        if any(value is one for one in held for value in there):
            yield number


def baseline(items: list[pytest.Item]) -> dict[str, dict[int, list[int]]]:
    """Which tests run which line, fastest first; measured in a child, so that nothing it keeps
    in memory reaches the changed runs.
    """
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "lines"
        pid = os.fork()
        if not pid:
            code = 2
            try:
                told.write_bytes(pickle.dumps(_measure(items)))
                code = 0
            finally:
                os._exit(code)
        if os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            pytest.exit("The tests fail before anything is changed.", 2)
        found: dict[str, dict[int, list[int]]] = pickle.loads(told.read_bytes())  # noqa: S301
        return found


def _measure(items: list[pytest.Item]) -> dict[str, dict[int, list[int]]]:
    cover = coverage.Coverage(data_file=None, include=[f"{CORE}/*"], config_file=False)
    took = []
    cover.start()
    for number, item in enumerate(items):
        cover.switch_context(str(number))
        began = time.perf_counter()
        if not passes(items, number):
            sys.stderr.write(f"fails unchanged: {item.nodeid}\n")
            raise AssertionError(item.nodeid)
        took.append(time.perf_counter() - began)
    cover.stop()
    data = cover.get_data()
    return {
        path: {
            line: sorted(
                (int(t) for t in tests if t and took[int(t)] < SLOW), key=took.__getitem__
            )
            for line, tests in data.contexts_by_lineno(path).items()
        }
        for path in data.measured_files()
    }


def passes(items: list[pytest.Item], number: int) -> bool:
    """Whether this test passes now."""
    reports = runtestprotocol(items[number], log=False, nextitem=None)
    return all(report.outcome != "failed" for report in reports)


def survivors(items: list[pytest.Item], mutants: list[Mutant]) -> list[Mutant]:
    """The changes that no test noticed. Two processes at a time, each a fork of this one."""
    waiting = list(reversed(mutants))
    running: dict[int, tuple[Mutant, float]] = {}
    alive: list[Mutant] = []
    while waiting or running:
        while waiting and len(running) < (os.cpu_count() or 1):
            mutant = waiting.pop()
            pid = os.fork()
            if not pid:
                os._exit(noticed(items, mutant))
            running[pid] = mutant, time.monotonic() + PATIENCE
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid:
            mutant, _ = running.pop(pid)
            if os.waitstatus_to_exitcode(status) == 0:
                alive.append(mutant)
            continue
        for late in [p for p, (_, end) in running.items() if time.monotonic() > end]:
            os.kill(late, signal.SIGKILL)
        time.sleep(0.002)
    return alive


def noticed(items: list[pytest.Item], mutant: Mutant) -> int:
    """In the child: 1 when a test fails under this change, 0 when none does."""
    try:
        change(importlib.import_module(f"bot.core.{mutant.module}"), mutant.place)
        return int(any(not passes(items, number) for number in mutant.tests))
    except BaseException:  # noqa: BLE001 - a change that cannot even be made is noticed
        return 1


def change(module: ModuleType, place: Place) -> None:
    """Put the changed code in place: functions keep their identity, so whoever imported them runs
    the change too; a changed constant is exchanged wherever it was imported.
    """
    path = Path(str(module.__file__))
    code = compile(mutated(path.read_text(), place), str(path), "exec")
    if place.function:
        function(module, place.function).__code__ = _code(code, place.function)
        return
    fresh = dict(vars(module))
    exec(code, fresh)  # noqa: S102 - the program's own source
    for name in _made_anew(module, fresh):
        old = vars(module)[name]
        for other in list(sys.modules.values()):
            if getattr(other, "__name__", "").startswith(("bot.", "tests.")):
                for key in [k for k, value in vars(other).items() if value is old]:
                    setattr(other, key, fresh[name])


def _made_anew(module: ModuleType, fresh: dict[str, object]) -> list[str]:
    """The changed constant, and those of the module that are made of it."""
    return [
        name
        for name, old in vars(module).items()
        if type(old) is type(fresh[name]) and type(old).__module__ in {"builtins", "re"}
        if not callable(old) and name != "__builtins__" and repr(old) != repr(fresh[name])
    ]


def function(module: ModuleType, name: str) -> FunctionType:
    """The function of this name ("f" or "Class.f"), without what is wrapped around it."""
    found: object = module
    for part in name.split("."):
        found = vars(found)[part]
    while not isinstance(found, FunctionType):
        inner = ("fget", "__func__", "__wrapped__")
        found = next(getattr(found, key) for key in inner if hasattr(found, key))
    return found


def _code(code: CodeType, name: str) -> CodeType:
    for part in name.split("."):
        code = next(c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == part)
    return code


def main(names: list[str]) -> int:
    """Run, print, and say by the exit code whether enough was noticed."""
    os.chdir(ROOT)
    every = sorted(path.stem for path in CORE.glob("*.py") if path.stem != "__init__")
    runner = Runner(names or every)
    quiet = ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:terminal"]
    code = pytest.main([*quiet, "tests/core"], plugins=[runner])
    if code or not runner.total:
        return 2
    for mutant in runner.alive:
        print(f"bot/core/{mutant.module}.py:{mutant.place.lines[0]}: {mutant.place.what}")
    killed = runner.total - len(runner.alive)
    share = 100 * killed / runner.total
    print(f"killed {killed} of {runner.total} mutants of bot/core: {share:.1f} %")
    return int(share < LEAST)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
