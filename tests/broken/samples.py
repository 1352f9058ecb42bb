"""Broken samples: each is one small change to the good pack in `_good`, and what it must bring.

A sample begins with one line for each problem, `# expect: file:line: CODE message`, and then:
  in: the file that is changed
  change: the words to replace (the first time they stand there; without it the file is new)
  to: what to write instead
  times: how often to write it (default once)
  encoding: how to save it (default utf-8)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

HERE = Path(__file__).parent
GOOD = HERE / "_good"


@dataclass(frozen=True, slots=True)
class Sample:
    """One change and the problems it must bring, exactly."""

    name: str
    expected: tuple[str, ...]
    file: str
    change: str
    to: str
    times: int
    encoding: str

    @property
    def code(self) -> str:
        """The code it is a sample of: the file's name up to a hyphen."""
        return self.name.partition("-")[0]

    def files(self) -> dict[str, bytes]:
        """The good pack with the change made."""
        files = good_files()
        text = files.get(self.file, b"").decode()
        assert self.change in text, f"{self.name}: the good pack does not say {self.change!r}"
        new = self.to * self.times
        changed = text.replace(self.change, new, 1) if self.change else new
        return {**files, self.file: changed.encode(self.encoding)}


def good_files() -> dict[str, bytes]:
    """The good pack, by path below its root."""
    files = (path for path in GOOD.rglob("*") if path.suffix in {".yaml", ".txt"})
    return {path.relative_to(GOOD).as_posix(): path.read_bytes() for path in files}


def samples() -> tuple[Sample, ...]:
    """Every broken sample, by name."""
    return tuple(_sample(path) for path in sorted(HERE.glob("*.yaml")))


def _sample(path: Path) -> Sample:
    text = path.read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith("# expect: ")]
    body = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - BaseLoader builds strings only
    return Sample(
        name=path.stem,
        expected=tuple(line.removeprefix("# expect: ") for line in lines),
        file=body["in"],
        change=body.get("change", ""),
        to=body.get("to", ""),
        times=int(body.get("times", "1")),
        encoding=body.get("encoding", "utf-8"),
    )
