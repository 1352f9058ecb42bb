"""What people ask, as plain text: a heading `[passage]`, then a question on each line; `#` begins
a remark. rules/<area>/asked/<section>.txt belongs to guidance_<section>.yaml beside it;
rules/<area>/elsewhere*.txt hold, by topic, what nothing here answers.

These files are read when something is looked up for the first time, and by `check`; the start of
the program does not wait for them, and no conversation is pinned to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from bot.collecting import not_collecting
from bot.core.guidance import Questions
from bot.loading.codes import Code
from bot.loading.faults import Faults, Place
from bot.loading.files import COMMON, Files, holding
from bot.loading.source import text_of
from bot.loading.written_words import GuidanceFile

SUFFIX: Final = ".txt"
_ELSEWHERE: Final = "elsewhere"
_HEADING: Final = re.compile(r"\[(.*)\]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is a heading, or a question below one; `under` is the heading's name."""

    under: str
    text: str  # empty for the heading itself
    place: Place

    @property
    def said(self) -> str:
        """The question as it is compared with others."""
        return " ".join(self.text.casefold().split()).strip(" .?!")


def question_files(root: Path, areas: tuple[str, ...] | None = None) -> dict[str, bytes]:
    """Every file of questions, by its path below `root`; with `areas`, of these and common."""
    wanted = None if areas is None else {COMMON, *areas}
    paths = [*root.glob("rules/*/asked/*.txt"), *root.glob("rules/*/elsewhere*.txt")]
    held = {path.relative_to(root): path for path in sorted(paths)}
    return {
        short.as_posix(): path.read_bytes()
        for short, path in held.items()
        if wanted is None or short.parts[1] in wanted
    }


@not_collecting()
def questions_in(root: Path, areas: tuple[str, ...] | None = None) -> Questions:
    """What people ask, for a look-up; raises ContentError when a file cannot be read."""
    faults = Faults([])
    asked: dict[str, list[str]] = {}
    elsewhere: list[str] = []
    for path, raw in question_files(root, areas).items():
        aside = _is_elsewhere(path)
        for line in lines_of(path, raw, faults):
            of = elsewhere if aside else asked.setdefault(line.under, [])
            of.extend(filter(None, [line.text]))
    faults.raise_any()
    return Questions({id_: tuple(lines) for id_, lines in asked.items()}, tuple(elsewhere))


def check_questions(sources: Mapping[str, bytes], files: Files, faults: Faults) -> None:
    """Every heading is a passage of the file it belongs to; no area has a question twice."""
    passages = {
        file.path: set(map(str, held.passages)) for file, held in holding(files, GuidanceFile)
    }
    unread = {file.path for file in files if file.content is None}
    seen: dict[tuple[str, str], Place] = {}
    for path, raw in sorted(sources.items()):
        lines = list(lines_of(path, raw, faults))
        guidance = _guidance_of(path)
        if not _is_elsewhere(path) and guidance not in unread:
            _check_headings(lines, Place(path, 1), guidance, passages, faults)
        _check_twice(lines, path.split("/")[1], seen, faults)


def lines_of(path: str, raw: bytes, faults: Faults) -> Iterator[Line]:
    """The headings and questions of a file; whatever is wrong is recorded."""
    under = ""
    for number, typed in enumerate((text_of(path, raw, faults) or "").splitlines(), 1):
        text, place = typed.strip(), Place(path, number)
        if not text or text.startswith("#"):
            continue
        if heading := _HEADING.fullmatch(text):
            under = heading[1].strip()
            yield Line(under, "", place)
        elif under:
            yield Line(under, text, place)
        else:
            message = "A question needs the [passage] that answers it above."
            faults.add(place, Code.NO_HEADING, message)


def _check_headings(
    lines: list[Line],
    start: Place,
    guidance: str,
    passages: Mapping[str, set[str]],
    faults: Faults,
) -> None:
    if guidance not in passages:
        message = f"There is no {guidance} to which these questions belong."
        faults.add(start, Code.UNKNOWN_GUIDANCE, message, written=guidance, allowed=passages)
        return
    for line in lines:
        known = passages[guidance]
        if not line.text and line.under not in known:
            message = f"{guidance} has no passage `{line.under}`."
            faults.add(
                line.place, Code.UNKNOWN_PASSAGE, message, written=line.under, allowed=known
            )


def _check_twice(
    lines: list[Line], area: str, seen: dict[tuple[str, str], Place], faults: Faults
) -> None:
    for line in lines:
        if not line.text:
            continue
        first = seen.setdefault((area, line.said), line.place)
        if first != line.place:
            message = f"This question is already in {first.file}, line {first.line}."
            faults.add(line.place, Code.LINE_TWICE, message)


def _guidance_of(path: str) -> str:
    """rules/north/asked/one.txt belongs to rules/north/guidance_one.yaml."""
    whole = PurePosixPath(path)
    return (whole.parent.parent / f"guidance_{whole.stem}.yaml").as_posix()


def _is_elsewhere(path: str) -> bool:
    whole = PurePosixPath(path)
    return whole.stem.startswith(_ELSEWHERE) and whole.parent.name != "asked"
