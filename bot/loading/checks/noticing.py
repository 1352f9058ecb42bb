"""Signs of danger and careful words find what their authors say, and passages fit two messages."""

from __future__ import annotations

from typing import Final

from bot.core.emergency import HEADER
from bot.core.guidance import Passage
from bot.loading.checks.flow import Flow
from bot.loading.checks.lengths import units
from bot.loading.checks.texts_of import place_of
from bot.loading.codes import Code
from bot.loading.content import Content
from bot.loading.faults import Faults, Place
from bot.loading.noticing import try_examples

MAX_PASSAGE: Final = 3500  # leaves room for the title, the source and the way to the next two


def check(content: Content, flow: Flow, faults: Faults) -> None:
    """Every example, and the length of every passage."""
    del flow
    catalogue = content.catalogue
    try_examples(content.files, catalogue.danger, catalogue.wording, faults)
    for passage in catalogue.guidance.values():
        _check_length(passage, faults)


def _check_length(passage: Passage, faults: Faults) -> None:
    length = units(HEADER) + units(passage.whole)
    if length > MAX_PASSAGE:
        place = place_of(passage.text, Place(passage.id, 1))
        message = (
            f"`{passage.id}` has {length:,} characters; {MAX_PASSAGE:,} are allowed. Split it."
        )
        faults.add(place, Code.TEXT_TOO_LONG, message)
