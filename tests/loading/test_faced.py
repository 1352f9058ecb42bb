"""An only_one table where something may not have been asked: beyond the one sample in broken/."""

from __future__ import annotations

import pytest

from bot.loading.check import check_files
from bot.loading.checks import faced
from tests.broken.samples import good_files

REPORT = "rules/north/report.yaml"


def codes_with(*rows: str) -> list[str]:
    """The codes when this table is added; `moved` is asked on some ways only."""
    table = "  moving:\n    hit: only_one\n    scale: [stays, moves]\n    rows:\n"
    for number, row in enumerate(rows):
        table += f"      - {{id: M{number}, {row}, text: A row., clause: Page 3}}\n"
    files = good_files()
    book = files[REPORT].decode().replace("must_hold:", f"{table}must_hold:", 1)
    book = book[: book.index("examples:")]
    return [p.code for p in check_files({**files, REPORT: book.encode()})]


def test_rows_on_an_earlier_outcome_that_leave_nothing_to_ask_face_it() -> None:
    rows = ("when: [action is urgent], then: moves", "when: [action is report], then: stays")
    assert codes_with(*rows) == []


def test_one_outcome_whose_row_reads_what_is_missing_is_not_faced() -> None:
    rows = (
        "when: [action is urgent], then: moves",
        "when: [action is report, moved is yes or unsure], then: moves",
        "when: [action is report, moved is no], then: stays",
    )
    assert codes_with(*rows) == ["NOT_FACED"]


def test_rows_about_signs_are_not_counted_on_where_something_is_missing() -> None:
    rows = (
        "when: [missing is yes or unsure], then: moves",
        "when: [missing is no, moved is yes or unsure], then: moves",
        "when: [missing is no, moved is no], then: stays",
    )
    assert codes_with(*rows) == ["NOT_FACED"]


def test_too_many_combinations_to_try_count_as_not_faced(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (
        "when: [danger_now is yes or unsure], then: moves",
        "when: [danger_now is no, moved is yes or unsure], then: moves",
        "when: [danger_now is no, moved is no], then: stays",
    )
    assert codes_with(*rows) == ["NOT_FACED"]
    monkeypatch.setattr(faced, "MOST", 1)
    assert codes_with(*rows) == ["NOT_FACED"]
