"""A screen on which several facts are ticked: its facts are known, asked, and on their form."""

from __future__ import annotations

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Tick
from bot.core.facts import UNSURE
from bot.errors import ContentError
from bot.loading.load import load_from
from tests.broken.samples import good_files

ENTRY = "dialogs/north/entry.yaml"
MOVED = """\
    ask: moved
    text: Is the child taken from place to place?
    buttons: {yes: "Yes", no: "No"}
    unsure: I don't know
"""
MARKED = """\
    mark: {moved: Taken from place to place, still: Still so}
    text: Which are so?
    none: None of these
    done: Done
    unsure: I don't know about the others
"""


def loaded(marked: str) -> Catalogue:
    files = good_files()
    assert MOVED in files[ENTRY].decode()
    files[ENTRY] = files[ENTRY].decode().replace(MOVED, marked).encode()
    return load_from(files)


def test_its_facts_are_asked_in_order_under_their_words() -> None:
    step = loaded(MARKED).dialogs["north/entry"].steps["moved"]
    assert isinstance(step, Tick)
    assert [fact.id for fact in step.asks] == ["moved", "still"]
    assert [(mark.value, mark.label) for mark in step.marks] == [
        ("moved", "Taken from place to place"),
        ("still", "Still so"),
    ]
    assert all(fact.allows(UNSURE) for fact in step.asks)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (MARKED.replace("still:", "nothing_such:"), "UNKNOWN_FACT"),
        (MARKED.replace("still:", "people:"), "WRONG_TYPE"),
        (MARKED.replace("    none: None of these\n", ""), "MISSING_KEY"),
    ],
)
def test_what_cannot_be_ticked_is_a_fault(written: str, code: str) -> None:
    with pytest.raises(ContentError) as caught:
        loaded(written)
    assert code in {problem.code for problem in caught.value.problems}
