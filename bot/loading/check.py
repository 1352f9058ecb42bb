"""Everything that is wrong with the content: what does not load, then every check of the whole."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.errors import Problem
from bot.loading.asked import SUFFIX, check_questions, question_files
from bot.loading.checks import (
    danger,
    dates,
    faced,
    forms,
    graph,
    lengths,
    names,
    noticing,
    practice,
    routes,
    telephones,
    usage,
    walks,
    who,
    wording,
)
from bot.loading.checks.flow import flow_of
from bot.loading.content import Content
from bot.loading.faults import Faults, in_order
from bot.loading.load import bundle, link

_CHECKS: Final = (
    graph,
    walks,
    faced,
    danger,
    usage,
    routes,
    dates,
    forms,
    who,
    names,
    lengths,
    wording,
    telephones,
    noticing,
    practice,
)


def check_content(root: Path, mailboxes_file: Path | None = None) -> tuple[Problem, ...]:
    """Every problem of dialogs/ and rules/ below `root`, and of the installation's mailboxes;
    empty when there is none.
    """
    return check_files({**bundle(root), **question_files(root)}, mailboxes_file)


def check_files(
    files: Mapping[str, bytes], mailboxes_file: Path | None = None
) -> tuple[Problem, ...]:
    """The same for files in memory. What does not load is told before the whole is checked."""
    faults = Faults([])
    asked = {path: raw for path, raw in files.items() if path.endswith(SUFFIX)}
    content = link(files, faults, mailboxes_file=mailboxes_file)
    check_questions(asked, content.files, faults)
    return in_order(faults.problems) or check_whole(content)


def check_whole(content: Content) -> tuple[Problem, ...]:
    """Every problem of an edition that loads, by file and line."""
    faults = Faults([])
    flow = flow_of(content.catalogue)
    for one in _CHECKS:
        one.check(content, flow, faults)
    return in_order(faults.problems)
