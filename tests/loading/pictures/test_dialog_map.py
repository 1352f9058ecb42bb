from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.catalogue import Catalogue
from bot.core.dialog import Tell
from bot.core.text import Template
from bot.loading.load import load_catalogue, load_from
from bot.loading.pictures.dialog_map import mermaid
from tests.broken.samples import good_files

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def good() -> Catalogue:
    return load_from(good_files())


def test_a_dialog_becomes_a_flowchart_with_its_conditions_on_the_edges(good: Catalogue) -> None:
    assert mermaid(good.dialogs["common/start"], good).splitlines()[1:] == [
        "flowchart TD",
        '  s_welcome["welcome: Hello. Here you can pass something on."]',
        '  s_danger{{"danger: Is a child in danger right now?"}}',
        '  s_area{{"area: Where does the child live?"}}',
        '  s_entry[["entry: {area}/entry"]]',
        '  s_over(["over: finish Thank you."])',
        '  s_call_999["call_999: Please call 999 first."]',
        "  s_welcome --> s_danger",
        '  s_danger -- "danger_now is yes or not known" --> s_call_999',
        '  s_danger -- "else" --> s_area',
        '  s_area -- "area is “Somewhere else”" --> s_over',
        '  s_area -- "else" --> s_entry',
        "  s_entry --> s_over",
        "  s_call_999 --> s_area",
    ]


def test_conditions_are_told_in_words(good: Catalogue) -> None:
    drawn = mermaid(good.dialogs["north/entry"], good)
    assert '-- "still is yes or not known, and child_age is under 18" --> s_people' in drawn


def test_called_and_repeated_dialogs_are_named_by_their_titles(good: Catalogue) -> None:
    drawn = mermaid(good.dialogs["north/entry"], good)
    assert '[["contact: How to reach you (north/contact)"]]' in drawn
    assert "(each: Person (common/person))" in drawn


def test_every_shipped_step_is_drawn_once_and_every_edge_leads_to_one() -> None:
    catalogue = load_catalogue(ROOT)
    for dialog in catalogue.dialogs.values():
        lines = mermaid(dialog, catalogue).splitlines()[2:]
        nodes = [line.split("[")[0].split("{")[0].split("(")[0].strip() for line in lines]
        edges = [line for line in lines if "-->" in line]
        assert nodes[: len(dialog.steps)] == [f"s_{step}" for step in dialog.steps]
        assert len(edges) == sum(len(step.next) for step in dialog.steps.values())
        assert all(line.split()[-1][2:] in dialog.steps for line in edges)


def test_a_question_is_called_by_its_short_name_and_an_answer_by_its_button() -> None:
    catalogue = load_catalogue(ROOT)
    drawn = mermaid(catalogue.dialogs["common/start"], catalogue)
    assert '-- "In danger now is yes or not known" -->' in drawn
    assert '-- "Who is asking is “I am a young person”" -->' in drawn
    screening = mermaid(catalogue.dialogs["wirral/screening"], catalogue)
    assert '-- "any of the signs of harm is yes or not known" -->' in screening
    assert '-- "“Has an older person as a partner” is yes or not known" -->' in screening


def test_signs_that_mermaid_reads_are_written_as_entities(good: Catalogue) -> None:
    entry = good.dialogs["south/entry"]
    step = Tell(id="is", text=Template('Is "#1" < 2 > 1?'))
    drawn = mermaid(replace(entry, steps={step.id: step}), good)
    assert "Is #quot;#35;1#quot; #lt; 2 #gt; 1?" in drawn
