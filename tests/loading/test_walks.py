"""What the checks know of every walk at once, beyond the single faults of tests/broken."""

from __future__ import annotations

from copy import deepcopy

from bot.loading.check import check_files
from bot.loading.checks.flow import flow_of
from bot.loading.checks.knowledge import NOT_ASKED, SKIPPED
from bot.loading.load import load_from
from tests.broken.samples import good_files

SOUTH = "dialogs/south/entry.yaml"
NORTH = "dialogs/north/entry.yaml"
REPORT = "rules/north/report.yaml"
CIRCLE = """\
dialog: south/entry
title: South
manner: anonymous
steps:
  inner:
    call: south/inner
    next:
      - {if: danger_now is no, go: inner}
      - {else: over}
  over: {end: finish, text: Call 101.}
"""
SILENT = """\
dialog: south/inner
title: Inner
manner: anonymous
steps:
  read: {tell: Call 101., next: done}
  done: {end: return}
"""
ASKING = SILENT.replace("{tell: Call 101., next: done}", "{tell: Read., button: Yes, next: done}")


def changed(file: str, old: str, new: str) -> dict[str, bytes]:
    files = good_files()
    text = files[file].decode()
    assert old in text
    return {**files, file: text.replace(old, new).encode()}


def codes(files: dict[str, bytes]) -> list[str]:
    return [problem.code for problem in check_files(files)]


def with_inner(inner: str) -> dict[str, bytes]:
    return {
        **good_files(),
        SOUTH: CIRCLE.encode(),
        "dialogs/south/inner.yaml": inner.encode(),
    }


def test_a_circle_through_a_call_that_only_talks_is_a_loop() -> None:
    assert codes(with_inner(SILENT)) == ["LOOP"]


def test_a_circle_through_a_call_that_waits_is_none() -> None:
    assert codes(with_inner(ASKING)) == []


def test_an_else_that_every_answer_passes_by_is_no_fault() -> None:
    edges = "next:\n      - {if: area is elsewhere, go: over}\n      - {else: entry}"
    full = (
        "next:\n      - {if: area is elsewhere, go: over}\n"
        "      - {if: area is one of north south, go: entry}\n      - {else: over}"
    )
    assert codes(changed("dialogs/common/start.yaml", edges, full)) == []


def test_an_edge_that_earlier_edges_leave_no_answers_is_never_taken() -> None:
    edges = "- {else: entry}"
    more = "- {if: area is elsewhere, go: entry}\n      - {else: entry}"
    assert codes(changed("dialogs/common/start.yaml", edges, more)) == ["NEVER_TAKEN"]


def test_a_skipped_question_was_asked_for_an_edge() -> None:
    unsure = "    text: Is it still going on?"
    assert codes(changed(NORTH, unsure, f"{unsure}\n    skip: Leave it out")) == []


def test_a_rulebook_may_say_that_a_fact_may_be_missing() -> None:
    moved = "    text: Is the child taken from place to place?"
    files = changed(NORTH, moved, f"{moved}\n    skip: Leave it out")
    assert codes(files) == []
    book = files[REPORT].replace(b"may_be_missing: [moved]\n", b"")
    assert codes({**files, REPORT: book}) == ["NOT_ASKED"]


def test_the_area_is_certain_after_the_branch_for_elsewhere() -> None:
    catalogue = load_from(good_files())
    flow = flow_of(catalogue)
    start = catalogue.dialogs["common/start"]
    entry = flow.known(start, start.steps["entry"])
    south = catalogue.dialogs["south/entry"]
    inside = flow.known(south, south.first)
    assert entry is not None
    assert inside is not None
    assert entry.of("area") == {"north", "south"}
    assert inside.of("area") == {"south"}


def test_own_facts_are_gone_when_a_dialog_returns_and_its_value_stays() -> None:
    catalogue = load_from(good_files())
    flow = flow_of(catalogue)
    north = catalogue.dialogs["north/entry"]
    result = flow.known(north, north.steps["result"])
    assert result is not None
    assert result.of("line") == {NOT_ASKED}
    assert SKIPPED in result.of("reach")
    assert NOT_ASKED not in result.of("reach")


def test_a_dialog_nobody_enters_is_known_to_no_walk() -> None:
    files = {**good_files(), "dialogs/south/inner.yaml": SILENT.encode()}
    catalogue = load_from(files)
    inner = catalogue.dialogs["south/inner"]
    assert flow_of(catalogue).known(inner, inner.first) is None


def test_the_dialogs_that_the_program_begins_must_be_there() -> None:
    files = good_files()
    del files["dialogs/common/addition.yaml"]
    del files["rules/north/forms/report.yaml"]  # it prints what that dialog asks
    assert [str(problem) for problem in check_files(files)] == [
        (
            "dialogs/common/addition.yaml:1: UNKNOWN_DIALOG The program begins `common/addition`, "
            "and there is no such dialog."
        )
    ]
    assert codes({}) == ["UNKNOWN_DIALOG", "UNKNOWN_DIALOG"]


def test_a_catalogue_can_be_copied_whole() -> None:
    catalogue = load_from(good_files())
    assert deepcopy(catalogue) == catalogue


SKIPPING = "    text: How old is the child?\n    skip: Leave it out"


def missing_age(rows: str) -> list[str]:
    """The codes when the age may be skipped and these rows decide."""
    files = changed(NORTH, "    text: How old is the child?", SKIPPING)
    book = files[REPORT].decode().replace("[moved]", "[moved, child_age]", 1)
    old = book[book.index("      - id: YOUNG") : book.index("must_hold:")]
    book = book.replace(old, rows)[: book.replace(old, rows).index("examples:")]
    return codes({**files, REPORT: book.encode()})


def row(name: str, when: str) -> str:
    then = f"then: urgent, routes: [north_desk], advice: [keep], text: {name}, clause: Page 2"
    return f"      - {{id: {name}, when: [danger_now is no{when}], {then}}}\n"


def test_an_only_one_table_must_face_a_question_that_can_be_skipped() -> None:
    young = row("YOUNG", ", child_age < young or unsure")
    assert missing_age(young + row("OLDER", ", child_age >= young")) == ["NOT_FACED"]


def test_an_only_one_table_that_does_not_read_it_faces_it() -> None:
    assert missing_age(row("YOUNG", "")) == []
