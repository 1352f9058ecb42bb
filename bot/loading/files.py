"""Which file holds what: each file is told by its first keys and becomes what an author wrote."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final, TypeAlias, TypeVar

from bot.loading.codes import Code
from bot.loading.faults import Faults, Place
from bot.loading.kinds import join
from bot.loading.shape import Shape
from bot.loading.source import Written, read
from bot.loading.written_deadlines import FILES as DEADLINES
from bot.loading.written_dialogs import WrittenDialog
from bot.loading.written_forms import FormsFile
from bot.loading.written_mailboxes import MailboxesFile
from bot.loading.written_packs import (
    AcronymsFile,
    AreaFile,
    BlameFile,
    FactsFile,
    GiveawaysFile,
    RoutesFile,
    ScreensFile,
    TelephonesFile,
    WordsFile,
)
from bot.loading.written_rules import WrittenBook
from bot.loading.written_trace import TraceFile
from bot.loading.written_words import FILES as WORDS

T = TypeVar("T")

SUFFIX: Final = ".yaml"
COMMON: Final = "common"
DIALOGS: Final[Mapping[str, type]] = {
    "dialog": WrittenDialog,
    "words": WordsFile,
    "screens": ScreensFile,
    "labels": ScreensFile,
    "acronyms": AcronymsFile,
}
RULES: Final[Mapping[str, type]] = {
    "rules": WrittenBook,
    "area": AreaFile,
    "facts": FactsFile,
    "routes": RoutesFile,
    "mailboxes": MailboxesFile,
    "giveaways": GiveawaysFile,
    "blame": BlameFile,
    "telephones": TelephonesFile,
    "forms": FormsFile,
    "trace": TraceFile,
    **WORDS,
    **DEADLINES,
}
_FOLDERS: Final = {"dialogs": DIALOGS, "rules": RULES}


@dataclass(frozen=True, slots=True)
class File:
    """One file as written; `content` is None when it has a fault."""

    path: str  # below the root: rules/wirral/routes.yaml
    holds: type
    content: object | None

    @property
    def area(self) -> str:
        """The folder it lies in: an area's id, or `common`."""
        return PurePosixPath(self.path).parts[1]

    @property
    def id(self) -> str:
        """What a dialog or a rulebook in this file must call itself."""
        return "/".join(PurePosixPath(self.path).with_suffix("").parts[1:])

    @property
    def start(self) -> Place:
        """Its first line."""
        return Place(self.path, 1)


Files: TypeAlias = tuple[File, ...]


def read_files(sources: Mapping[str, bytes], faults: Faults) -> Files:
    """Every file of YAML, in the order of their paths."""
    written = sorted(path for path in sources if path.endswith(SUFFIX))
    read_ones = (_read(path, sources[path], faults) for path in written)
    return tuple(file for file in read_ones if file is not None)


def _read(path: str, raw: bytes, faults: Faults) -> File | None:
    kinds = _FOLDERS[path.split("/", 1)[0]]
    block = read(path, raw, faults)
    if block is None:
        return File(path, object, None)
    told = next((kinds[key] for key in block.pairs if key in kinds), None)
    if told is None:
        message = f"This file needs one of {join(list(kinds))} at its top."
        written = next(iter(block.pairs), "")
        faults.add(block.place, Code.UNKNOWN_FILE, message, written=written, allowed=kinds)
        return None
    content = Shape(told).read(block, PurePosixPath(path).name, faults)
    return File(path, told, content)


def holding(files: Files, kind: type[T]) -> Iterator[tuple[File, T]]:
    """The files of one kind that have no fault, with what they hold."""
    for file in files:
        if isinstance(file.content, kind):
            yield file, file.content


def once(
    found: Iterator[tuple[Written, T]], what: str, faults: Faults
) -> dict[str, tuple[Written, T]]:
    """Ids that may be used once among several files; a second use is recorded and left out."""
    seen: dict[str, tuple[Written, T]] = {}
    for written, value in found:
        if written in seen:
            first = seen[written][0].place
            message = f"The {what} `{written}` is already in {first.file}, line {first.line}."
            faults.add(written.place, Code.DUPLICATE_ID, message)
        else:
            seen[str(written)] = (written, value)
    return seen
