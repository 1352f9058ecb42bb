from __future__ import annotations

from pathlib import Path

import pytest

from bot.core.dialog import Ask, Call, Repeat
from bot.core.session import ADDITION
from bot.errors import ContentError
from bot.loading.dialogs import BEGUN
from bot.loading.load import bundle, load_catalogue, load_from
from tests.broken.samples import good_files

ROOT = Path(__file__).parents[2]


def test_the_shipped_content_loads() -> None:
    catalogue = load_catalogue(ROOT)
    assert catalogue.root in catalogue.dialogs
    assert list(catalogue.areas) == ["wirral", "newham"]


def test_the_same_files_from_memory_make_the_same_edition() -> None:
    assert load_from(bundle(ROOT)) == load_catalogue(ROOT)


def test_one_changed_byte_makes_another_edition() -> None:
    files = bundle(ROOT)
    changed = {**files, "rules/newham/area.yaml": files["rules/newham/area.yaml"] + b"\n"}
    assert load_from(changed).edition != load_from(files).edition


def test_only_the_named_areas_are_loaded() -> None:
    catalogue = load_catalogue(ROOT, areas=("newham",))
    assert list(catalogue.areas) == ["newham"]
    assert catalogue.facts["area"].of == ("newham", "elsewhere")
    assert not [name for name in catalogue.files if "/wirral/" in name]


def test_an_unknown_area_is_named_with_a_suggestion() -> None:
    with pytest.raises(ContentError) as caught:
        load_catalogue(ROOT, areas=("wiral",))
    assert str(caught.value) == (
        "rules:1: UNKNOWN_AREA There is no area `wiral`. Did you mean wirral?"
    )


def test_an_area_question_has_a_button_for_each_pack_and_one_for_elsewhere() -> None:
    catalogue = load_catalogue(ROOT)
    step = catalogue.dialogs["common/start"].steps["area"]
    assert isinstance(step, Ask)
    assert [(c.value, c.label) for c in step.choices] == [
        ("wirral", "Wirral"),
        ("newham", "Newham"),
        ("elsewhere", "Somewhere else"),
    ]


def test_steps_know_their_line_and_what_they_lead_to() -> None:
    dialog = load_catalogue(ROOT).dialogs["common/start"]
    entry = dialog.steps["entry"]
    assert isinstance(entry, Call)
    assert (entry.dialog, entry.next[0].go) == ("{area}/entry", "over")
    written = (ROOT / dialog.file).read_text("utf-8").splitlines()
    assert all(written[s.line - 1].strip() == f"{s.id}:" for s in dialog.steps.values())


def test_a_repeat_knows_the_dialog_of_one_item() -> None:
    step = load_catalogue(ROOT).dialogs["common/information"].steps["people"]
    assert isinstance(step, Repeat)
    assert (step.dialog, step.fact.at_most) == ("common/person", 5)


def test_a_rulebook_reads_the_facts_that_its_conditions_name() -> None:
    book = load_catalogue(ROOT).rules["wirral/intelligence"]
    assert {"danger_now", "child_identifiable"} <= set(book.reads)
    assert book.edition == load_catalogue(ROOT).files[book.file]


def test_a_row_for_each_sign_of_a_group_is_one_row_for_each() -> None:
    path = "rules/north/report.yaml"
    files = good_files()
    one_group = files[path].replace(b"for_each: indicator,", b"for_each: indicator of home,")
    rows = load_from({**files, path: one_group}).rules["north/report"].tables[0].rows
    assert [(row.id, row.then, row.text, row.clause) for row in rows[:2]] == [
        ("SIGN.missing", "2", "Goes missing", "Page 3"),
        ("SIGN.gifts", "1", "Has new things", "Page 3"),
    ]
    assert [row.when[0].subject for row in rows[:2]] == ["missing", "gifts"]


def test_groups_of_edges_are_those_of_all_rulebooks_and_of_each_kind() -> None:
    groups = load_from(good_files()).groups
    assert groups["home"] == groups["every indicator"] == ("missing", "gifts")
    assert (groups["harm"], groups["risk"]) == (("missing",), ("gifts",))


def test_a_catalogue_for_live_use_knows_that_it_is_no_training() -> None:
    assert load_catalogue(ROOT).training
    assert not load_catalogue(ROOT, training=False).training


def test_the_program_begins_the_dialog_that_must_be_there() -> None:
    catalogue = load_from(good_files())
    assert (catalogue.root, ADDITION) == BEGUN
